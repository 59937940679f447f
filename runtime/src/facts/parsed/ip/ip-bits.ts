// The bits of an address, as text: a range is then a prefix, in every engine.
import { ipBytes } from "../../../core/builtins/ip-address.ts";

/** 32 or 128 binary digits; undefined when the text is no address. */
export const ipBits = (ip: string): string | undefined =>
  ipBytes(ip)
    ?.map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
