// Signs a bundle that exists: the same members, with a new signature in place of what was there.
import { compareUtf8 } from "@aegis/runtime/core";
import { type Bundle, MEMBER } from "@aegis/runtime/enforce";
import { packBundle } from "./build-bundle.ts";
import type { Signer } from "./signing-key.ts";

/** Look at the contents first (`verifyContents`): a signature vouches for them. */
export const signBundle = (bundle: Bundle, signer: Signer): Promise<Uint8Array> =>
  packBundle(
    [...bundle.files]
      .filter(([name]) => name !== MEMBER.signatures)
      .map(([name, bytes]) => ({ name, bytes }))
      .sort((a, b) => compareUtf8(a.name, b.name)),
    signer,
  );
