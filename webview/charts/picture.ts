const margin = 16;

/**
 * A canvas as PNG bytes, on its background and under a title: a saved picture has to say what it
 * shows, and a transparent one is unreadable on half of all pages.
 */
export async function pngOf(
  canvas: HTMLCanvasElement,
  title: string,
  style: { background: string; foreground: string; fontFamily: string },
): Promise<Uint8Array> {
  const scale = canvas.width / canvas.clientWidth;
  const pad = margin * scale;
  const titleHeight = 20 * scale;
  const page = document.createElement("canvas");
  page.width = canvas.width + 2 * pad;
  page.height = canvas.height + 2 * pad + titleHeight;
  const pen = page.getContext("2d");
  if (!pen) throw new Error("This window can't draw pictures.");
  pen.fillStyle = style.background;
  pen.fillRect(0, 0, page.width, page.height);
  pen.fillStyle = style.foreground;
  pen.font = `${13 * scale}px ${style.fontFamily}`;
  pen.textBaseline = "top";
  pen.fillText(title, pad, pad, canvas.width);
  pen.drawImage(canvas, pad, pad + titleHeight);
  const blob = await new Promise<Blob | null>(resolve => page.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This window can't write a PNG.");
  return new Uint8Array(await blob.arrayBuffer());
}
