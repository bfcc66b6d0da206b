import { query, state } from "lit/decorators.js";
import { ThemedElement } from "../parts/themedElement";
import { pngOf } from "./picture";

/** A picture on a canvas that it paints by itself: it knows its width and the theme as they are. */
export abstract class SizedPicture extends ThemedElement {
  @state() protected width = 0;
  @query("canvas") protected canvas!: HTMLCanvasElement;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }

  /** What is in sight as PNG, under a title. */
  png(title: string): Promise<Uint8Array> {
    return pngOf(this.canvas, title, this.theme);
  }
}
