// Conversion between Aegis and YAML, both ways.
export { absentReads, convertToAegis } from "./to-aegis.ts";
export type { AbsentReads } from "./to-aegis.ts";
export { convertToYaml } from "./to-yaml.ts";
export type { YamlConversion } from "./to-yaml.ts";
