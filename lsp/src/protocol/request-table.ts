// The requests that are answered, by area: one table, one line an area.
import type { RequestEntry } from "./define-request.ts";
import { codeActionRequests } from "./handlers/code-actions.ts";
import { colouringRequests } from "./handlers/colouring.ts";
import { completionRequests } from "./handlers/completion.ts";
import { formattingRequests } from "./handlers/formatting.ts";
import { libraryRequests } from "./handlers/library.ts";
import { navigationRequests } from "./handlers/navigation.ts";
import { readingRequests } from "./handlers/reading.ts";
import { runningRequests } from "./handlers/running.ts";
import { symbolRequests } from "./handlers/symbols.ts";

export const REQUESTS: readonly RequestEntry[] = [
  ...navigationRequests,
  ...completionRequests,
  ...symbolRequests,
  ...formattingRequests,
  ...codeActionRequests,
  ...readingRequests,
  ...colouringRequests,
  ...runningRequests,
  ...libraryRequests,
];
