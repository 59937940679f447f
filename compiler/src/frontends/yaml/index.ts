// The YAML and JSON front end.
export { parseYamlModule, toolsByWireName } from "./parse-yaml-module.ts";
export type { YamlEnvironment } from "./parse-yaml-module.ts";
export { YAML_KEYS } from "./keys.ts";
export { packageOfFile } from "./identifiers.ts";
export { POLICY_SCHEMA } from "./policy-schema.ts";
export type { PolicySchema } from "./policy-schema.ts";
export { readTree } from "./read-tree.ts";
export type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from "./yaml-tree.ts";
