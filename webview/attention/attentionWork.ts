import type { AttentionOverrides, AttentionPlace } from "../../src/protocol/attention";
import type { DumpInfo } from "../../src/protocol/dumpInfo";
import { longRequest } from "../longRequest";
import type { Session } from "../session";
import { emptyAttention, type AttentionDesk } from "./attentionDesk";

/** A temperature that stays for so long is worth a pass over all heads. */
const quietMs = 120;

/**
 * Keeps the Attention tab in step with the dump and the slider: asks what the maps are, for the map
 * that is chosen, and for a pass over all heads. Rests while the tab isn't shown.
 */
export class AttentionWork {
  private info: DumpInfo | null = null;
  private loading = new AbortController();
  private measuring = new AbortController();
  private preparing: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private temperature = NaN;

  constructor(private readonly session: Session) {
    session.store.subscribe(() => this.follow());
  }

  /** Shows another set of maps of the dump. */
  chooseSet(id: string): void {
    const set = this.info?.attention.find(one => one.id === id);
    if (set) this.open({ ...emptyAttention, set, scale: this.desk.scale });
  }

  /** Reads the maps another way: the given fields are chosen, all others stay as they are. */
  chooseReading(change: AttentionOverrides): void {
    this.open({ ...this.desk, overrides: { ...this.desk.overrides, ...change } });
  }

  /** Shows another head. */
  goTo(change: Partial<AttentionPlace>): void {
    const { place, set } = this.desk;
    const next = { ...place, ...change };
    this.patch({ place: next });
    void this.loadHead();
    if (next.batch !== place.batch && set) {
      this.stopPreparing();
      this.patch({ heads: null, curves: null });
      this.measureSoon(0);
    }
  }

  show(change: Partial<Pick<AttentionDesk, "query" | "scale" | "pooling">>): void {
    this.patch(change);
  }

  /** Copies a program that computes a map at the slider's temperature. */
  async copy(place: AttentionPlace): Promise<void> {
    const { set, reading } = this.desk;
    if (!set || !reading) return;
    const { temperature } = this.session.state;
    const params = { set: set.id, reading: reading.reading, place, temperature };
    const copied = await this.session.ask("copyAttention", params);
    if (copied !== undefined) this.session.announce("Program copied.");
  }

  private get desk(): AttentionDesk {
    return this.session.state.attention;
  }

  /** Catches up with the page; called at every change of it, so it does nothing where it can. */
  private follow(): void {
    const { tab, info, temperature } = this.session.state;
    if (tab !== "Attention" || !info || info.attention.length === 0) return;
    if (info !== this.info) {
      this.info = info;
      const { set, ...kept } = this.desk;
      const same = info.attention.find(one => one.id === set?.id);
      this.open(same ? { ...kept, set: same } : { ...emptyAttention, set: info.attention[0] });
    } else if (!Object.is(temperature, this.temperature)) this.measureSoon(quietMs);
  }

  /** Starts over with a set or a reading; what is shown stays until its successor is there. */
  private open(desk: AttentionDesk): void {
    this.patch({ ...desk, heads: null, curves: null, keys: null });
    void this.read();
  }

  private async read(): Promise<void> {
    const { set, overrides, place } = this.desk;
    this.loading.abort();
    this.measuring.abort();
    this.stopPreparing();
    this.loading = new AbortController();
    if (!set) return;
    const { signal } = this.loading;
    const reading = await this.session.ask("attention", { set: set.id, overrides }, signal);
    if (!reading || signal.aborted) return;
    const within = (size: number, index: number) => Math.min(index, size - 1);
    this.patch({
      reading,
      place: {
        batch: within(set.sizes.batch, place.batch),
        layer: within(set.sizes.layer, place.layer),
        head: within(set.sizes.head, place.head),
      },
    });
    await this.loadHead();
    this.measureSoon(0);
  }

  private async loadHead(): Promise<void> {
    const { set, reading, place } = this.desk;
    if (!set || !reading) return;
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    const params = { set: set.id, reading: reading.reading, place };
    const head = await this.session.ask("attentionHead", params, signal);
    if (!head || signal.aborted) return;
    const query = Math.min(this.desk.query, head.map.queries - 1);
    this.patch({ shown: { place, head }, query, keys: null });
    const keys = await this.session.ask("attentionKeys", params, signal);
    if (keys && !signal.aborted) this.patch({ keys });
  }

  /** Asks for all heads at the slider's temperature, once it has rested. */
  private measureSoon(delay: number): void {
    this.temperature = this.session.state.temperature;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.measure(), delay);
  }

  private async measure(): Promise<void> {
    const { set, reading, place } = this.desk;
    if (!set || !reading) return;
    this.measuring.abort();
    const controller = (this.measuring = new AbortController());
    const { temperature } = this.session.state;
    const params = { set: set.id, reading: reading.reading, batch: place.batch, temperature };
    const what = "Measuring all heads";
    const heads = await longRequest(this.session, what, "attentionHeads", params, controller);
    if (!heads || controller.signal.aborted) return;
    this.patch({ heads });
    if (!this.desk.curves) await this.prepareSlider();
  }

  /** Once a reading: from then on the heads' numbers follow a drag. */
  private async prepareSlider(): Promise<void> {
    const { set, reading, place } = this.desk;
    if (!set || !reading || this.preparing) return;
    const controller = (this.preparing = new AbortController());
    const params = { set: set.id, reading: reading.reading, batch: place.batch };
    const what = "Preparing the slider";
    const curves = await longRequest(this.session, what, "attentionCurves", params, controller);
    if (this.preparing !== controller) return;
    this.preparing = null;
    if (curves) this.patch({ curves });
  }

  private stopPreparing(): void {
    this.preparing?.abort();
    this.preparing = null;
  }

  private patch(change: Partial<AttentionDesk>): void {
    this.session.store.patch({ attention: { ...this.desk, ...change } });
  }
}
