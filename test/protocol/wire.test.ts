import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromWire, toWire } from "../../src/protocol/wire";

/** What VS Code does to a message, but for the typed arrays that it lifts out. */
function throughJson(value: unknown): unknown {
  return fromWire(JSON.parse(JSON.stringify(toWire(value))));
}

describe("numbers that JSON can't carry", () => {
  it("arrive as they were sent, however deep", () => {
    const message = { a: [NaN, { b: Infinity }], c: -Infinity, d: 0.1, e: null, f: "NaN" };
    expect(throughJson(message)).toEqual(message);
  });

  it("arrive within any message", () => {
    const leaf = fc.oneof(fc.double({ noDefaultInfinity: false }), fc.string(), fc.boolean());
    const value = fc.letrec(tie => ({
      node: fc.oneof(
        leaf,
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("node"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).node;
    fc.assert(
      fc.property(value, sent => {
        // JSON has no −0 either, which no message relies on.
        const plain = JSON.stringify(toWire(sent));
        expect(JSON.stringify(toWire(throughJson(sent)))).toBe(plain);
      }),
    );
  });

  it("are left alone in typed arrays", () => {
    const logits = Float64Array.of(1, NaN, -Infinity);
    expect((toWire({ logits }) as { logits: unknown }).logits).toBe(logits);
    expect((fromWire({ logits }) as { logits: unknown }).logits).toBe(logits);
  });
});
