import { css, unsafeCSS } from "lit";

const trackRule = `
  height: 4px;
  border-radius: 2px;
  background: var(--vscode-scrollbarSlider-background, rgba(128, 128, 128, 0.4));
  border: 1px solid var(--vscode-contrastBorder, transparent);
`;

const thumbRule = `
  appearance: none;
  width: 16px;
  height: 16px;
  border: 2px solid var(--vscode-editor-background);
  border-radius: 50%;
  background: var(--vscode-button-background, var(--vscode-foreground));
  box-shadow: 0 0 0 1px var(--vscode-contrastBorder, transparent);
`;

/** A range input in VS Code's colours, with numbers under it. The two engines' rules can't be joined. */
export const slider = css`
  input[type="range"] {
    appearance: none;
    display: block;
    width: 100%;
    height: 20px;
    margin: 0;
    background: transparent;
    cursor: pointer;
  }
  input[type="range"]:focus-visible {
    outline-offset: 1px;
    border-radius: 2px;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    ${unsafeCSS(trackRule)}
  }
  input[type="range"]::-moz-range-track {
    ${unsafeCSS(trackRule)}
  }
  input[type="range"]::-webkit-slider-thumb {
    ${unsafeCSS(thumbRule)}
    margin-top: -7px;
  }
  input[type="range"]::-moz-range-thumb {
    ${unsafeCSS(thumbRule)}
  }
  .scale {
    position: relative;
    height: 1.2em;
    margin: 0 8px;
    color: var(--vscode-descriptionForeground);
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
  }
  .scale span {
    position: absolute;
    transform: translateX(-50%);
  }
  /* Where 0.05, 0.2, 1, 5 and 20 lie between the ends of the logarithmic scale. */
  .scale span:nth-child(1) {
    left: 0;
  }
  .scale span:nth-child(2) {
    left: 23.1%;
  }
  .scale span:nth-child(3) {
    left: 50%;
  }
  .scale span:nth-child(4) {
    left: 76.9%;
  }
  .scale span:nth-child(5) {
    left: 100%;
  }
`;
