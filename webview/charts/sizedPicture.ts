import { LitElement } from "lit";
import { query, state } from "lit/decorators.js";
import { currentTheme, onThemeChange, type Theme } from "../theme";
import { pngOf } from "./picture";

/** A picture on a canvas that it paints by itself: it knows its width and the theme as they are. */
export abstract class SizedPicture extends LitElement {
  @state() protected width = 0;
  @query("canvas") protected canvas!: HTMLCanvasElement;
  protected theme: Theme = currentTheme();
  private endThemes: (() => void) | undefined;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.endThemes = onThemeChange(theme => {
      this.theme = theme;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    this.endThemes?.();
    super.disconnectedCallback();
  }

  /** What is in sight as PNG, under a title. */
  png(title: string): Promise<Uint8Array> {
    return pngOf(this.canvas, title, this.theme);
  }
}
