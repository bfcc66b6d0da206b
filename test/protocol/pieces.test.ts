import { describe, expect, it } from "vitest";
import { inPieces, joinPieces, pieceBytes } from "../../src/protocol/pieces";

/** Two sides as VS Code joins them: what is posted is copied at once, and arrives later. */
function joined() {
  const received: unknown[] = [];
  const sizes: number[] = [];
  const take = joinPieces(message => received.push(message));
  const post = inPieces(async message => {
    const copy = structuredClone(message);
    sizes.push(bytesIn(copy));
    await new Promise(resolve => setTimeout(resolve));
    take(copy);
  });
  return { post, received, sizes };
}

/** All bytes of the buffers in a message. */
function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + bytesIn(item), 0);
}

const counting = (length: number) => Float32Array.from({ length }, (_, i) => i);

describe("messages in pieces", () => {
  it("arrive as they were, none of what is sent longer than a piece", async () => {
    const { post, received, sizes } = joined();
    const shared = new Float64Array(new SharedArrayBuffer(8 * 400_000)).fill(NaN);
    const message = {
      id: 3,
      result: {
        planes: counting(700_001),
        part: counting(900_000).subarray(5, 600_000),
        small: Int32Array.of(1, 2),
        list: [shared, "text", null],
      },
    };
    await post(message);
    const { result } = message;
    const list = [Float64Array.from(shared), "text", null];
    expect(received).toEqual([{ id: 3, result: { ...result, list } }]);
    expect(sizes.length).toBeGreaterThan(7);
    expect(Math.max(...sizes)).toBe(pieceBytes);
  });

  it.each([
    ["Uint8Array", new Uint8Array(pieceBytes + 1).fill(7)],
    ["Int32Array", new Int32Array(pieceBytes / 2).fill(-7)],
    ["Uint32Array", new Uint32Array(pieceBytes / 2).fill(2 ** 32 - 1)],
    ["Float64Array", new Float64Array(pieceBytes / 4).fill(-Infinity)],
  ])("keep a %s", async (_, array) => {
    const { post, received } = joined();
    await post(array);
    expect(received).toEqual([array]);
  });

  it("are overtaken by messages without large arrays, and don't mix", async () => {
    const { post, received } = joined();
    const [a, b] = [counting(500_000), counting(600_000).reverse()];
    await Promise.all([post({ a }), post({ b }), post("now")]);
    expect(received[0]).toBe("now");
    expect(received.slice(1)).toEqual([{ a }, { b }]);
  });

  it("end with the sender's error", async () => {
    const post = inPieces(() => Promise.reject(new Error("gone")));
    await expect(post({ planes: counting(500_000) })).rejects.toThrow("gone");
  });
});
