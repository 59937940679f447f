// Drives a VS Code workbench in a page by keyboard and mouse, as a person would: what a key should bring is looked for, and
// the key is pressed again when it came too early. A key that toggles is pressed once.
import assert from "node:assert/strict";
import { eventually } from "./browser.mjs";

const plain = (text) =>
  text
    .replace(/\u00a0/g, " ")
    .replace(/\s+/g, " ")
    .trim();

export class Workbench {
  #page;
  #problemsAsked = false;
  #active = ".editor-group-container.active";

  constructor(page) {
    this.#page = page;
  }

  async ready() {
    const timeout = 120_000;
    await this.#page.locator(".monaco-workbench .part.editor").waitFor({ timeout });
    await this.#page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout });
  }

  /** By the Explorer: Quick Open finds nothing until the file system is up. */
  async open(name) {
    await this.#page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick();
    await this.#page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.#page.locator(`${this.#active} .monaco-editor .view-lines`).first().waitFor();
  }

  async #quickInput(key, value) {
    await this.#page.keyboard.press(key);
    const input = this.#page.locator('.quick-input-widget input[type="text"]');
    await input.waitFor();
    await input.fill(value);
  }

  async command(title) {
    await this.#quickInput("F1", `>${title}`);
    // The list still shows what was there before for a moment: Enter takes the row that is marked.
    await this.#page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).waitFor();
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Lines and columns count from one. */
  async goto(line, column = 1) {
    await eventually(async () => {
      // The first group of editors: a click could meet a lens.
      await this.#page.keyboard.press("Control+1");
      await this.#quickInput("Control+G", `:${line}:${column}`);
      await this.#page.keyboard.press("Enter");
      await this.#page.locator(".quick-input-widget").waitFor({ state: "hidden" });
      const shown = await this.#page.locator("#status\\.editor\\.selection").innerText();
      assert.match(shown, new RegExp(`^Ln ${line}, Col ${column}\\b`));
    });
  }

  /** Presses a key until what it brings is there; Escape takes away what it brought instead. */
  async summon(key, selector, options = {}) {
    const wanted = this.#page.locator(selector, options).first();
    await eventually(async () => {
      await this.#page.keyboard.press(key);
      try {
        await wanted.waitFor({ timeout: 3000 });
      } catch (error) {
        await this.#page.keyboard.press("Escape");
        throw error;
      }
    }, 40_000);
    return wanted;
  }

  type(text) {
    return this.#page.keyboard.type(text);
  }
  press(key) {
    return this.#page.keyboard.press(key);
  }

  squiggles(kind = "error") {
    return this.#page.locator(`${this.#active} .squiggly-${kind}`);
  }

  /** The panel is opened once: the key would close it again while it is on its way. */
  async problems() {
    const panel = this.#page.locator(".markers-panel");
    if (!this.#problemsAsked) {
      this.#problemsAsked = true;
      await this.#page.keyboard.press("Control+Shift+M");
    }
    await panel.waitFor();
    const rows = this.#page.locator('.markers-panel .monaco-list-row[aria-level="2"]');
    return (await rows.allInnerTexts()).map(plain);
  }

  /** The text of the hover over the first whole word; may still be loading. */
  async hover(word) {
    const shown = this.#page.locator(".monaco-hover:not(.workbench-hover):visible").first();
    await this.#page.mouse.move(5, 5);
    await this.#page
      .locator(`${this.#active} .view-line span span`, { hasText: new RegExp(`^${word}$`) })
      .first()
      .hover();
    await shown.waitFor({ timeout: 3000 });
    return plain(await shown.innerText());
  }

  async completions() {
    await this.#page.keyboard.press("Control+Space");
    const rows = this.#page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.first().waitFor();
    return rows.evaluateAll((all) => all.map((row) => row.querySelector(".label-name")?.textContent ?? ""));
  }

  /** Text of the active editor, as far as it is painted. */
  async text(selector = this.#active) {
    const lines = await this.#page.locator(`${selector} .view-lines .view-line`).all();
    const placed = await Promise.all(
      lines.map(async (line) => [
        await line.evaluate((node) => Number.parseFloat(node.style.top)),
        (await line.innerText()).replace(/\u00a0/g, " "),
      ]),
    );
    return placed
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join("\n");
  }

  async save() {
    await this.#page.keyboard.press("Control+S");
  }
}
