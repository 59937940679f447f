// The adapter of engines that have the runtime's own surface: text in, document out, no waiting.
import type { Engine } from "@aegis/runtime/core";
import type { LoadedEngine } from "./engine.ts";

export const inProcess = (engine: Pick<Engine, "decideText" | "visible">): LoadedEngine => ({
  decide: (requests) => Promise.resolve(requests.map((text) => engine.decideText(text))),
  visible: (requests) => Promise.resolve(requests.map((text) => engine.visible(JSON.parse(text)))),
  close: () => {},
});
