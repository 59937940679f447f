// Decompression with a limit, so that a small bundle cannot fill the memory.
import { nodeZlib } from "./host-node.ts";

/** Bytes that are decompressed at a time: a usual bundle at once. */
const CHUNK = 1024 * 1024;

/** The decompressed bytes; `undefined` when they are damaged or more than `limit`. */
export async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const zlib = nodeZlib();
  if (zlib === undefined) return gunzipStream(bytes, limit);
  try {
    return new Uint8Array(zlib.gunzipSync(bytes, { maxOutputLength: limit, chunkSize: CHUNK }));
  } catch {
    return undefined;
  }
}

/** The same by what every host has. */
export async function gunzipStream(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const reader = (stream as ReadableStream<Uint8Array>).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > limit) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(next.value);
    }
  } catch {
    return undefined;
  }
  return concatBytes(chunks, size);
}

function concatBytes(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
