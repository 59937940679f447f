// What Node does at once where the web's interfaces go through streams and promises.
import type * as Crypto from "node:crypto";
import type * as Zlib from "node:zlib";

const builtin = typeof process === "undefined" ? undefined : process.getBuiltinModule;

/** Of Node 20.16 and later; undefined elsewhere, also in browsers, where what every host has must do. */
export const nodeZlib = (): typeof Zlib | undefined => builtin?.("node:zlib");
export const nodeCrypto = (): typeof Crypto | undefined => builtin?.("node:crypto");
