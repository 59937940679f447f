// The validator of aegis.json as code: ajv's own, written once, so that aegisc need not compile the schema at each start.
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";

/** The text of a module without imports, from the JSON Schema of aegis.json. */
export function projectValidator(schema: object): string {
  const ajv = new Ajv2020({ allErrors: true, strict: true, code: { source: true, esm: true } });
  const code = standalone.default(ajv, ajv.compile(schema));
  if (/\brequire\(/.test(code)) throw new Error("the validator would need parts of ajv at run time");
  return [
    "// The validator of aegis.json, written by `npm run generate` from compiler/schemas/aegis-project.schema.json.",
    "// @ts-nocheck",
    code.replace(/^"use strict";/, "").replace(/export default \w+;/, ""),
    "",
  ].join("\n");
}
