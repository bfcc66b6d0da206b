import type { Theme } from "../theme";

/**
 * The fill of a series. In high contrast, series are told apart by pattern (solid, rising, falling
 * and level lines), in the same colour as everything else; elsewhere by colour.
 */
export function fillOf(theme: Theme, series: number): string | CanvasPattern {
  if (!theme.contrastBorder || series === 0) return theme.series[series % theme.series.length];
  return hatch(theme.foreground, theme.background, series) ?? theme.foreground;
}

/** The fill from what a value is at least to what it is at most: lines in the colour of its series. */
export function openFill(theme: Theme, series: number): string | CanvasPattern {
  const color = theme.contrastBorder
    ? theme.foreground
    : theme.series[series % theme.series.length];
  return hatch(color, theme.background, series % 2 === 1 ? 2 : 1) ?? color; // no series' own lines
}

const tile = 8;

function hatch(color: string, background: string, series: number): CanvasPattern | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = tile;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = background;
  pen.fillRect(0, 0, tile, tile);
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  for (const offset of [-tile, 0, tile]) {
    pen.beginPath();
    if (series === 3) {
      pen.moveTo(0, tile / 2);
      pen.lineTo(tile, tile / 2);
    } else {
      const [from, to] = series === 1 ? [tile, 0] : [0, tile];
      pen.moveTo(offset, from);
      pen.lineTo(offset + tile, to);
    }
    pen.stroke();
  }
  return pen.createPattern(canvas, "repeat");
}
