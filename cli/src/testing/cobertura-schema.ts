// What Cobertura's coverage-04 DTD asks of the elements and attributes that we write, as an XML schema for tests.
const element = (name: string, attributes: string, inside: string): string => `
  <xs:element name="${name}"><xs:complexType>${inside}${attributes
    .split(" ")
    .filter((each) => each !== "")
    .map(
      (each) =>
        `<xs:attribute name="${each.replace("?", "")}" use="${each.endsWith("?") ? "optional" : "required"}"/>`,
    )
    .join("")}</xs:complexType></xs:element>`;
const sequence = (...elements: readonly string[]): string =>
  `<xs:sequence>${elements.join("")}</xs:sequence>`;
const one = (name: string): string => `<xs:element ref="${name}"/>`;
const many = (name: string): string => `<xs:element ref="${name}" minOccurs="0" maxOccurs="unbounded"/>`;

const RATES = "line-rate branch-rate complexity";
const COUNTS = "lines-covered lines-valid branches-covered branches-valid";

export const COBERTURA = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="source" type="xs:string"/>${[
    element("sources", "", sequence(many("source"))),
    element("methods", "", ""),
    element("line", "number hits branch? condition-coverage?", ""),
    element("lines", "", sequence(many("line"))),
    element("class", `name filename ${RATES}`, sequence(one("methods"), one("lines"))),
    element("classes", "", sequence(many("class"))),
    element("package", `name ${RATES}`, sequence(one("classes"))),
    element("packages", "", sequence(many("package"))),
    element("coverage", `${RATES} ${COUNTS} version timestamp`, sequence(one("sources"), one("packages"))),
  ].join("")}
</xs:schema>`;
