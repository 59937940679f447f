// A key made for a test: what signs bundles with it, and who trusts it.
import { generateDevKey, readSigner, type Signer } from "@aegis/compiler";
import type { BundleTrust } from "@aegis/runtime/enforce";

export async function devSigner(): Promise<{ readonly signer: Signer; readonly trust: BundleTrust }> {
  const { id, privateKey, publicKey } = await generateDevKey();
  const signer = await readSigner(privateKey);
  if (signer === undefined) throw new Error("the key just made cannot be read");
  return { signer, trust: { keys: [{ id, key: publicKey }] } };
}
