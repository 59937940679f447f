// What a person does in the editor, step by step; the same in every workbench.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "./lib/browser.mjs";
import { SHOTS } from "./lib/places.mjs";
import { Workbench } from "./lib/workbench.mjs";

/** `name` begins the names of the pictures. `desktop`: what only a Node host has is done too. */
export async function scenario(t, page, name, { desktop }) {
  mkdirSync(SHOTS, { recursive: true });
  const workbench = new Workbench(page);
  const shot = (title) => page.screenshot({ path: join(SHOTS, `${name}-${title}.png`) });
  const step = (title, run) =>
    t.test(title, async () => {
      try {
        await run();
      } finally {
        await shot(title.toLowerCase().replaceAll(/[^a-z]+/g, "-"));
      }
    });

  await step("a policy opens, coloured and without a mistake", async () => {
    await workbench.ready();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "policies" }).first().click();
    await workbench.open("agent.aegis");
    await eventually(async () =>
      assert.equal(await page.locator("#status\\.editor\\.mode").innerText(), "Aegis Policy"),
    );
    await eventually(async () =>
      assert.match(await page.locator("#aegis\\.aegis-policy\\.aegis\\.status").innerText(), /4 rules/),
    );
    assert.equal(await workbench.squiggles().count(), 0);
  });

  await step("hover shows what a tool is", async () => {
    await eventually(async () => assert.match(await workbench.hover("web"), /Reading the web/));
  });

  await step("completion offers the arguments of this action", async () => {
    await workbench.goto(11, 1);
    await workbench.press("End");
    await workbench.press("Enter");
    await workbench.type("deny far: git.push when args.");
    await eventually(async () => {
      const offered = await workbench.completions();
      assert.ok(
        ["branch", "force", "repo"].every((each) => offered.includes(each)),
        offered.join(" "),
      );
    });
    await workbench.press("Escape");
  });

  await step("a mistake shows as it is typed, and a quick fix mends it", async () => {
    await workbench.type('brnch == "dev"');
    await workbench.press("Escape");
    await workbench.squiggles().first().waitFor();
    await eventually(async () =>
      assert.match((await workbench.problems()).join("\n"), /no argument .?brnch/),
    );
    await page.locator(".editor-group-container.active .squiggly-error").first().waitFor();
    await workbench.goto(12, 33);
    await workbench.summon("Control+.", ".action-widget .monaco-list-row", { hasText: "branch" });
    await shot("quick-fix");
    await workbench.press("Enter");
    await eventually(async () => assert.match(await workbench.text(), /args\.branch == "dev"/));
    await eventually(async () => assert.equal(await workbench.squiggles().count(), 0));
    await workbench.goto(12, 1);
    await workbench.press("Control+Shift+K");
  });

  await step("rename edits two files", async () => {
    await workbench.open("base.aegis");
    await workbench.goto(9, 5);
    const box = await workbench.summon("F2", ".rename-box input.rename-input, .rename-box input");
    await box.fill("goes_out");
    await workbench.press("Enter");
    await eventually(async () => assert.match(await workbench.text(), /fn goes_out/));
    await workbench.open("agent.aegis");
    await eventually(async () => assert.match(await workbench.text(), /base\.goes_out/));
  });

  await step("tests run from the Testing view", async () => {
    await workbench.save();
    await workbench.command("Testing: Focus on Test Explorer View");
    await page.locator(".test-explorer .monaco-list-row", { hasText: "agent.aegis" }).first().waitFor();
    await workbench.command("Test: Run All Tests with Coverage");
    await eventually(async () =>
      assert.ok((await page.locator(".test-explorer .codicon-testing-passed-icon").count()) > 0),
    );
  });

  await step("coverage shows beside the rules", async () => {
    await page.locator(".coverage-deco-gutter, .coverage-deco-inline").first().waitFor();
  });

  await step("the generated Rego stands beside the policy and follows the cursor", async () => {
    await workbench.command("View: Show Explorer");
    await workbench.open("agent.aegis");
    await workbench.command("Aegis: Show Generated Rego to the Side");
    const rego = page.locator(".editor-group-container", { hasText: "agent.aegis.rego" }).last();
    await rego.locator(".view-line").first().waitFor();
    await workbench.goto(11, 5);
    await eventually(async () => assert.match(await rego.innerText(), /acme\.agent\.force/));
  });

  await step("a request is evaluated and explained", async () => {
    await workbench.open("push.request.json");
    await workbench.command("Aegis: Evaluate This Request");
    const decision = page
      .locator(".editor-group-container", { hasText: "push.request.json decision" })
      .last();
    await eventually(async () => {
      const text = (await decision.innerText()).replace(/\u00a0/g, " ");
      assert.match(text, /"decision": "deny"/);
      assert.match(text, /acme\.agent\.force/);
    });
  });

  if (desktop)
    await step("a decision is stepped through", async () => {
      await workbench.open("push.request.json");
      await workbench.command("Aegis: Step Through This Request");
      await page.locator(".debug-toolbar").first().waitFor();
      await eventually(async () =>
        assert.ok(
          (await page.locator(".debug-top-stack-frame-line, .debug-top-stack-frame-column").count()) > 0,
        ),
      );
    });
}
