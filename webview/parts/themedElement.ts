import { LitElement } from "lit";
import { currentTheme, onThemeChange, type Theme } from "../theme";

/** An element that paints: it knows the theme as it is, and renders anew when that changes. */
export abstract class ThemedElement extends LitElement {
  protected theme: Theme = currentTheme();
  private endThemes: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.endThemes = onThemeChange(theme => {
      this.theme = theme;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    this.endThemes?.();
    super.disconnectedCallback();
  }
}
