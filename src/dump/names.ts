/** What an array or a list of names is for, told by the words people put into file and key names. */
export type NamedRole = "logits" | "labels" | "classNames" | "tokens" | "attention" | "temperature";

/**
 * The words, most telling first: where a file carries both logits and probabilities, the logits
 * are preferred, because nothing was rounded away in them.
 */
const words: Readonly<Record<NamedRole, readonly string[]>> = {
  // Before labels and logits: "label names" are names, "attention scores" are attention.
  classNames: [
    "class names",
    "label names",
    "labels names",
    "target names",
    "classes",
    "id2label",
    "categories",
    "class labels",
    "vocabulary",
    "vocab",
    "names",
  ],
  attention: ["attention", "attentions", "attn"],
  labels: [
    "ground truth",
    "label ids",
    "y true",
    "labels",
    "label",
    "targets",
    "target",
    "gt",
    "y",
  ],
  logits: [
    "logits",
    "logit",
    "predictions",
    "scores",
    "log probs",
    "logprobs",
    "log probabilities",
    "probabilities",
    "probs",
    "softmax",
    "preds",
    "y score",
    "y prob",
    "y pred",
    "pyx",
    "outputs",
    "output",
  ],
  tokens: ["tokens", "words", "input tokens"],
  temperature: ["temperature", "temp", "tau"],
};

/** All of the words by themselves, made once: names are asked about while somebody waits. */
const phrases = (Object.keys(words) as NamedRole[]).flatMap(role =>
  words[role].map((phrase, rank) => ({ role, rank, parts: phrase.split(" ") })),
);

/** The expression for all alphabets takes its time to be made. */
const isAscii = /^[\0-\x7f]*$/;

/** A name cut into lower-case words at `_`, `-`, `.`, spaces and camel humps. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(isAscii.test(name) ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter(word => word !== "");
}

/** The role a name speaks of, and how far down its list the telling word stands (0 is best). */
export interface RoleMatch {
  readonly role: NamedRole;
  readonly rank: number;
  /** The name without the telling words: what a file and its sibling have in common. */
  readonly rest: string;
}

/** Finds the role in a name, or null. The last telling word counts: `label_logits` are logits. */
export function roleOf(name: string): RoleMatch | null {
  const own = wordsOf(name);
  let best: (RoleMatch & { end: number; length: number }) | null = null;
  for (const { role, rank, parts } of phrases) {
    const at = lastRun(own, parts);
    if (at < 0) continue;
    const end = at + parts.length;
    if (best && (end < best.end || (end === best.end && parts.length <= best.length))) continue;
    const rest = [...own.slice(0, at), ...own.slice(end)].join(" ");
    best = { role, rank, rest, end, length: parts.length };
  }
  return best && { role: best.role, rank: best.rank, rest: best.rest };
}

/** Where `run` stands last in `list`, −1 if nowhere. */
function lastRun(list: readonly string[], run: readonly string[]): number {
  for (let at = list.length - run.length; at >= 0; at--) {
    if (run.every((word, i) => list[at + i] === word)) return at;
  }
  return -1;
}
