import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { AppState } from "../appState";
import type { Session } from "../session";

/** An element that paints itself anew whenever the state is replaced. */
export abstract class SessionElement extends LitElement {
  @property({ attribute: false }) session!: Session;
  private unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.session.store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.unsubscribe?.();
    super.disconnectedCallback();
  }

  protected get app(): AppState {
    return this.session.state;
  }
}
