// All lenses of a document. A new kind, such as one over recorded calls, is a file beside this one and a line here.
import type { View } from "../../workspace/view.ts";
import type { Lens, LensSource } from "./lens.ts";
import { testLenses } from "./test-lenses.ts";

const sources: readonly LensSource[] = [testLenses];

export const codeLenses = (view: View): readonly Lens[] => sources.flatMap((lensesOf) => lensesOf(view));
