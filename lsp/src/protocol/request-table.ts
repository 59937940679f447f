// The requests that are answered, by area: one table, one line an area.
import type { RequestEntry } from "./define-request.ts";
import { completionRequests } from "./handlers/completion.ts";
import { formattingRequests } from "./handlers/formatting.ts";
import { libraryRequests } from "./handlers/library.ts";
import { navigationRequests } from "./handlers/navigation.ts";
import { symbolRequests } from "./handlers/symbols.ts";

export const REQUESTS: readonly RequestEntry[] = [
  ...navigationRequests,
  ...completionRequests,
  ...symbolRequests,
  ...formattingRequests,
  ...libraryRequests,
];
