// Rules as data by tool, action and role, and one Rego program for all, compiled to WASM by the real opa.
import { compileToWasm, REGO_DATA, rulesAsData } from "./rego.mjs";

export default (rules) => ({ bytes: compileToWasm(REGO_DATA), data: rulesAsData(rules) });
