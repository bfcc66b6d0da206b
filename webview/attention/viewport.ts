/** What of a map is in sight: the cell at the top left corner, and pixels to a cell. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A map in cells, and the room for it in pixels of the screen. */
export interface Stage {
  readonly keys: number;
  readonly queries: number;
  readonly width: number;
  readonly height: number;
}

/** Cells larger than this only waste room. */
const largestCell = 48;

/** All of a map in sight, its cells square. */
export function fit({ keys, queries, width, height }: Stage): Viewport {
  return { x: 0, y: 0, scale: Math.min(largestCell, width / keys, height / queries) };
}

/** Zooms by a factor about a point of the stage; no smaller than all of the map in sight. */
export function zoom(
  view: Viewport,
  stage: Stage,
  factor: number,
  px: number,
  py: number,
): Viewport {
  const least = fit(stage).scale;
  const scale = Math.min(Math.max(least, largestCell), Math.max(least, view.scale * factor));
  return inside(
    { x: view.x + px / view.scale - px / scale, y: view.y + py / view.scale - py / scale, scale },
    stage,
  );
}

/** Moves what is in sight by pixels. */
export function pan(view: Viewport, stage: Stage, dx: number, dy: number): Viewport {
  return inside({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale }, stage);
}

/** Moves what is in sight as little as brings a cell into it. */
export function reveal(view: Viewport, stage: Stage, query: number, key: number): Viewport {
  const [across, down] = [stage.width / view.scale, stage.height / view.scale];
  return inside(
    {
      ...view,
      x: Math.min(Math.max(view.x, key + 1 - across), key),
      y: Math.min(Math.max(view.y, query + 1 - down), query),
    },
    stage,
  );
}

/** No empty room beside the map where there is map to fill it. */
function inside(view: Viewport, { keys, queries, width, height }: Stage): Viewport {
  const { scale } = view;
  return {
    x: Math.min(Math.max(0, view.x), Math.max(0, keys - width / scale)),
    y: Math.min(Math.max(0, view.y), Math.max(0, queries - height / scale)),
    scale,
  };
}

/**
 * Cells on the side of a block so that no block is smaller than a pixel: a power of two.
 * @param ratio pixels of the device to one of the page
 */
export function blockSize(scale: number, ratio: number): number {
  let block = 1;
  while (block * scale * ratio < 1) block *= 2;
  return block;
}

/** 1, 2, 5, 10, 20 … : the first that is no less than a number. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map(n => n * power).find(step => step >= least) ?? 10 * power;
}
