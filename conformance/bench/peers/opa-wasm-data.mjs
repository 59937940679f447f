// OPA's WASM by the npm SDK: rules as data.
import { loadWasm } from "./load-opa-wasm.mjs";

export default { load: ({ bytes, data }) => loadWasm(bytes, data) };
