import type {
  AttentionChoice,
  AttentionOverrides,
  AttentionPlace,
} from "../../src/protocol/attention";
import type { DumpInfo } from "../../src/protocol/dumpInfo";
import { longRequest } from "../longRequest";
import type { Session } from "../session";
import { emptyAttention, hasOverview, type AttentionDesk, type Shown } from "./attentionDesk";

/** A temperature that stays for so long is worth a pass over all heads. */
const quietMs = 120;

/** A pass that takes no longer follows a drag. */
const quickMs = 60;

/**
 * Keeps the Attention tab in step with the dump and the slider: asks what the maps are, for the map
 * that is chosen, and for a pass over all heads. Rests while the tab isn't shown.
 */
export class AttentionWork {
  private info: DumpInfo | null = null;
  private loading = new AbortController();
  private comparing = new AbortController();
  private measuring = new AbortController();
  private preparing: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private temperature = NaN;
  /** Whether the last pass over all heads was quick enough to follow a drag. */
  private isQuick = false;

  constructor(private readonly session: Session) {
    session.store.subscribe(() => this.follow());
  }

  /** Shows another set of maps of the dump. */
  chooseSet(setId: string): void {
    const { naming, scale, pooling } = this.desk;
    this.open({ ...emptyAttention, setId, naming, scale, pooling });
  }

  /** Reads the maps another way: the given fields are chosen, all others stay as they are. */
  chooseReading(change: AttentionOverrides): void {
    this.open({ ...this.desk, overrides: { ...this.desk.overrides, ...change } });
  }

  /** Reads the maps as guessed. */
  backToGuess(): void {
    this.open({ ...this.desk, overrides: {} });
  }

  /** Shows another head. */
  goTo(change: Partial<AttentionPlace>): void {
    const { place, otherPlace } = this.desk;
    const next = { ...place, ...change };
    const isOtherBatch = next.batch !== place.batch;
    const others = isOtherBatch ? { otherPlace: null, other: null, heads: null, curves: null } : {};
    this.choose({ place: next, ...others });
    void this.loadHead();
    if (!isOtherBatch) return;
    this.stopPreparing();
    if (otherPlace) this.comparing.abort();
    this.measureSoon(0);
  }

  /** Shows a second head beside the first, or none (null). */
  compareWith(otherPlace: AttentionPlace | null): void {
    this.choose({ otherPlace, other: null });
    void this.loadOther();
  }

  show(change: Partial<Pick<AttentionChoice, "query" | "naming" | "scale" | "pooling">>): void {
    this.choose(change);
  }

  /** Copies a program that computes a map at the slider's temperature. */
  async copy(place: AttentionPlace): Promise<void> {
    const params = this.params();
    if (!params) return;
    const { temperature } = this.session.state;
    const copied = await this.session.ask("copyAttention", { ...params, place, temperature });
    if (copied !== undefined) this.session.announce("Program copied.");
  }

  private get desk(): AttentionDesk {
    return this.session.state.attention;
  }

  /** Which maps, read how; null until that is known. */
  private params() {
    const { set, reading } = this.desk;
    return set && reading && { set: set.id, reading: reading.reading };
  }

  /** Catches up with the page; called at every change of it, so it does nothing where it can. */
  private follow(): void {
    const { tab, info, temperature } = this.session.state;
    if (tab !== "Attention" || !info || info.attention.length === 0) return;
    if (info !== this.info) {
      this.info = info;
      this.open(this.desk);
    } else if (!Object.is(temperature, this.temperature)) this.measureSoon(quietMs);
  }

  /** Starts over with a set or a reading; what is shown stays until its successor is there. */
  private open(desk: AttentionDesk): void {
    const all = this.info?.attention ?? [];
    const known = all.find(one => one.id === desk.setId);
    const set = known ?? all[0] ?? null;
    const isLost = desk.setId !== null && !known;
    const fresh = { heads: null, curves: null, keys: null, set };
    this.choose({ ...(isLost ? emptyAttention : desk), ...fresh });
    void this.read();
  }

