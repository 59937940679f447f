// The YAML and JSON front end.
export { parseYamlModule, toolsByWireName } from "./parse-yaml-module.ts";
export type { YamlEnvironment } from "./parse-yaml-module.ts";
export { YAML_KEYS } from "./keys.ts";
export { packageOfFile } from "./identifiers.ts";
