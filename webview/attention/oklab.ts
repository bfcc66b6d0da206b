/** A colour in OKLab: lightness from 0 to 1, and two axes that are grey at 0. */
export type Lab = readonly [L: number, a: number, b: number];

/** From lightness, chroma and hue in degrees. */
export function fromLch(L: number, chroma: number, hue: number): Lab {
  const angle = (hue * Math.PI) / 180;
  return [L, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** How far apart two colours look. */
export function distance(p: Lab, q: Lab): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/**
 * Linear sRGB of a colour, outside [0, 1] where screens can't show it (Ottosson, "A perceptual
 * color space for image processing", 2020).
 */
export function toLinearRgb([L, a, b]: Lab): [number, number, number] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Bytes of sRGB, clipped to what screens can show. */
export function toBytes(color: Lab): [number, number, number] {
  return toLinearRgb(color).map(v => {
    const linear = Math.min(1, Math.max(0, v));
    const coded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return Math.round(255 * coded);
  }) as [number, number, number];
}
