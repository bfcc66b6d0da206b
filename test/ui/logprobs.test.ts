import type { FrameLocator } from "@playwright/test";
import { answers, bareAnswers, evalSamples } from "../fixtures/answers.mjs";
import { expect, hoverOver, test } from "./workbench";

const tokens = (view: FrameLocator) => view.getByRole("table", { name: "Top tokens" });
const summary = (view: FrameLocator, name: string) =>
  view
    .getByRole("table", { name: "Summary" })
    .getByRole("row", { name: new RegExp(`^${name}`) })
    .locator("td");

async function setTemperature(view: FrameLocator, text: string): Promise<void> {
  const field = view.getByRole("textbox", { name: "Temperature value" });
  await field.fill(text);
  await field.press("Enter");
}

function textOf(answer: unknown): string {
  return typeof answer === "string" ? answer : JSON.stringify(answer);
}

test("an answer opens by choice, with the alternatives of each token", async ({ workbench }) => {
  workbench.writeFile("answer.json", textOf(answers["an OpenAI chat"]));
  await workbench.openFile("answer.json");
  await expect(workbench.page.locator(".monaco-editor").first()).toBeVisible(); // still text
  await workbench.runCommand("Logit Inspector: Open in Logit Inspector");
  const view = workbench.webview();
  await expect(view.getByRole("button", { name: /^partial: top 2 of an unknown/ })).toBeVisible();
  await expect(tokens(view).getByRole("row")).toHaveCount(4); // two tokens, all others, the head
  await expect(tokens(view)).toContainText('"Hi" ✓ sampled');
  await expect(summary(view, "Covered mass")).toHaveAttribute("data-value", /^0\.75/);
  await expect(summary(view, "Perplexity so far")).toHaveText("2.00000");

  const unlikely = view.getByRole("button", { name: /^Row 1: "!", p = 12.5 %/ });
  await expect(unlikely).toHaveCSS("border-bottom-style", "dotted");
  await unlikely.click();
  await expect(tokens(view)).toContainText('"!" ✓ sampled');
  await expect(tokens(view)).toContainText("≥ 3");
  await expect(summary(view, "Perplexity so far")).toHaveText("4.00000");
  await expect(view.getByRole("tab", { name: "Calibration" })).toHaveAttribute(
    "title",
    /Needs whole rows/,
  );
  expect(workbench.cspViolations()).toEqual([]);
});

test("other temperatures are bounds, closer where the vocabulary is known", async ({
  workbench,
}) => {
  workbench.writeFile("a.logits.json", textOf(answers["an OpenAI chat"]));
  await workbench.openFile("a.logits.json");
  const view = workbench.webview();
  const likeliest = tokens(view).locator("tbody tr").first().locator("td").last();
  await expect(likeliest).toHaveText("0.500000");
  await setTemperature(view, "2");
  await expect(likeliest).toContainText("≤ 0.4142");
  await expect(view.getByText(/At T = 2 each probability is an upper bound/)).toBeVisible();
  await view.getByRole("textbox", { name: "Size of the vocabulary" }).fill("1,002");
  await expect(likeliest).toContainText("0.0415"); // √½ / (√½ + ½ + 1,000·√(¼/1,000))
  await view.getByRole("textbox", { name: "Size of the vocabulary" }).fill("2");
  await expect(view.getByRole("alert")).toContainText("at least the 3 tokens");
  await setTemperature(view, "0.5");
  await expect(likeliest).toContainText(/0\.6666.* – 0\.8/); // ¼ / (¼ + 2/16) and ¼ / (¼ + 1/16)
});

test("the keyboard walks over the tokens of the text", async ({ workbench }) => {
  workbench.writeFile(
    "a.logits.jsonl",
    textOf(answers["a stream of Ollama"]).slice(1, -1).replaceAll('},{"model', '}\n{"model'),
  );
  await workbench.openFile("a.logits.jsonl");
  const view = workbench.webview();
  await view.getByRole("button", { name: /^Row 0: "Hi", p = 50.0 %/ }).focus();
  await workbench.page.keyboard.press("ArrowRight");
  const second = view.getByRole("button", { name: /^Row 1: "!", p = 12.5 %/ });
  await expect(second).toHaveAttribute("aria-current", "true");
  await expect(second).toBeFocused();
  await view.getByRole("img", { name: /^Probabilities of 3 listed tokens/ }).focus();
  await workbench.page.keyboard.press("End");
  await expect(view.getByText(/^all other tokens: 12.5 % at T = 1/)).toBeAttached();
});

