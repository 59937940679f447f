// Rules as Rego code, compiled to WASM by the real opa.
import { compileToWasm, regoCode } from "./rego.mjs";

export default (rules) => compileToWasm(regoCode(rules));
