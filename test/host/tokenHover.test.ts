import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { answers, evalSamples } from "../fixtures/answers.mjs";

/** Recorded answers by others; an optional folder beside the checkout. */
const data = path.resolve(__dirname, "../../../../shared/data/logprobs");

const folder = () => vscode.workspace.workspaceFolders![0].uri;

async function documentOf(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

/** What is shown over an offset of a document, ours among it. */
async function hoverAt(document: vscode.TextDocument, offset: number) {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    document.positionAt(offset),
  );
  const ours = hovers.find(({ contents }) =>
    contents.some(content => (content as vscode.MarkdownString).value.includes("logitInspector.")),
  );
  const values = ours?.contents.map(content => (content as vscode.MarkdownString).value) ?? [];
  return { text: values.join("\n\n").replaceAll("&nbsp;", ""), range: ours?.range };
}

async function hoverOver(name: string, answer: unknown, part: string) {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer, null, 2);
  return hoverAt(await documentOf(name, text), text.lastIndexOf(part) + 1);
}

describe("a hover over a token of an answer", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("shows its alternatives, what they cover and the perplexity so far", async () => {
    const { text, range } = await hoverOver("chat.json", answers["an OpenAI chat"], '"!"');
    assert.match(text, /\*\*\\!\*\* · token 1 of its text \(from 0\) · 3 of an unknown vocabulary/);
    assert.match(text, /\| \\\. \| 50\.0 % \| -0\.693147 \|/);
    assert.match(text, /\| \*\*\\! ✓ sampled\*\* \| \*\*12\.5 %\*\* \| \*\*-2\.07944\*\* \|/);
    assert.match(text, /\| \*all other tokens\* \| 12\.5 % \|/);
    assert.match(text, /perplexity so far 4\.00000 · entropy at T = 1 ≥/);
    assert.match(text, /Partial: The listed tokens cover 87\.5 % .* exact.* the rest, 12\.5 %,/);
    assert.ok(range && range.start.line < range.end.line);
  });

  it("gives bounds at another temperature", async () => {
    const settings = vscode.workspace.getConfiguration("logitInspector");
    await settings.update("defaultTemperature", 2);
    const { text } = await hoverOver("warm.json", answers["an OpenAI chat"], '"Hi"');
    await settings.update("defaultTemperature", undefined);
    assert.match(text, /p at T = 2/);
    assert.match(text, /≤ 41\.4 %/);
    assert.match(text, /upper bound/);
  });

  for (const name of ["a legacy completion", "the prompt of vLLM", "a stream of Ollama"]) {
    it(`reads ${name}`, async () => {
      const { text } = await hoverOver(`${name}.json`, answers[name], '"!"');
      assert.match(text, /\*\*\\!\*\*/);
      assert.match(text, /\*\*12\.5 %\*\*/);
    });
  }

  it("reads samples of an evaluation as rows of choices", async () => {
    const lines = evalSamples.map(sample => JSON.stringify(sample)).join("\n");
    const { text } = await hoverOver("samples.jsonl", lines, '"-2.0"');
    assert.match(text, /3 choices · log-likelihoods read as logits/);
    assert.match(text, /\| ▸ \| \*\*2\*\* \| \*\*C\*\* \| \*\*-2\.00000\*\*/);
    assert.match(text, /\| 3 \| A ✓ label \| -4\.00000/);
  });

  it("shows text from the file as text", async () => {
    const token = "[x](command:y) <b>|";
    const { text } = await hoverOver("markup.json", [{ token, logprob: -1 }], "command");
    assert.ok(text.includes("\\[x\\]\\(command\\:y\\) \\<b\\>\\|"));
  });

  it("shows the first token over a name of the file in a program", async () => {
    await documentOf("named_logprobs.json", JSON.stringify(answers["an OpenAI chat"]));
    const { text } = await hoverOver("load.py", 'json.load(open("named_logprobs.json"))', '"named');
    assert.match(text, /2 × 3 · float64 · log\\?-probabilities/);
    assert.match(text, /\*\*Hi ✓ sampled\*\* \| \*\*50\.0 %/);
    assert.match(text, /Partial: /);
  });

  it("opens the editor at the token", async () => {
    const document = await documentOf("open.json", JSON.stringify(answers["an OpenAI chat"]));
    const { text } = await hoverAt(document, document.getText().lastIndexOf('"!"') + 1);
    const link = /command:logitInspector\.openRow\?([^)]*)\)/.exec(text)!;
    const args = JSON.parse(decodeURIComponent(link[1])) as unknown[];
    await vscode.commands.executeCommand("logitInspector.openRow", ...args);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.uri.toString(), document.uri.toString());
  });

  it("is silent on answers without log-probabilities", async () => {
    const none = { choices: [{ index: 0, message: { content: "Hi" }, logprobs: null }] };
    for (const part of ['"Hi"', "null", '"message"']) {
      assert.equal((await hoverOver("none.json", none, part)).text, "");
    }
  });

  const files = existsSync(data) ? readdirSync(data) : [];
  for (const file of files) {
    it(`shows a token of ${file}, if it has any`, async () => {
      const document = await vscode.workspace.openTextDocument(path.join(data, file));
      const text = document.getText();
      const mentions = ['"token": "', '"token_ids": ', '"The": '].map(key => text.lastIndexOf(key));
      const offset = Math.max(...mentions);
      const hover = await hoverAt(document, Math.max(0, offset) + 3);
      if (offset < 0) assert.equal(hover.text, "");
      else assert.match(hover.text, /perplexity so far .*\n\nPartial: The listed tokens cover/);
    });
  }
});
