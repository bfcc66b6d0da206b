import { html, type TemplateResult } from "lit";
import type { DumpInfo } from "../src/protocol/dumpInfo";
import type { Tab } from "../src/protocol/viewState";
import "./attention/attentionView";
import "./calibration/calibrationView";
import "./distribution/distributionView";
import "./partial/partialView";
import type { Session } from "./session";
import "./values/valuesView";

/** One tab of the page. */
export interface View {
  readonly tab: Tab;
  /** What the file lacks for this view, as a sentence for a tooltip; null where it lacks nothing. */
  needs(info: DumpInfo): string | null;
  render(info: DumpInfo, session: Session): TemplateResult;
}

/** The tabs in their order. A view that a file can't fill stays visible and says what it needs. */
export const views: readonly View[] = [
  {
    tab: "Distribution",
    needs: () => null,
    render: ({ reading, partial }, session) => {
      if (reading.kind === "values") return html`<values-view .session=${session}></values-view>`;
      if (partial) return html`<partial-view .session=${session}></partial-view>`;
      return html`<distribution-view .session=${session}></distribution-view>`;
    },
  },
  {
    tab: "Calibration",
    needs: ({ reading, partial }) => {
      if (partial)
        return "Needs whole rows: an answer lists a token's likeliest alternatives only.";
      return reading.kind === "values"
        ? "Needs logits or probabilities: this array is read as plain values."
        : null;
    },
    render: (_, session) => html`<calibration-view .session=${session}></calibration-view>`,
  },
  {
    tab: "Attention",
    needs: ({ attention }) =>
      attention.length === 0
        ? "Needs attention maps: an array with attention in its name, or one of square maps."
        : null,
    render: (_, session) => html`<attention-view .session=${session}></attention-view>`,
  },
];
