import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { count } from "../format";
import { withAxisAt } from "../header/slicingChange";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";

/** For an array of more than two axes: the index that each further axis is held at. */
@customElement("axis-slicer")
export class AxisSlicer extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-bottom: 10px;
      }
      input {
        width: 70px;
      }
      .line {
        gap: 6px 14px;
      }
    `,
  ];

  protected override render() {
    const { info } = this.app;
    if (!info || info.shape.length < 3 || info.reading.slicing.classAxis < 0) return nothing;
    const { shape } = info;
    const { slicing } = info.reading;
    const change = (axis: number, text: string) =>
      void this.session.choose({ slicing: withAxisAt(slicing, axis, shape[axis], text) });
    return html`
      <div class="line" role="group" aria-label="Slice">
        ${slicing.at.map((held, axis) =>
          axis === slicing.classAxis
            ? nothing
            : html`<label class="line">
                Axis ${axis}
                <input
                  type="number"
                  min="0"
                  max=${shape[axis] - 1}
                  placeholder="all"
                  title="An index holds this axis still; empty lets the rows run over all of it"
                  .value=${live(String(held ?? ""))}
                  @change=${(event: Event) => change(axis, (event.target as HTMLInputElement).value)}
                />
                <span class="muted">of ${count(shape[axis])}</span>
              </label>`,
        )}
      </div>
    `;
  }
}
