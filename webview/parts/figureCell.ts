import { html, type TemplateResult } from "lit";
import { figure } from "../format";

/** A numeric cell: six digits for reading, all of them in `data-value` for whoever needs them. */
export function figureCell(value: number, text = figure(value)): TemplateResult {
  return html`<td class="number" data-value=${String(value)}>${text}</td>`;
}

/** A number that is exact only as text, as 64-bit integers can be. */
export function textCell(text: string): TemplateResult {
  return html`<td class="number" data-value=${text}>${text}</td>`;
}
