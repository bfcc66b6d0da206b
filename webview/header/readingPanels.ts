import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { DType, Kind } from "../../src/core";
import type { Scores, Slicing } from "../../src/dump/reading";
import type { DumpInfo, SourceInfo } from "../../src/protocol/dumpInfo";
import { count, shapeText, sourceText } from "../format";
import type { Session } from "../session";
import { ownArrays, type Badge } from "./badges";
import { withAxisAt, withClassAxis } from "./slicingChange";

const kinds: readonly Kind[] = ["logits", "log-probabilities", "probabilities", "values"];

/** What raw two-byte elements may be. */
const twoByteTypes: readonly DType[] = ["bfloat16", "float16", "int16", "uint16"];

type Role = "labels" | "classNames" | "tokens";

/** The fields of one badge's panel. */
export function panelOf(name: Badge["name"], info: DumpInfo, session: Session): TemplateResult {
  switch (name) {
    case "member":
      return memberPanel(info, session);
    case "shape":
      return slicingPanel(info, session);
    case "dtype":
      return typePanel(info, session);
    case "kind":
      return kindPanel(info, session);
    case "partial":
      return html`<p>
        Each row is a token of an answer, with the likeliest tokens in its place. What the rest of
        the vocabulary shares is known at T = 1 as a whole only: at other temperatures every
        probability is a bound.
      </p>`;
    default:
      return rolePanel(name, info, session);
  }
}

interface Option {
  readonly value: string;
  readonly text: string;
  readonly disabled?: boolean;
}

/** `live`: a choice that the host refuses goes back to what holds. */
function choice(
  label: string,
  options: readonly Option[],
  chosen: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<label>
    ${label}
    <select @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
      ${options.map(
        ({ value, text, disabled }) =>
          html`<option value=${value} ?disabled=${disabled} .selected=${live(value === chosen)}>
            ${text}
          </option>`,
      )}
    </select>
  </label>`;
}

function memberPanel(info: DumpInfo, session: Session): TemplateResult {
  const options = ownArrays(info).map(source => ({
    value: source.id,
    text: `${sourceText(source, info)} · ${source.refusal ?? factsOf(source)}`,
    disabled: source.refusal !== null,
  }));
  return choice("Array", options, info.reading.logits, logits => {
    void session.chooseMember(logits);
  });
}

function slicingPanel(info: DumpInfo, session: Session): TemplateResult {
  const { shape } = info;
  const { slicing } = info.reading;
  if (info.partial) return html`<p>A row a token, with a column for each token it lists.</p>`;
  if (shape.length < 2) {
    return html`<p>
      ${shape.length === 0 ? "A single number." : "One axis: one row of classes."}
    </p>`;
  }
  const axisText = (axis: number) => `Axis ${axis} (size ${count(shape[axis])})`;
  const axes = shape.map((_, axis) => ({ value: String(axis), text: axisText(axis) }));
  const change = (next: Slicing) => void session.choose({ slicing: next });
  return html`
    ${choice("Class axis", axes, String(slicing.classAxis), axis =>
      change(withClassAxis(slicing, Number(axis))),
    )}
    ${shape.map((size, axis) =>
      axis === slicing.classAxis
        ? nothing
        : html`<label>
            ${axisText(axis)}
            <input
              type="number"
              min="0"
              max=${size - 1}
              placeholder="all"
              .value=${live(String(slicing.at[axis] ?? ""))}
              @change=${(event: Event) =>
                change(withAxisAt(slicing, axis, size, (event.target as HTMLInputElement).value))}
            />
          </label>`,
    )}
    <p class="muted">An index holds an axis still; empty lets the rows run over all of it.</p>
  `;
}

function typePanel(info: DumpInfo, session: Session): TemplateResult {
  if (info.reading.voidAs === null) {
    return html`<p>The file says ${info.dtype}. There is nothing to choose.</p>`;
  }
  const options = twoByteTypes.map(type => ({ value: type, text: type }));
  return html`
    <p>The file says only that an element has two bytes.</p>
    ${choice("Read them as", options, info.dtype, type => {
      void session.choose({ voidAs: type as DType });
    })}
  `;
}

function kindPanel(info: DumpInfo, session: Session): TemplateResult {
  const { kind, scores } = info.reading;
  const possible = info.partial ? ([kind, "values"] as const) : kinds;
  const options = possible.map(value => ({ value, text: value }));
  return html`
    <p class="muted">${info.kindReason}</p>
    ${choice("Kind", options, kind, value => void session.choose({ kind: value as Kind }))}
    ${
      kind === "values" || info.partial
        ? nothing
        : choice(
            "Scores",
            [
              { value: "softmax", text: "softmax over the classes" },
              { value: "sigmoid", text: "sigmoid: one score a row, for or against" },
            ],
            scores,
            value => void session.choose({ scores: value as Scores }),
          )
    }
  `;
}

function rolePanel(role: Role, info: DumpInfo, session: Session): TemplateResult {
  const fits = (source: SourceInfo) => role !== "labels" || source.what === "array";
  const sources = info.sources.filter(s => fits(s) && s.id !== info.reading.logits && !s.refusal);
  const options = [
    { value: "", text: "None" },
    ...sources.map(source => ({
      value: source.id,
      text: `${sourceText(source, info)} · ${factsOf(source)}`,
    })),
  ];
  return html`
    ${choice("From", options, info.reading[role] ?? "", id => {
      void session.choose({ [role]: id === "" ? null : id });
    })}
    <vscode-button appearance="secondary" @click=${() => session.pickSource(role)}
      >Choose a file…</vscode-button
    >
  `;
}

function factsOf({ what, dtype, shape }: SourceInfo): string {
  const size = shapeText(shape);
  return what === "names" ? `${size} names` : `${size} ${dtype ?? ""}`;
}
