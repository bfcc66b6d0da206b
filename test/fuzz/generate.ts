/** mulberry32: a small seeded generator, so that every input of a run can be had again. */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const below = (random: Random, count: number) => Math.floor(random() * count);
const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)]!;

/** Numbers that size and offset arithmetic trips over. */
const edges = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** A file with a few bytes changed, cut, doubled, or overwritten by an edge number. */
export function mutate(random: Random, file: Uint8Array): Uint8Array {
  let bytes = new Uint8Array(file);
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const at = below(random, bytes.length + 1);
    const kind = below(random, 6);
    if (kind === 0) bytes[at] = below(random, 256);
    else if (kind === 1) bytes[at] = bytes[at]! ^ (1 << below(random, 8));
    else if (kind === 2) bytes = bytes.slice(0, at);
    else if (kind === 3) bytes = join(bytes.slice(0, at), bytes.slice(below(random, at + 1)));
    else if (kind === 4 && at + 4 <= bytes.length) {
      new DataView(bytes.buffer).setUint32(at, pick(random, edges), true);
    } else bytes = join(bytes.slice(0, at), bytes.slice(at + 1 + below(random, 8)));
  }
  return bytes;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

const latin1 = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0) & 255);
const order = ["<", ">", "|", "=", ""];
const codes = ["b1", "i1", "u2", "i4", "i8", "u8", "f2", "f4", "f8", "f1", "f16", "c8", "V1", "V2"];
const oddCodes = ["S0", "U-1", "V", "O", "O8", "M8[s]", "m8[0s]", "T", "i3", "bfloat16", "float32"];

function descr(random: Random, depth = 0): string {
  const kind = depth > 3 ? 0 : below(random, 8);
  if (kind === 6) {
    const fields = Array.from({ length: below(random, 4) }, (_, i) => {
      const shape = random() < 0.3 ? `, ${shapeText(random)}` : "";
      return `('${pick(random, ["a", "", "b", `f${i}`])}', ${descr(random, depth + 1)}${shape})`;
    });
    return `[${fields.join(", ")}]`;
  }
  if (kind === 7) return `(${descr(random, depth + 1)}, ${shapeText(random)})`;
  return `'${pick(random, order)}${pick(random, random() < 0.8 ? codes : oddCodes)}'`;
}

const dims = ["0", "1", "2", "3", "7", "-1", "4294967296", "9007199254740993", "2L", "True", "1.0"];

function shapeText(random: Random): string {
  const items = Array.from({ length: below(random, 4) }, () =>
    random() < 0.85 ? String(below(random, 4)) : pick(random, dims),
  );
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

/** A .npy file whose header is nearly always well formed and often odd. */
export function npyFile(random: Random): Uint8Array {
  const entries = [
    `'descr': ${descr(random)}`,
    `'fortran_order': ${pick(random, ["True", "False", "False", "None", "0"])}`,
    `'shape': ${shapeText(random)}`,
  ].sort(() => random() - 0.5);
  if (random() < 0.05) entries.push(pick(random, entries));
  const text = `{${entries.join(pick(random, [", ", ",", " ,\n "]))}}${" ".repeat(below(random, 70))}\n`;
  const version = pick(random, [1, 1, 1, 2, 3]);
  const length = text.length + (random() < 0.05 ? pick(random, edges) : 0);
  const size =
    version === 1
      ? [length & 255, (length >> 8) & 255]
      : [length, length >> 8, length >> 16, length >>> 24];
  const start = join(latin1("\x93NUMPY"), Uint8Array.from([version, 0, ...size]));
  const data = Uint8Array.from({ length: below(random, 200) }, () => below(random, 256));
  return join(join(start, latin1(text)), data);
}

/** A .safetensors file of a few tensors with mostly fitting offsets. */
export function safetensorsFile(random: Random): Uint8Array {
  let at = 0;
  const tensors = Array.from({ length: below(random, 4) }, (_, i) => {
    const [dtype, size] = pick(random, [
      ["F32", 4],
      ["BF16", 2],
      ["I64", 8],
      ["BOOL", 1],
      ["F8_E4M3", 1],
      ["F4", 0.5],
      ["X", 1],
    ] as const);
    const shape = Array.from({ length: below(random, 3) }, () => below(random, 4));
    const begin = at + (random() < 0.05 ? 1 : 0);
    at += shape.reduce((product, dim) => product * dim, 1) * size;
    const fields = {
      dtype,
      shape,
      data_offsets: [begin, random() < 0.05 ? pick(random, edges) : at],
    };
    return `"${random() < 0.05 ? "x" : `t${i}`}": ${JSON.stringify(fields)}`;
  });
  if (random() < 0.2) tensors.push(`"__metadata__": {"a": ${pick(random, ['"b"', "1", "{}"])}}`);
  const text = `{${tensors.join(",")}}`;
  const start = new Uint8Array(8);
  new DataView(start.buffer).setBigUint64(0, BigInt(text.length + (random() < 0.05 ? 1 : 0)), true);
  return join(join(start, latin1(text)), new Uint8Array(Math.ceil(at)));
}

const tokens = [
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"a"',
  '"\\u00e9"',
  '"\\ud800"',
  "1",
  "-0",
  "0.1",
  "1e400",
  "-1.5e-7",
  "12345678901234567890",
  "NaN",
  "-Infinity",
  "null",
  "true",
  "01",
  "nul",
  " ",
  "\n",
  "\t",
  "\0",
  "\xff",
  "\xc3\xa9",
  '"',
];

/** A value that is JSON, or a heap of its tokens. */
export function jsonFile(random: Random): Uint8Array {
  if (random() < 0.5) {
    return latin1(Array.from({ length: below(random, 30) }, () => pick(random, tokens)).join(""));
  }
  const lines = Array.from({ length: 1 + below(random, 4) }, () => jsonValue(random, 0));
  return latin1(lines.join(pick(random, ["\n", "\r\n", "\n\n", " "])));
}

function jsonValue(random: Random, depth: number): string {
  const kind = depth > 4 ? 0 : below(random, 4);
  const items = (make: () => string) => Array.from({ length: below(random, 5) }, make).join(", ");
  if (kind === 1) return `[${items(() => jsonValue(random, depth + 1))}]`;
  if (kind === 2)
    return `{${items(() => `"k${below(random, 9)}": ${jsonValue(random, depth + 1)}`)}}`;
  return pick(random, tokens.slice(6, 19));
}
