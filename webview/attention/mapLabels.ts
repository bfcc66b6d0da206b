import { shorten } from "../format";
import type { Theme } from "../theme";
import { niceStep, type Stage, type Viewport } from "./viewport";

/** Characters of a token that are shown beside the map. */
const longest = 14;

/** Room that texts take beside and above the map, in pixels. */
export interface Gutters {
  readonly left: number;
  readonly top: number;
}

/** Cells smaller than this have numbers at round places in place of tokens. */
const textSide = 11;

/** Room for the widest text that can come up, so that nothing moves while the map is zoomed. */
export function guttersOf(
  pen: CanvasRenderingContext2D,
  theme: Theme,
  queries: readonly string[],
  keys: readonly string[],
): Gutters {
  pen.font = fontOf(theme);
  const widest = (names: readonly string[]) => {
    const texts = [...names.slice(0, 256), String(names.length)].map(name =>
      shorten(name, longest),
    );
    return Math.min(110, Math.max(20, ...texts.map(text => pen.measureText(text).width)));
  };
  return { left: Math.ceil(widest(queries)) + 10, top: Math.ceil(widest(keys)) + 10 };
}

/** Writes the names of the queries beside the map and those of the keys above it. */
export function drawLabels(
  pen: CanvasRenderingContext2D,
  theme: Theme,
  view: Viewport,
  stage: Stage,
  { left, top }: Gutters,
  queries: readonly string[],
  keys: readonly string[],
): void {
  pen.font = fontOf(theme);
  pen.fillStyle = theme.foreground;
  pen.textBaseline = "middle";
  for (const [at, text] of labels(view.y, stage.height, view.scale, queries)) {
    pen.textAlign = "right";
    pen.fillText(text, left - 6, top + at);
  }
  pen.save();
  pen.rotate(-Math.PI / 2);
  pen.textAlign = "left";
  for (const [at, text] of labels(view.x, stage.width, view.scale, keys)) {
    pen.fillText(text, 6 - top, left + at);
  }
  pen.restore();
}

/** Texts and where their cells' middles lie, of the cells in sight. */
export function labels(
  from: number,
  pixels: number,
  scale: number,
  names: readonly string[],
): [number, string][] {
  const step = scale >= textSide ? 1 : niceStep((2 * textSide) / scale);
  const found: [number, string][] = [];
  for (let i = Math.ceil(from / step) * step; i < names.length; i += step) {
    const at = (i + 0.5 - from) * scale;
    if (at > pixels) break;
    found.push([at, step === 1 ? shorten(names[i], longest) : String(i)]);
  }
  return found;
}

function fontOf({ fontFamily }: Theme): string {
  return `11px ${fontFamily}`;
}
