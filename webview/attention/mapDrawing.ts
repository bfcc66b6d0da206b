import type { Pooling } from "../../src/protocol/attention";
import type { Theme } from "../theme";
import type { ColorScale } from "./colorScale";
import { drawLabels, guttersOf, labels, type Gutters } from "./mapLabels";
import { drawMarks, MapPicture } from "./mapPicture";
import { svgOf } from "./mapSvg";
import type { Weights } from "./paint";
import { fit, type Stage, type Viewport } from "./viewport";

/** All that a drawing of a map shows. */
export interface MapScene {
  readonly weights: Weights;
  readonly scale: ColorScale;
  readonly pooling: Pooling;
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  /** What is in sight; null for all of the map, whatever the room for it. */
  readonly zoomed: Viewport | null;
  /** Pixels across. */
  readonly width: number;
  readonly theme: Theme;
  /** The chosen query, and the cell under the cross. */
  readonly query: number;
  readonly cursor: readonly [query: number, key: number] | null;
}

/** Pixels that a map may take downwards. */
const largestStage = 640;
const leastStage = 260;

/** A map with its names at the left and above, on a canvas or as SVG. */
export class MapDrawing {
  private readonly picture = new MapPicture();
  private gutters: Gutters = { left: 0, top: 0 };

  /** The room for the map itself. So high that all of it is in sight under the page's bar. */
  stage({ weights, width }: Pick<MapScene, "weights" | "width">): Stage {
    const { queries, keys } = weights.map;
    const across = Math.max(40, width - this.gutters.left - 4);
    const down = Math.min(largestStage, Math.max(leastStage, 0.56 * window.innerHeight));
    return { queries, keys, width: across, height: Math.min(across, down) };
  }

  /** A point of the canvas as one of the stage. */
  toStage(x: number, y: number): [number, number] {
    return [x - this.gutters.left, y - this.gutters.top];
  }

  draw(canvas: HTMLCanvasElement, scene: MapScene): void {
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const { theme, queries, keys, query, cursor } = scene;
    const gutters = (this.gutters = guttersOf(pen, theme, queries, keys));
    const { stage, view, sight } = this.layOut(scene);
    resize(canvas, scene.width, gutters.top + Math.ceil(sight.height) + 4);
    const ratio = window.devicePixelRatio;
    pen.scale(ratio, ratio);
    this.picture.show(scene.weights, scene.scale, scene.pooling, view, stage, ratio);
    pen.save();
    pen.beginPath();
    pen.rect(gutters.left, gutters.top, stage.width, stage.height);
    pen.clip();
    this.picture.draw(pen, view, gutters.left, gutters.top);
    pen.restore();
    drawLabels(pen, theme, view, stage, gutters, queries, keys);
    drawMarks(pen, view, stage, [gutters.left, gutters.top], theme, { query, cursor });
  }

  /** What was drawn last, as SVG under a title. */
  svg(title: string, scene: MapScene): Uint8Array {
    const { picture, gutters } = this;
    const { left, top } = gutters;
    const { stage, view, sight } = this.layOut(scene);
    const { x, y, side } = picture.placeOn(view);
    const { background, foreground, fontFamily } = scene.theme;
    const rows = labels(view.y, stage.height, view.scale, scene.queries);
    const columns = labels(view.x, stage.width, view.scale, scene.keys);
    return svgOf({
      title,
      width: Math.max(scene.width, 320),
      height: Math.ceil(top + sight.height + 4),
      background,
      foreground,
      fontFamily,
      pixels: picture.pixels,
      columns: picture.canvas.width,
      pixel: { x: left + x, y: top + y, side },
      clip: { x: left, y: top, ...sight },
      texts: [
        ...rows.map(([at, text]) => ({ x: left - 6, y: top + at, text })),
        ...columns.map(([at, text]) => ({ x: left + at, y: top - 6, text, isTurned: true })),
      ],
    });
  }

  /** The stage, and how much of it the map fills. */
  private layOut(scene: MapScene) {
    const stage = this.stage(scene);
    const view = scene.zoomed ?? fit(stage);
    const sight = {
      width: Math.min(stage.width, (stage.keys - view.x) * view.scale),
      height: Math.min(stage.height, (stage.queries - view.y) * view.scale),
    };
    return { stage, view, sight };
  }
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  canvas.width = Math.round(width * window.devicePixelRatio);
  canvas.height = Math.round(height * window.devicePixelRatio);
  canvas.style.setProperty("width", `${width}px`);
  canvas.style.setProperty("height", `${height}px`);
}
