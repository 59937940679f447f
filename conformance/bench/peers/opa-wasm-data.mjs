// OPA's WASM by the npm SDK: rules as data by tool, action and role, one Rego program for all.
import { compileToWasm, loadWasm, REGO_DATA, rulesAsData } from "./rego.mjs";

export default {
  build: (rules) => ({ bytes: compileToWasm(REGO_DATA), data: rulesAsData(rules) }),
  load: ({ bytes, data }) => loadWasm(bytes, data),
};
