import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { softmax } from "../../src/core";

const folder = () => vscode.workspace.workspaceFolders![0].uri;
const inFolder = (name: string) => vscode.Uri.joinPath(folder(), ...name.split("/"));

async function write(name: string, data: string | Uint8Array): Promise<vscode.Uri> {
  const uri = inFolder(name);
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

/** A file whose mark `|` says where the mouse is. */
async function writeMarked(
  name: string,
  marked: string,
): Promise<[vscode.TextDocument, vscode.Position]> {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = await vscode.workspace.openTextDocument(await write(name, text));
  // A byte-order mark is none of the text.
  return [document, document.positionAt(text.startsWith("\ufeff") ? offset - 1 : offset)];
}

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers.flatMap(hover => hover.contents.map(textOf)).join("\n\n");
}

const textOf = (content: vscode.MarkdownString | vscode.MarkedString) =>
  typeof content === "string" ? content : content.value;

/** What is shown at the mark. */
async function hoverIn(name: string, marked: string): Promise<string> {
  return hoverAt(...(await writeMarked(name, marked)));
}

/** Changes a setting of the workspace, and waits until it is known here. */
async function set(name: string, value: unknown): Promise<void> {
  const [section, key] = name.split(".");
  await vscode.workspace.getConfiguration(section).update(key, value);
  const now = () => vscode.workspace.getConfiguration(section).inspect(key)?.workspaceValue;
  while (JSON.stringify(now()) !== JSON.stringify(value)) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

let programs = 0;

/** The same in a program of its own. */
const hoverInCode = (marked: string) => hoverIn(`program${++programs}.py`, marked);

/** The cells of the table's lines, without emphasis. */
function cells(hover: string): string[][] {
  return hover
    .split("\n")
    .filter(line => /^\| .*\d/.test(line) && !line.includes("Rank"))
    .map(line =>
      line
        .slice(1, -1)
        .split(" | ")
        .map(cell => cell.replaceAll("**", "").replaceAll("&nbsp;", "").trim()),
    );
}

describe("a hover over logits in JSON", () => {
  afterEach(async () => {
    for (const name of ["hover", "hoverTopK", "hoverFiles", "hoverEveryArray"]) {
      await set(`logitInspector.${name}`, undefined);
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("shows the distribution, the entry and the label", async () => {
    const text =
      '{"logits": [2, 1, 0|.5, 0.1], "classes": ["cat", "dog", "fox", "owl"], "label": 1}';
    const hover = await hoverIn("plain.json", text);
    assert.deepEqual(cells(hover), [
      ["", "1", "cat", "2.00000", "57.5 %", "-0.554217"],
      ["", "2", "dog ✓ label", "1.00000", "21.1 %", "-1.55422"],
      ["▸", "3", "fox", "0.500000", "12.8 %", "-2.05422"],
      ["", "4", "owl", "0.100000", "8.59 %", "-2.45422"],
    ]);
    assert.match(
      hover,
      /T = 1 · entropy 1\.12\d* nats · max probability 57\.5 % · label at rank 2/,
    );
    assert.match(hover, /\*\*logits\*\* · 4 classes · read as logits/);
  });

  const layouts: [string, string, string, RegExp][] = [
    [
      "pretty.json",
      '{\n  "logits": [\n    [\n      1,\n      2\n    ],\n    [\n      3,\n      |5\n    ]\n  ]\n}',
      "5.00000",
      /row 1 of 2 × 2/,
    ],
    ["crlf.json", '{\r\n  "logits": [\r\n    3,\r\n    |5\r\n  ]\r\n}', "5.00000", /2 classes/],
    ["bom.json", '\ufeff{"logits": [3, |5]}', "5.00000", /2 classes/],
    ["nested.json", '{"a": {"b": {"scores": [3, |5]}}}', "5.00000", /scores/],
    ["lines.jsonl", '{"logits": [1, 2]}\n{"logits": [3, |5]}\n', "5.00000", /line 2/],
    ["unfinished.json", '{"logits": [3, |5, -', "5.00000", /2 classes/],
    ["words.json", '{"logits": [-Infinity, |5, null, -9999.0, "3"]}', "5.00000", /5 classes/],
  ];
  for (const [name, text, top, title] of layouts) {
    it(`reads ${name}`, async () => {
      const hover = await hoverIn(name, text);
      assert.equal(cells(hover)[0][3], top);
      assert.match(hover, title);
    });
  }

  it("counts the rows of a text that is shown as it is changed", async () => {
    const [document, place] = await writeMarked("shown.json", "[\n [1, 2],\n [3, |4],\n [5, 6]\n]");
    await set("logitInspector.hoverFiles", ["**/shown.json"]);
    await vscode.window.showTextDocument(document);
    assert.match(await hoverAt(document, place), /row 1 of 3 × 2/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), " [7, 8],\n");
    await vscode.workspace.applyEdit(edit);
    assert.match(await hoverAt(document, place), /row 1 of 4 × 2/);
    assert.match(await hoverAt(document, place.translate(1)), /row 2 of 4 × 2/);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("counts the rows of a text that is shown to their end, in the background", async () => {
    const rows = Array(4000).fill("[\n1,\n2\n]");
    const document = await vscode.workspace.openTextDocument(
      await write("long.json", `{"logits": [\n${rows.join(",\n")}\n]}`),
    );
    const place = new vscode.Position(12_002, 0);
    assert.match(await hoverAt(document, place), /\*\* · … × 2/);
    await vscode.window.showTextDocument(document);
    while (!/row 3,000 of 4,000 × 2/.test(await hoverAt(document, place))) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  it("says why a row with NaN has no distribution", async () => {
    assert.match(await hoverIn("nan.json", '{"logits": [1, |NaN]}'), /holds NaN/);
    assert.match(await hoverIn("inf.json", '{"logits": [1, |Infinity]}'), /holds \+∞/);
  });

  it("tells log-probabilities and probabilities", async () => {
    const halves = `{"log_probs": [|${Math.log(0.5)}, ${Math.log(0.5)}]}`;
    assert.match(await hoverIn("logs.json", halves), /read as log-probabilities/);
    const hover = await hoverIn("probs.json", '{"probs": [|0.25, 0.75]}');
    assert.match(hover, /read as probabilities/);
    assert.deepEqual(
      cells(hover).map(line => line[4]),
      ["75.0 %", "25.0 %"],
    );
  });

  it("finds names and labels in the files paired by name", async () => {
    await write("pair/val_labels.json", "[1, 0]");
    await write("pair/classes.json", '["cat", "dog"]');
    const hover = await hoverIn("pair/val_logits.json", "[[1, 2], [3, |5]]");
    assert.deepEqual(
      cells(hover).map(line => line[2]),
      ["dog", "cat ✓ label"],
    );
    assert.match(hover, /row 1 of 2 × 2/);
  });

  it("shows nothing over ordinary JSON, and widens by the settings", async () => {
    const text = '{"embedding": [0.1, |0.2, 0.3]}';
    assert.deepEqual(cells(await hoverIn("embedding.json", text)), []);
    await set("logitInspector.hoverFiles", ["**/embed*.json"]);
    assert.equal(cells(await hoverIn("embedding.json", text)).length, 3);
    await set("logitInspector.hoverFiles", undefined);
    await set("logitInspector.hoverEveryArray", true);
    assert.equal(cells(await hoverIn("embedding.json", text)).length, 3);
    await set("logitInspector.hover", false);
    assert.deepEqual(cells(await hoverIn("embedding.json", text)), []);
  });

  it("lets nothing of a file be more than text", async () => {
    const names = [
      "a|b",
      "`c`",
      "[d](command:x)",
      "<img src=x>",
      "**e**",
      "https://f.org",
      "$(g)\nh",
      "\u202ei",
    ];
    await set("logitInspector.hoverTopK", names.length);
    const json = JSON.stringify({ logits: names.map((_, i) => -i), classes: names });
    const hover = await hoverIn("hostile.json", json.replace("[0", "[|0"));
    assert.deepEqual(
      cells(hover.replaceAll("\\|", "¦")).map(line => line[2]),
      [
        "a¦b",
        "\\`c\\`",
        "\\[d\\]\\(command\\:x\\)",
        "\\<img src\\=x\\>",
        "\\*\\*e\\*\\*",
        "https\\:\\/\\/f\\.org",
        "\\$\\(g\\)⏎h",
        "�i",
      ],
    );
  });

  it("trusts its two commands, in a text without anything of the file", async () => {
    const [document, position] = await writeMarked(
      "x.json",
      '{"logits": [1, |2], "classes": ["secret", "b"]}',
    );
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    const contents = hover.contents as vscode.MarkdownString[];
    const trusted = contents.filter(content => content.isTrusted);
    assert.equal(trusted.length, 1);
    assert.deepEqual(trusted[0].isTrusted, {
      enabledCommands: ["logitInspector.openRow", "logitInspector.setTemperatureOf"],
    });
    assert.doesNotMatch(decodeURIComponent(trusted[0].value), /secret/);
    assert.ok(contents.every(content => !content.supportHtml && !content.supportThemeIcons));
  });

  it("has the top of a one-line array just under VS Code's limit of 50 MB", async function () {
    this.timeout(120_000);
    const limit = 50 * 1024 * 1024;
    const classes = 1000;
    const rows = Math.floor((limit - 100) / (9 * classes + 2));
    const digits = (n: number) => String(n).padStart(7, "0");
    const row = (r: number) =>
      `[${Array.from({ length: classes }, (_, k) => `-${digits((k * 7919 + r) % 9999991).replace(/^./, "1.")}`.slice(0, 8)).join(",")}]`;
    const distinct = Array.from({ length: 50 }, (_, r) => row(r));
    const text = `{"logits":[${Array.from({ length: rows }, (_, r) => distinct[r % 50]).join(",")}]}`;
    assert.ok(text.length < limit && text.length > 0.98 * limit, `${text.length} characters`);
    const uri = inFolder("large.json");
    writeFileSync(uri.fsPath, text);
    // VS Code's own JSON server would take half a minute to read it.
    await set("files.associations", { "large.json": "plaintext" });
    const document = await vscode.workspace.openTextDocument(uri);
    for (const r of [0, rows >> 1, rows - 1]) {
      const start = 11 + r * (distinct[0].length + 1);
      const hover = await hoverAt(document, new vscode.Position(0, start + 5));
      const values: number[] = JSON.parse(distinct[r % 50]);
      const order = values.map((_, k) => k).sort((a, b) => values[b] - values[a] || a - b);
      const p = softmax(values, 1);
      const top = cells(hover).slice(0, 5);
      assert.deepEqual(
        top.map(line => line[2]),
        order.slice(0, 5).map(String),
      );
      assert.equal(top[0][4], `${(100 * p[order[0]]).toPrecision(3)} %`);
      assert.match(
        hover,
        new RegExp(`row ${r.toLocaleString("en")} of ${rows.toLocaleString("en")} × 1,000`),
      );
    }
    await set("files.associations", undefined);
    rmSync(uri.fsPath);
  });
});

/** An .npy file with this shape, whose data are these bytes. */
function npy(shape: string, data: Uint8Array, descr = "<f4"): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
  const bytes = new TextEncoder().encode(`\x00\x00\x00\x00\x00\x00\x01\x00\x76\x00${header}\n`);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]);
  return Uint8Array.from([...bytes, ...data]);
}

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe("a hover over the name of a dump", () => {
  const outside = mkdtempSync(path.join(tmpdir(), "logit-inspector-outside-"));

  before(async () => {
    await write("runs/few_logits.npy", npy("(2, 3)", floats(1, 3, 2, 0, 0, 0)));
    await write("runs/few_labels.npy", npy("(2,)", floats(2, 0)));
  });

  after(() => rmSync(outside, { recursive: true }));

  for (const [name, code] of [
    ["runs/a.py", 'z = np.load("few_|logits.npy")'],
    ["b.py", "z = np.load('runs/few_logits.npy|')"],
    ["runs/deep/c.rs", 'let z = read_npy("../few_l|ogits.npy");'],
    ["d.py", 'z = np.load(Path("runs") / "few_logits|.npy")'],
    ["e.json", '{"file": "runs/few_|logits.npy"}'],
  ]) {
    it(`shows what it holds, in ${name}`, async () => {
      const hover = await hoverIn(name, code);
      assert.match(
        hover,
        /\*\*few\\_logits\\\.npy\*\* · 2 × 3 · float32 · logits · 152 bytes · labels: few/,
      );
      assert.deepEqual(
        cells(hover).map(line => line.slice(1, 5)),
        [
          ["1", "1", "3.00000", "66.5 %"],
          ["2", "2 ✓ label", "2.00000", "24.5 %"],
          ["3", "0", "1.00000", "9.00 %"],
        ],
      );
      assert.match(hover, /label at rank 2/);
    });
  }

  it("works in a notebook, from its folder on", async () => {
    const cell = {
      cell_type: "code",
      source: ['np.load("few_logits.npy")'],
      metadata: {},
      outputs: [],
    };
    const book = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const uri = await write("runs/book.ipynb", JSON.stringify(book));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const hover = await hoverAt(notebook.cellAt(0).document, new vscode.Position(0, 12));
    assert.match(hover, /2 × 3 · float32/);
  });

  it("names what is missing, refused or being written in one sentence", async () => {
    assert.match(await hoverInCode('np.load("gone|.npy")'), /^gone\\.npy is neither beside/);
    assert.equal(await hoverInCode('np.load(root / "gone|.npy")'), "");
    await write("pickled.npy", npy("(1,)", new Uint8Array(8), "|O"));
    assert.match(await hoverInCode('np.load("pickled|.npy")'), /pickled.*objects/);
    await write("half.npy", npy("(1000, 10)", floats(1, 2, 3)));
    assert.match(await hoverInCode('np.load("half|.npy")'), /still being written/);
  });

  it("reads nothing outside of the workspace", async () => {
    writeFileSync(path.join(outside, "secret.npy"), npy("(1, 2)", floats(1, 2)));
    const relative = path.relative(folder().fsPath, path.join(outside, "secret.npy"));
    assert.equal(await hoverInCode(`np.load("|${relative}")`), "");
    assert.equal(await hoverInCode(`np.load("|${outside}/secret.npy")`), "");
    symlinkSync(path.join(outside, "secret.npy"), inFolder("link.npy").fsPath);
    assert.equal(await hoverInCode('np.load("link|.npy")'), "");
    symlinkSync(outside, inFolder("linked").fsPath);
    assert.equal(await hoverInCode('np.load("linked/secret|.npy")'), "");
  });

  it("says where more rows could tell another kind", async () => {
    await write("probs.npy", npy("(2, 2)", floats(0.25, 0.75, 0.5, 0.5)));
    const hover = await hoverInCode('np.load("probs|.npy")');
    assert.match(hover, / · probabilities by its first rows · 144 bytes · the first row:/);
    assert.equal(cells(hover)[0][4], "75.0 %");
  });

  it("doesn't read a large JSON file for it", async () => {
    await write("big.logits.json", `[${"1.5, ".repeat(400_000)}1]`);
    const hover = await hoverInCode('open("big.logits|.json")');
    assert.match(hover, /^\*\*big\\.logits\\.json\*\* · 1\.91 MB\n\n\[Open in Logit Inspector\]/);
    rmSync(inFolder("big.logits.json").fsPath);
  });
});

describe("lenses above logits", () => {
  async function titles(name: string, text: string): Promise<[number, string][]> {
    const { uri } = await vscode.workspace.openTextDocument(await write(name, text));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      uri,
      100,
    );
    const ours = lenses.filter(({ command }) => command?.command === "logitInspector.openRow");
    return ours.map(({ range, command }) => [range.start.line, command!.title]);
  }

  const matrix =
    '{\n  "logits": [\n    [2, 1, 0.5, 0.1],\n    [1, 1, 1, 1]\n  ],\n  "bbox": [1, 2]\n}';

  it("say how large the array is and how unsure its first row", async () => {
    assert.deepEqual(await titles("lens.json", '{"a": 1,\n"logits": [2, 1, 0.5, 0.1]}'), [
      [1, "Open in Logit Inspector · 4 classes · H 1.12 nats"],
    ]);
    assert.deepEqual(await titles("matrix.json", matrix), [
      [1, "Open in Logit Inspector · 2 rows · 4 classes · H 1.12 nats in the first"],
    ]);
  });

  it("stand once a key, and above no other arrays", async () => {
    const records = Array.from({ length: 50 }, () => '{"logits": [1, 2], "scores": [3, 4]}');
    assert.equal((await titles("records.json", `[${records.join(",\n")}]`)).length, 2);
    assert.equal((await titles("records.jsonl", records.join("\n"))).length, 2);
    assert.deepEqual(await titles("settings.json", '{"editor.rulers": [80, 100]}'), []);
  });

  it("can be switched off", async () => {
    await set("logitInspector.codeLens", false);
    assert.deepEqual(await titles("matrix.json", matrix), []);
    await set("logitInspector.codeLens", undefined);
  });
});
