import type { Reading } from "./reading";

/** What a program needs to know to compute what is shown. */
export interface ProgramInput {
  readonly reading: Reading;
  /** A source's file on disk, its member or key ("" for none), and its format by name. */
  readonly logits: ProgramSource;
  readonly labels: ProgramSource;
  readonly temperatures: readonly number[];
  readonly bins: number;
  readonly clip: number | null;
}

export interface ProgramSource {
  readonly path: string;
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * A NumPy program that computes the calibration metrics shown, from the files themselves, with
 * the definitions of the core: softmax of log p, bins [lo, hi) with the last one closed.
 */
export function pythonProgram(input: ProgramInput): string {
  const { reading, temperatures, bins, clip } = input;
  const sources = [input.logits, input.labels];
  const parts = [
    sources.some(source => /\.jsonl?$|\.safetensors$/i.test(source.path)) ? "import json\n" : "",
    "import numpy as np\n\n",
    sources.some(source => /\.safetensors$/i.test(source.path)) ? readSafetensors : "",
    `z = np.asarray(${load(input.logits)}, dtype=np.float64)\n`,
    `y = np.asarray(${load(input.labels)}, dtype=np.float64)${labelSlice(input)}.reshape(-1)\n\n`,
    layout(reading),
    "used = ~np.isnan(z).any(1) & (z.max(1) < np.inf) & (z.max(1) > -np.inf) & (y >= 0)\n",
    "z, y = z[used], y[used].astype(np.int64)\n",
    "rows = np.arange(len(y))\n\n",
    definitions,
    clip === null ? "" : `z = np.log(np.maximum(np.exp(log_softmax(z)), ${python(clip)}))\n\n`,
    report(bins),
    fit,
    ...temperatures.map(T => `show(${python(T)})\n`),
    "show(fitted())\n",
  ];
  return parts.join("");
}

/** The expression that loads an array, as nested lists where the file is JSON. */
export function load({ path, name }: ProgramSource): string {
  const file = JSON.stringify(path);
  if (/\.npz$/i.test(path)) return `np.load(${file})[${JSON.stringify(name)}]`;
  if (/\.npy$/i.test(path)) return `np.load(${file})`;
  if (/\.safetensors$/i.test(path)) return `read_safetensors(${file}, ${JSON.stringify(name)})`;
  const keys =
    name === ""
      ? ""
      : name
          .split(".")
          .map(key => `[${JSON.stringify(key)}]`)
          .join("");
  return /\.jsonl$/i.test(path)
    ? `[json.loads(line)${keys} for line in open(${file}) if line.strip()]`
    : `json.load(open(${file}))${keys}`;
}

/** Rows of classes, as logits: log p where the file holds probabilities. */
function layout({ kind, scores, slicing }: Reading): string {
  const quiet = (line: string) => `with np.errstate(divide="ignore"):\n    ${line}\n`;
  if (scores === "sigmoid") {
    const flat = "z = z.reshape(-1)\n";
    if (kind === "probabilities") {
      return flat + quiet("z = np.stack([np.log1p(-z), np.log(z)], 1)");
    }
    if (kind === "log-probabilities") {
      return flat + quiet("z = np.stack([np.log(-np.expm1(z)), z], 1)");
    }
    return `${flat}z = np.stack([np.zeros_like(z), z], 1)\n`;
  }
  const { classAxis, at } = slicing;
  const index = at.map(i => (i === null ? ":" : String(i))).join(", ");
  const axis = at.slice(0, classAxis).filter(i => i === null).length;
  const rows = `z = np.moveaxis(z[${index}], ${axis}, -1)\nz = z.reshape(-1, z.shape[-1])\n`;
  return kind === "probabilities" ? rows + quiet("z = np.log(z)") : rows;
}

/** Labels that have the axes of the rows are sliced as the rows are. */
function labelSlice({ reading, logits, labels }: ProgramInput): string {
  const { classAxis, at } = reading.slicing;
  const rowAxes = logits.shape.filter((_, axis) => axis !== classAxis);
  const index = at.filter((_, axis) => axis !== classAxis);
  if (rowAxes.join() !== labels.shape.join() || index.every(i => i === null)) return "";
  return `[${index.map(i => i ?? ":").join(", ")}]`;
}

function python(value: number): string {
  return value === Infinity ? "np.inf" : String(value);
}

/** Defines the function that `load` calls for a .safetensors file. */
export const readSafetensors = `def read_safetensors(path, name):
    data = open(path, "rb").read()
    start = 8 + int.from_bytes(data[:8], "little")
    entry = json.loads(data[8:start])[name]
    begin, end = entry["data_offsets"]
    raw = data[start + begin:start + end]
    if entry["dtype"] == "BF16":
        flat = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
    else:
        kinds = {"F": "<f", "I": "<i", "U": "<u"}
        flat = np.frombuffer(raw, kinds[entry["dtype"][0]] + str(int(entry["dtype"][1:]) // 8))
    return flat.reshape(entry["shape"])


`;

const definitions = `def log_softmax(z, T=1.0):
    if T == 0:
        top = z == z.max(1, keepdims=True)
        with np.errstate(divide="ignore"):
            return np.log(top / top.sum(1, keepdims=True))
    if T == np.inf:
        z, T = np.where(z == -np.inf, z, 0.0), 1.0
    z = (z - z.max(1, keepdims=True)) / T
    return z - np.log(np.exp(z).sum(1, keepdims=True))


`;

function report(bins: number): string {
  return `def show(T, bins=${bins}):
    log_p = log_softmax(z, T)
    p = np.exp(log_p)
    confidence, right = p.max(1), z.argmax(1) == y
    edges = np.arange(bins + 1) * (1 / bins)
    b = np.searchsorted(edges[1:-1], confidence, side="right")
    gap = [abs((right[b == i] - confidence[b == i]).sum()) for i in range(bins)]
    one_hot = np.eye(z.shape[1])[y]
    print("T", T)
    print("  Accuracy", right.mean())
    print("  NLL", -log_p[rows, y].mean())
    print("  ECE", sum(gap) / len(y))
    print("  Brier", ((p - one_hot) ** 2).sum(1).mean())
    print("  Mean confidence", confidence.mean())
    print("  Entropy", -(p * np.where(p > 0, log_p, 0.0)).sum(1).mean())


`;
}

const fit = `def slope(T):
    p = np.exp(log_softmax(z, T))
    return ((p * np.where(p > 0, z, 0.0)).sum(1) - z[rows, y]).mean()


def fitted():
    """The NLL is convex in 1/T, so its slope has one root: bisection on ln T."""
    if (z.max(1) == z[rows, y]).all():
        return 0.0
    low, high = -16.0, 16.0
    if slope(np.exp(high)) > 0:
        return np.inf
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(np.exp(middle)) > 0 else (low, middle)
    return float(np.exp((low + high) / 2))


`;
