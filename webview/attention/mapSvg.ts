/** A picture as data: pixels of one colour each, and texts. */
export interface SvgPicture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly foreground: string;
  readonly fontFamily: string;
  /** As 32 bits each (little-endian RGBA), row-major; those that are clear are left out. */
  readonly pixels: Uint32Array;
  readonly columns: number;
  /** Where the first pixel lies, and its side. */
  readonly pixel: { readonly x: number; readonly y: number; readonly side: number };
  /** What is in sight of the pixels. */
  readonly clip: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly texts: readonly SvgText[];
}

/** A text that ends at a point, or, turned, begins there and reads upwards. */
export interface SvgText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly isTurned?: boolean;
}

/** Room above the picture for its title. */
const titleHeight = 24;

/** A picture as SVG: a path for each colour, with neighbours in a row drawn as one. */
export function svgOf(picture: SvgPicture): Uint8Array {
  const { width, height, pixel, clip } = picture;
  const full = height + titleHeight;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${full}" viewBox="0 ${-titleHeight} ${width} ${full}">`,
    `<title>${escaped(picture.title)}</title>`,
    `<rect y="${-titleHeight}" width="${width}" height="${full}" fill="${escaped(picture.background)}"/>`,
    `<g fill="${escaped(picture.foreground)}" font-family="${escaped(picture.fontFamily)}" font-size="11">`,
    `<text x="4" y="-8" font-size="13">${escaped(picture.title)}</text>`,
    ...picture.texts.map(textOf),
    "</g>",
    `<clipPath id="map"><rect x="${clip.x}" y="${clip.y}" width="${clip.width}" height="${clip.height}"/></clipPath>`,
    `<g clip-path="url(#map)" shape-rendering="crispEdges">`,
    `<g transform="translate(${pixel.x} ${pixel.y}) scale(${pixel.side})">`,
    ...pathsOf(picture.pixels, picture.columns),
    "</g>",
    "</g>",
    "</svg>",
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

function pathsOf(pixels: Uint32Array, columns: number): string[] {
  const paths = new Map<number, string[]>();
  for (let start = 0; start < pixels.length;) {
    const color = pixels[start];
    const row = Math.floor(start / columns);
    let end = start + 1;
    while (end < (row + 1) * columns && pixels[end] === color) end++;
    if (color >>> 24 > 0) {
      const run = `M${start - row * columns} ${row}h${end - start}v1h${start - end}z`;
      if (!paths.has(color)) paths.set(color, []);
      paths.get(color)!.push(run);
    }
    start = end;
  }
  return [...paths].map(([color, runs]) => `<path fill="${hex(color)}" d="${runs.join("")}"/>`);
}

function hex(color: number): string {
  const bytes = [color & 255, (color >> 8) & 255, (color >> 16) & 255];
  return `#${bytes.map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
}

function textOf({ x, y, text, isTurned }: SvgText): string {
  const place = isTurned
    ? `transform="translate(${x} ${y}) rotate(-90)"`
    : `x="${x}" y="${y}" text-anchor="end"`;
  return `<text ${place} dominant-baseline="central">${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\t\n\r -\uFFFD]/g, "\uFFFD"); // XML has no other control characters
}
