// OPA's WASM by the npm SDK: rules as Rego code.
import { loadWasm } from "./load-opa-wasm.mjs";

export default { load: (bytes) => loadWasm(bytes, {}) };
