import { createKernel } from "../../src/core/kernel";
import { profileMap } from "../../src/compute/attentionPasses";
import { readMap, type AttentionMap } from "../../src/core";
import { randomStream, unit } from "../../src/core/calibration/random";
import { colorScale, stepsPerUnit, steps } from "../../webview/attention/colorScale";
import { paint, type Weights } from "../../webview/attention/paint";
import { weightsMaker } from "../../webview/attention/weightsAt";
import type { Comparison, Contestant, Tools } from "./comparison";

/** Painting a head at a temperature that was not shown before: all that a drag asks of the page. */
export default function attention({ quick, python }: Tools): Comparison[] {
  const side = quick ? 256 : 1024;
  return [
    {
      title: `Attention: paint ${side.toLocaleString("en")} × ${side.toLocaleString("en")} at a new T`,
      contestants: () => contestants(side, python),
    },
    {
      title: `Attention: paint ${(4 * side).toLocaleString("en")} squared at a new T, pooled`,
      contestants: () => [ours(4 * side, 8)],
    },
  ];
}

/** Each time another temperature. */
function temperatures(): () => number {
  let round = 0;
  return () => 0.5 + (round++ % 100) / 50;
}

/** A causal head: scores as of a trained model, and −∞ for keys to come. */
function headOf(side: number): AttentionMap {
  const random = randomStream(11);
  const uniform = () => (random() + 0.5) * unit;
  const values = Float32Array.from(
    { length: side * side },
    () => 2 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
  return readMap(
    { values, rows: side, columns: side },
    { kind: "logits", turned: false, maskBelow: null, scaleBy: null, causal: true },
  );
}

function ours(side: number, block: number): Contestant {
  const map = headOf(side);
  const head = { map, profile: profileMap(map, createKernel()) };
  const weightsAt = weightsMaker();
  const scale = colorScale("linear", true);
  const cells = side / block;
  const pixels = new Uint32Array(cells * cells);
  const region = { row: 0, column: 0, height: cells, width: cells, block };
  const next = temperatures();
  return {
    name: "ours: ln Z from the row profile, colours by table",
    run: () => paint(weightsAt(head, next()), scale, "max", region, pixels),
  };
}

function contestants(side: number, python: Tools["python"]): Contestant[] {
  const map = headOf(side);
  const scale = colorScale("linear", true);
  const next = temperatures();
  const pixels = new Uint32Array(side * side);
  return [
    ours(side, 1),
    {
      name: "plain TypeScript: softmax of each row, then its colours",
      run: () => paintPlainly({ map, temperature: next() }, scale.colors, pixels),
    },
    python(
      "NumPy: softmax of all rows, then their colours",
      "numpy",
      `T = 0.5 + (n % 100) / 50
n += 1
def work():
    s = z / np.float32(T)
    s -= s.max(1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(1, keepdims=True)
    s *= 255
    colors[s.astype(np.uint8)]
timed(work)`,
      `import numpy as np
n = 0
z = (2 * np.random.default_rng(11).standard_normal((${side}, ${side}))).astype(np.float32)
z[np.triu_indices(${side}, 1)] = -np.inf
colors = np.arange(256, dtype=np.uint32)`,
    ),
  ];
}

/** As one would write it first. */
function paintPlainly(
  { map, temperature }: Pick<Weights, "map" | "temperature">,
  colors: Uint32Array,
  pixels: Uint32Array,
): void {
  const { queries, keys, gap } = map;
  for (let i = 0; i < queries; i++) {
    const weights = Array.from(gap.subarray(i * keys, (i + 1) * keys), g =>
      Math.exp(-g / temperature),
    );
    const Z = weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((w, j) => {
      const step = Math.floor(-Math.log(w / Z) * stepsPerUnit);
      pixels[i * keys + j] = colors[Math.min(steps, step)];
    });
  }
}
