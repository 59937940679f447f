// The thin host: an engine over `policy.wasm`, without the copies that a stock SDK makes.
//
// One instance is reused; its memory is bounded. Whatever the module does, the answer is a decision: a trap denies.
import type { DecisionDocument } from "../decision/decision.ts";
import type { Engine, VisibleAction } from "../evaluate/engine.ts";
import { refusal } from "../evaluate/outcome/fixed-reasons.ts";
import { checkIJsonObject } from "../values/check-i-json-object.ts";
import { I_JSON_LIMITS } from "../values/read-i-json.ts";
import { DocumentCache } from "./document-cache.ts";
import { encodeJson } from "./encode-json.ts";
import { ENTRYPOINT, WasmInstance, type WasmModule } from "./wasm-instance.ts";

export interface WasmHostOptions {
  /** Most pages of 64 KiB that the module may use; by default 1024. */
  readonly maxPages?: number;
}

/**
 * `module` is a compiled `policy.wasm`. Throws when it cannot be instantiated or is none of ours. The engine has no
 * observers: a module says what is decided, not how.
 */
export function createWasmEngine(module: WasmModule, { maxPages = 1024 }: WasmHostOptions = {}): Engine {
  let instance: WasmInstance | undefined = new WasmInstance(module, maxPages);
  const documents = new DocumentCache();

  /** The text of an answer; an instance that trapped is not used again. */
  function ask(entrypoint: number, text: Uint8Array | string, checked: boolean): string {
    const asked = (instance ??= new WasmInstance(module, maxPages));
    instance = undefined;
    const answer = asked.ask(entrypoint, text, checked);
    instance = asked;
    return answer;
  }

  function decideText(text: Uint8Array | string, checked: boolean): DecisionDocument {
    try {
      return documents.read(ask(ENTRYPOINT.decision, text, checked));
    } catch {
      return refusal("internal_error");
    }
  }

  return {
    decide(request) {
      const json = checkIJsonObject(request);
      return json.ok ? decideText(encodeJson(json.value), true) : refusal("invalid_input");
    },
    decideText(text) {
      const tooLong = text.length > I_JSON_LIMITS.bytes;
      // Bytes are checked by the module; a half of a surrogate pair would not reach it.
      if (tooLong || (typeof text === "string" && !text.isWellFormed())) return refusal("invalid_input");
      return decideText(text, false);
    },
    visible(request) {
      const json = checkIJsonObject(request);
      if (!json.ok) return [];
      try {
        return JSON.parse(ask(ENTRYPOINT.visible, encodeJson(json.value), true)) as readonly VisibleAction[];
      } catch {
        return [];
      }
    },
  };
}
