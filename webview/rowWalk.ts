import type { Scan } from "../src/protocol/dumpInfo";
import { longRequest } from "./longRequest";
import { inOrder, nextMiss, type Order } from "./navigation";
import type { Session } from "./session";

/** Where a walk stands: its order of rows and the place in it. */
interface Walk {
  readonly order: Order;
  readonly scan: Scan;
  readonly rows: Int32Array;
  place: number;
}

/** Goes to rows by what a pass over all of them finds. The last pass is kept. */
export class RowWalk {
  private scan: Scan | undefined;
  private walk: Walk | undefined;
  private running: AbortController | undefined;

  constructor(private readonly session: Session) {}

  /** To be called when the rows are no longer what they were. */
  forget(): void {
    this.running?.abort();
    this.scan = undefined;
    this.walk = undefined;
  }

  /** The arg max is the same at every temperature, so any pass will do. */
  async toNextMiss(): Promise<void> {
    const scan = this.scan ?? (await this.scanAt(this.session.state.temperature));
    if (!scan) return;
    const row = nextMiss(scan, this.session.state.rowIndex);
    if (row === null) this.note("In no row does the arg max miss the label.");
    else await this.session.goTo(row);
  }

  /** The row that comes first in an order; again from there, the second, and so on. */
  async toFirst(order: Order): Promise<void> {
    const { temperature } = this.session.state;
    const scan =
      this.scan && Object.is(this.scan.temperature, temperature)
        ? this.scan
        : await this.scanAt(temperature);
    if (!scan) return;
    const walk = this.walkOver(scan, order);
    if (walk.rows.length === 0) return this.note("No row has a distribution.");
    await this.session.goTo(walk.rows[walk.place]);
    this.note(`${ordinal(walk.place + 1)}${order} of ${walk.rows.length} rows.`);
  }

  private walkOver(scan: Scan, order: Order): Walk {
    const last = this.walk;
    if (last?.scan !== scan || last.order !== order) {
      return (this.walk = { order, scan, rows: inOrder(scan, order), place: 0 });
    }
    const stillThere = last.rows[last.place] === this.session.state.rowIndex;
    last.place = stillThere ? (last.place + 1) % last.rows.length : 0;
    return last;
  }

  private async scanAt(temperature: number): Promise<Scan | undefined> {
    this.running?.abort();
    this.running = new AbortController();
    const params = { temperature };
    const scan = await longRequest(
      this.session,
      "Looking at all rows",
      "scan",
      params,
      this.running,
    );
    if (scan) this.scan = scan;
    return scan;
  }

  private note(text: string): void {
    this.session.tell({ level: "note", text });
  }
}

/** "The ", "The 2nd ", "The 3rd ", … */
function ordinal(n: number): string {
  if (n === 1) return "The ";
  const suffix = ["th", "st", "nd", "rd"];
  const word = suffix[n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th";
  return `The ${n}${word} `;
}
