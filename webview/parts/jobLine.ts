import { html, nothing, type TemplateResult } from "lit";
import type { Job } from "../appState";

/** How far the work in the host has come, and a way to stop it; nothing where there is none. */
export function jobLine(job: Job | null): TemplateResult | typeof nothing {
  if (!job) return nothing;
  return html`
    <div class="line job">
      <label for="progress">${job.what}</label>
      ${
        job.total > 0
          ? html`<progress id="progress" max=${job.total} .value=${job.done}></progress>`
          : html`<progress id="progress"></progress>`
      }
      <vscode-button appearance="secondary" @click=${job.cancel}>Cancel</vscode-button>
    </div>
  `;
}
