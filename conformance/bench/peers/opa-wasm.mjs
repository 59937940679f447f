// OPA's WASM by the npm SDK: rules as Rego code, compiled by the real opa.
import { compileToWasm, loadWasm, regoCode } from "./rego.mjs";

export default {
  build: (rules) => compileToWasm(regoCode(rules)),
  load: (bytes) => loadWasm(bytes, {}),
};
