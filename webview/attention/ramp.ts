import { distance, fromLch, toLinearRgb, type Lab } from "./oklab";

/** Points at which the path of colours is measured. */
const points = 512;

/**
 * The path of colours: lightness rises (or, on a light page, falls) throughout, so that the order
 * is seen without any colour; the hue goes from blue by way of red to yellow, and on a light page
 * from yellow to blue, away from the pair of red and green.
 */
function pathAt(t: number, onDark: boolean): Lab {
  const L = onDark ? 0.24 + 0.7 * t : 0.95 - 0.7 * t;
  const hue = onDark ? 280 + 170 * t : 95 - 180 * t;
  const chroma = 0.05 + 0.13 * Math.sin(Math.PI * Math.min(1, 0.15 + 0.8 * t));
  return shown(L, chroma, hue);
}

/** Less chroma where screens can't show so much. */
function shown(L: number, chroma: number, hue: number): Lab {
  const isShown = (c: number) => toLinearRgb(fromLch(L, c, hue)).every(v => v >= 0 && v <= 1);
  if (isShown(chroma)) return fromLch(L, chroma, hue);
  let [low, high] = [0, chroma];
  for (let halving = 0; halving < 20; halving++) {
    const middle = (low + high) / 2;
    if (isShown(middle)) low = middle;
    else high = middle;
  }
  return fromLch(L, low, hue);
}

/**
 * Colours from no weight to all of it, in steps that look alike: the path is walked by its length
 * in OKLab.
 * @param onDark whether the page is dark, so that more weight is more light
 */
export function ramp(count: number, onDark: boolean): Lab[] {
  const path = Array.from({ length: points }, (_, i) => pathAt(i / (points - 1), onDark));
  const lengths = [0];
  for (let i = 1; i < points; i++) lengths.push(lengths[i - 1] + distance(path[i - 1], path[i]));
  let at = 1;
  return Array.from({ length: count }, (_, i) => {
    const length = (i / (count - 1)) * lengths[points - 1];
    while (at < points - 1 && lengths[at] < length) at++;
    const part = (length - lengths[at - 1]) / (lengths[at] - lengths[at - 1]);
    return path[at].map((v, c) => path[at - 1][c] + part * (v - path[at - 1][c])) as unknown as Lab;
  });
}
