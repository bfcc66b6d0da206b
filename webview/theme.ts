import { color } from "chart.js/helpers";

/** Colours and fonts as a canvas needs them: resolved, since it can't read `var()`. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly hover: string;
  readonly hoverText: string;
  readonly hoverBorder: string;
  /** Empty in themes that are not high-contrast. */
  readonly contrastBorder: string;
  /** One colour a series: the present temperature first, then the pinned ones. */
  readonly series: readonly string[];
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Grid lines have to stay behind the numbers that are written across them, in every theme. */
function faded(foreground: string): string {
  return color(foreground).alpha(0.16).rgbString();
}

/** The theme that VS Code has set on the page now. */
export function currentTheme(): Theme {
  const styles = getComputedStyle(document.body);
  const variable = (name: string, fallback = "") =>
    styles.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const foreground = variable("foreground", "#888");
  return {
    background: variable("editor-background", "transparent"),
    foreground,
    muted: variable("descriptionForeground", foreground),
    grid: faded(foreground),
    hover: variable("editorHoverWidget-background", variable("editor-background")),
    hoverText: variable("editorHoverWidget-foreground", foreground),
    hoverBorder: variable("editorHoverWidget-border", foreground),
    contrastBorder: variable("contrastBorder"),
    series: [
      variable("charts-blue", "#3794ff"),
      variable("charts-orange", "#d18616"),
      variable("charts-green", "#89d185"),
      variable("charts-purple", "#b180d7"),
    ],
    fontFamily: variable("font-family", "sans-serif"),
    fontSize: parseFloat(variable("font-size", "13px")),
  };
}

/** Whether the page is dark; High Contrast Light carries both classes of high contrast. */
export function isDark(): boolean {
  const { classList } = document.body;
  return !classList.contains("vscode-light") && !classList.contains("vscode-high-contrast-light");
}

/** Calls back once a frame at most when VS Code changes the theme; returns what ends that. */
export function onThemeChange(changed: (theme: Theme) => void): () => void {
  let frame = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => changed(currentTheme()));
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  // A theme may be edited without its kind changing: then only the variables on <html> do.
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
