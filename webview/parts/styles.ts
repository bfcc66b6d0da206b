import { css } from "lit";

/** What every element here shares: VS Code's fonts, fields, tables and focus ring. */
export const shared = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-width: 0;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  h2,
  h3 {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
  }
  p {
    margin: 0;
  }
  vscode-button[aria-pressed="true"]::part(control) {
    box-shadow: inset 0 -2px 0 currentColor; /* backgrounds say nothing in high contrast */
  }
  .muted {
    color: var(--vscode-descriptionForeground);
  }
  .error {
    color: var(--vscode-errorForeground);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  input[type="text"],
  input[type="number"],
  select {
    height: 26px;
    padding: 2px 6px;
    /* Some light themes give fields no border, and the editor their background. */
    border: 1px solid
      var(
        --vscode-input-border,
        var(--vscode-settings-textInputBorder, var(--vscode-contrastBorder, transparent))
      );
    border-radius: 2px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    font: inherit;
  }
  select {
    max-width: 100%;
    border-color: var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
  input[aria-invalid="true"] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground));
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding: 0 0 6px;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 3px 8px;
    border-bottom: 1px solid
      var(--vscode-contrastBorder, var(--vscode-editorWidget-border, rgba(128, 128, 128, 0.2)));
    font-weight: normal;
    text-align: start;
    vertical-align: top;
  }
  thead th {
    color: var(--vscode-descriptionForeground);
    white-space: nowrap;
  }
  button.link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground, inherit);
    font: inherit;
    text-decoration: underline;
    white-space: nowrap;
    cursor: pointer;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
`;

/** A page with its picture, and the numbers beside it where there is room. */
export const pictureAndNumbers = css`
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr); /* so that a canvas can shrink with the page */
    gap: 16px 32px;
    margin-top: 14px;
  }
  @media (min-width: 820px) {
    .page {
      grid-template-columns: minmax(0, 1fr) minmax(250px, 320px);
    }
  }
`;