  private async read(): Promise<void> {
    const { set, overrides } = this.desk;
    this.measuring.abort();
    this.stopPreparing();
    this.isQuick = false;
    if (!set) return;
    const { signal } = (this.loading = renewed(this.loading));
    const reading = await this.session.ask("attention", { set: set.id, overrides }, signal);
    if (!reading || signal.aborted) return;
    const within = ({ batch, layer, head }: AttentionPlace) => ({
      batch: Math.min(batch, set.sizes.batch - 1),
      layer: Math.min(layer, set.sizes.layer - 1),
      head: Math.min(head, set.sizes.head - 1),
    });
    const { place, otherPlace } = this.desk;
    this.choose({ reading, place: within(place), otherPlace: otherPlace && within(otherPlace) });
    await Promise.all([this.loadHead(), this.loadOther()]);
    this.measureSoon(0);
  }

  private async loadHead(): Promise<void> {
    const params = this.params();
    if (!params) return;
    const { signal } = (this.loading = renewed(this.loading));
    const { place } = this.desk;
    const shown = await this.fetch(place, signal);
    if (!shown) return;
    const query = Math.min(this.desk.query, shown.head.map.queries - 1);
    this.choose({ shown, query, keys: null });
    const keys = await this.session.ask("attentionKeys", { ...params, place }, signal);
    if (keys && !signal.aborted) this.patch({ keys });
  }

  private async loadOther(): Promise<void> {
    const { signal } = (this.comparing = renewed(this.comparing));
    const { otherPlace } = this.desk;
    const other = otherPlace && (await this.fetch(otherPlace, signal));
    if (other) this.patch({ other });
  }

  /** A map; undefined if that comes to nothing. */
  private async fetch(place: AttentionPlace, signal: AbortSignal): Promise<Shown | undefined> {
    const params = this.params();
    if (!params) return undefined;
    const head = await this.session.ask("attentionHead", { ...params, place }, signal);
    return head && !signal.aborted ? { place, head } : undefined;
  }

  /** Asks for all heads at the slider's temperature, once it has rested; where that is quick, at once. */
  private measureSoon(delay: number): void {
    this.temperature = this.session.state.temperature;
    if (this.isQuick && this.timer !== undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.measure();
      },
      this.isQuick ? 0 : delay,
    );
  }

  private async measure(): Promise<void> {
    const params = this.params();
    if (!params || !hasOverview(this.desk.set!)) return;
    const controller = (this.measuring = renewed(this.measuring));
    const { temperature } = this.session.state;
    const start = performance.now();
    const { batch } = this.desk.place;
    const what = "Measuring all heads";
    const wanted = { ...params, batch, temperature };
    const heads = await longRequest(this.session, what, "attentionHeads", wanted, controller);
    if (!heads || controller.signal.aborted) return;
    this.isQuick = performance.now() - start < quickMs;
    this.patch({ heads });
    if (!this.desk.curves && !this.preparing) await this.prepareSlider();
  }

  /** Once a reading: from then on the heads' numbers follow a drag. */
  private async prepareSlider(): Promise<void> {
    const params = this.params();
    if (!params) return;
    const controller = (this.preparing = new AbortController());
    const { batch } = this.desk.place;
    const what = "Preparing the slider";
    const wanted = { ...params, batch };
    const curves = await longRequest(this.session, what, "attentionCurves", wanted, controller);
    if (this.preparing !== controller) return;
    this.preparing = null;
    if (curves) this.patch({ curves });
  }

  private stopPreparing(): void {
    this.preparing?.abort();
    this.preparing = null;
  }

  /** Changes what is remembered. */
  private choose(change: Partial<AttentionDesk>): void {
    this.patch(change);
    this.session.remember();
  }

  private patch(change: Partial<AttentionDesk>): void {
    this.session.store.patch({ attention: { ...this.desk, ...change } });
  }
}

/** Ends what was asked for before, for something else. */
function renewed(last: AbortController): AbortController {
  last.abort();
  return new AbortController();
}
