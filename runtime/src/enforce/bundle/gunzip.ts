// Decompression with a limit, so that a small bundle cannot fill the memory.
import { nodeZlib } from "./host-node.ts";

/** Bytes that are decompressed at a time: what a gzip says that it holds, if that is a usual size. */
const MIN_CHUNK = 16 * 1024;
const MAX_CHUNK = 4 * 1024 * 1024;

/** The decompressed bytes; `undefined` when they are damaged or more than `limit`. */
export async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const zlib = nodeZlib();
  if (zlib === undefined) return gunzipStream(bytes, limit);
  try {
    const { buffer, byteOffset, length } = zlib.gunzipSync(bytes, {
      maxOutputLength: limit,
      chunkSize: Math.min(Math.max(MIN_CHUNK, saidLength(bytes) + 1), MAX_CHUNK),
    });
    return new Uint8Array(buffer, byteOffset, length);
  } catch {
    return undefined;
  }
}

/** The last four bytes of a gzip; they may say anything. */
const saidLength = (bytes: Uint8Array): number =>
  bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);

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
