// The components of a software bill of materials: CycloneDX and SPDX 2 as JSON, read into one form.
import type { JsonObject, JsonValue } from "../../../core/values/value.ts";
import { at, member, objectsOf, textOf } from "../read-json.ts";
import type { LicenceChoices } from "../spdx/licence-expression.ts";
import { joinLicences, readLicenceExpression } from "../spdx/licence-expression.ts";
import { readPackageUrl } from "./package-url.ts";

export interface Component {
  /** Reference inside the document. */
  readonly ref: string;
  /** `npm/left-pad`; undefined where nothing identifies it. */
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** Undefined where no licence is told, or none that can be read. */
  readonly licences: LicenceChoices | undefined;
}

export interface Inventory {
  readonly format: "cyclonedx" | "spdx";
  readonly components: readonly Component[];
}

export const MAX_COMPONENTS = 20_000;
const MAX_DEPTH = 16;

/** Undefined for what is no bill of materials of these kinds, or too large a one. */
export function readInventory(document: JsonValue): Inventory | undefined {
  if (textOf(member(document, "bomFormat")) === "CycloneDX") {
    const components = nested(document, 0);
    return components === undefined || components.length > MAX_COMPONENTS
      ? undefined
      : { format: "cyclonedx", components: components.map(cycloneComponent) };
  }
  if (textOf(member(document, "spdxVersion")).startsWith("SPDX-2.")) {
    const packages = objectsOf(member(document, "packages"));
    return packages.length > MAX_COMPONENTS
      ? undefined
      : { format: "spdx", components: packages.map(spdxPackage) };
  }
  return undefined;
}

/** Components with those inside them; undefined where they nest too deeply. */
function nested(of: JsonValue, depth: number): readonly JsonObject[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const found: JsonObject[] = [];
  for (const component of objectsOf(member(of, "components"))) {
    const inside = nested(component, depth + 1);
    if (inside === undefined) return undefined;
    found.push(component, ...inside);
    if (found.length > MAX_COMPONENTS) return undefined;
  }
  return found;
}

function cycloneComponent(component: JsonObject): Component {
  const url = readPackageUrl(textOf(member(component, "purl")));
  const licences = objectsOf(member(component, "licenses")).map((each) => {
    const licence = member(each, "license");
    const id =
      textOf(member(licence, "id")) || textOf(member(each, "expression")) || textOf(member(licence, "name"));
    return readLicenceExpression(id);
  });
  return {
    ref: textOf(member(component, "bom-ref")),
    package: url?.package,
    version: url?.version ?? (textOf(member(component, "version")) || undefined),
    licences: joinLicences(licences),
  };
}

function spdxPackage(found: JsonObject): Component {
  const reference = objectsOf(member(found, "externalRefs")).find(
    (each) => textOf(member(each, "referenceType")) === "purl",
  );
  const url = readPackageUrl(textOf(member(reference, "referenceLocator")));
  const concluded = readLicenceExpression(textOf(member(found, "licenseConcluded")));
  return {
    ref: textOf(member(found, "SPDXID")),
    package: url?.package,
    version: url?.version ?? (textOf(member(found, "versionInfo")) || undefined),
    licences: concluded ?? readLicenceExpression(textOf(at(found, "licenseDeclared"))),
  };
}
