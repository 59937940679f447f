// Compression that leaves no trace of when or where it ran: no time, no name, "unknown" as operating system.
import { nodeZlib } from "@aegis/runtime/enforce";

/** At 10,000 rules a third of the time that zlib's usual level takes, for 7 % more bytes. */
const LEVEL = 3;

/** The same bytes for the same input and the same version of the platform's zlib. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const zlib = nodeZlib();
  const out =
    zlib === undefined ? await gzipOnTheWeb(bytes) : new Uint8Array(zlib.gzipSync(bytes, { level: LEVEL }));
  out.fill(0, 4, 8);
  out[9] = 255;
  return out;
}

/** The same content by what every host has, at the level that it has. In a process that just began its streams take 15 ms to come up. */
export async function gzipOnTheWeb(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return read(stream as ReadableStream<Uint8Array>);
}

/** `Response` would do it in a line, but brings all of `fetch` with it: 40 ms in a process that just began. */
async function read(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return new Uint8Array(await new Blob(chunks.map((each) => new Uint8Array(each))).arrayBuffer());
}