test("the mouse over a token shows its alternatives, and leads to its row", async ({
  workbench,
}, info) => {
  const { page } = workbench;
  const entries = answers["the entries alone"] as object[];
  const text = `{"logprobs": [\n${entries.map(entry => JSON.stringify(entry)).join(",\n")}]}`;
  workbench.writeFile("answers.json", `[${text},\n${text}]`);
  await workbench.openFile("answers.json");
  const hover = await hoverOver(page, String(Math.log(0.125)));
  await expect(hover.getByRole("row", { name: /^! ✓ sampled 12\.5 %/ })).toBeVisible();
  await expect(hover).toContainText("perplexity so far 4.00000");
  await info.attach("hover", { body: await page.screenshot(), contentType: "image/png" });
  await hover.getByText("Open row in Logit Inspector").click();
  const view = workbench.webview();
  await expect(view.getByText("Row 3 at T = 1")).toBeVisible();
  await expect(view.getByText("Text 2 of 2")).toBeVisible();
  await view.getByRole("button", { name: "Previous text" }).click();
  await expect(view.getByText("Row 0 at T = 1")).toBeVisible();
});

test("answers of several services open alike", async ({ workbench }) => {
  const several = { ...answers, ...bareAnswers };
  const names = ["a legacy completion", "the prompt of vLLM", "a recorded stream", "Cohere"];
  for (const [i, name] of names.entries()) {
    workbench.writeFile(`${i}.logits.json`, textOf(several[name]));
    await workbench.openFile(`${i}.logits.json`);
    const view = workbench.webview();
    await expect(tokens(view)).toContainText('"Hi" ✓ sampled');
    await expect(view.getByRole("button", { name: /^Row 1: "!"/ })).toBeVisible();
  }
});

test("samples of an evaluation are rows of choices with labels", async ({ workbench }) => {
  workbench.writeFile("s.logits.jsonl", evalSamples.map(s => JSON.stringify(s)).join("\n"));
  await workbench.openFile("s.logits.jsonl");
  const view = workbench.webview();
  const table = view.getByRole("table", { name: "Top classes" });
  await expect(table.locator("tbody tr").first()).toContainText("C ✓ label");
  await view.getByRole("button", { name: /^Next miss/ }).click();
  await expect(table.locator("tbody tr").first()).toContainText("B");
});

test("answers that are none, or hold nothing of use, are told in a sentence", async ({
  workbench,
}) => {
  const none = { choices: [{ index: 0, message: { content: "Hi" }, logprobs: null }] };
  workbench.writeFile("none.logits.json", JSON.stringify(none));
  await workbench.openFile("none.logits.json");
  await expect(workbench.webview().getByRole("alert")).toContainText("without log-probabilities");

  const markup = "<img src=x onerror=alert(1)>";
  const odd = [
    { token: "<s>", logprob: null },
    { token: "a", logprob: 3 },
    { token: markup, logprob: -1, top_logprobs: [{ token: "b", logprob: "NaN" }] },
    { token: markup, logprob: -1 },
  ];
  workbench.writeFile("odd.logits.json", JSON.stringify({ logprobs: odd }));
  await workbench.openFile("odd.logits.json");
  const view = workbench.webview();
  const status = view.getByRole("status");
  await expect(status.filter({ hasText: "the first token of a text has none" })).toBeVisible();
  await view.getByRole("button", { name: /^Next row/ }).click();
  await expect(status.filter({ hasText: "add up to more than 1" })).toBeVisible();
  await view.getByRole("button", { name: /^Next row/ }).click();
  await expect(status.filter({ hasText: "holds NaN" })).toBeVisible();
  await view.getByRole("button", { name: /^Next row/ }).click();
  await expect(tokens(view)).toContainText(markup);
  expect(workbench.cspViolations()).toEqual([]);
});
