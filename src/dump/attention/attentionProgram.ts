import type { MapReading } from "../../core";
import { load, readSafetensors } from "../pythonProgram";
import type { AttentionSet } from "./attentionSets";
import { memberAt, type HeadPlace } from "./readHead";

/** What a program needs to know to compute the map that is shown. */
export interface AttentionProgramInput {
  readonly set: AttentionSet;
  readonly place: HeadPlace;
  readonly reading: MapReading;
  readonly temperature: number;
  /** The file on disk. */
  readonly path: string;
}

/**
 * A NumPy program that computes the weights shown, `w` with queries down and keys across, from the
 * file itself and with the definitions of the core. A query without a distribution has NaN.
 */
export function attentionProgram(input: AttentionProgramInput): string {
  const { set, place, reading, temperature, path } = input;
  const { source, held } = memberAt(set, place);
  const { name } = source;
  const isJson = /\.jsonl?$/i.test(path);
  const isSafe = /\.safetensors$/i.test(path);
  const loaded = load({ path, name, shape: source.tensor!.shape });
  const index = held.length > 0 ? `[${held.join(", ")}]` : "";
  return [
    isJson || isSafe ? "import json\n" : "",
    "import numpy as np\n\n",
    isSafe ? readSafetensors : "",
    // In JSON null is a mask, and NaN is none.
    isJson
      ? `z = np.array(${loaded}, dtype=object)${index}\n` +
        "z = np.where((z == None) | (z == -9999), -np.inf, z).astype(np.float64)\n"
      : `z = np.array(${loaded}${index}, dtype=np.float64)\n`,
    ...steps(reading),
    `\nT = ${temperature === Infinity ? "np.inf" : temperature}\n`,
    softmax,
  ].join("");
}

function steps({ kind, turned, maskBelow, scaleBy, causal }: MapReading): string[] {
  const isScaled = kind === "logits" && scaleBy !== null;
  return [
    turned ? "z = z.T.copy()\n" : "",
    kind === "probabilities" ? 'with np.errstate(divide="ignore"):\n    z = np.log(z)\n' : "",
    maskBelow !== null ? `z[z <= ${maskBelow}] = -np.inf\n` : "",
    isScaled ? `z = z / np.sqrt(${scaleBy})\n` : "",
    causal ? "i, j = np.indices(z.shape)\nz[j > i + z.shape[1] - z.shape[0]] = -np.inf\n" : "",
  ];
}

const softmax = `top = z.max(1, keepdims=True)
usable = np.isfinite(top[:, 0])
w = np.full(z.shape, np.nan)
if T == 0:
    w[usable] = (z == top)[usable]
elif T == np.inf:
    w[usable] = (z > -np.inf)[usable]
else:
    w[usable] = np.exp((z[usable] - top[usable]) / T)
w /= w.sum(1, keepdims=True)
print(w)
`;
