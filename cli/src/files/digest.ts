// SHA-256 in hex, of texts as UTF-8 and of bytes.
import { createHash } from "node:crypto";

export const digestOfText = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
export const digestOfBytes = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
