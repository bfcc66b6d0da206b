import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binaryRow,
  guessKind,
  logSoftmax,
  rowKind,
  RowNumbers,
  rowState,
  softmax,
  toLogits,
} from "../../src/core";
import { expectClose, expectRowClose, logits, tiedAndMasked } from "./support";

describe("the state of a row", () => {
  it.each([
    [[1, 2], "usable"],
    [[-Infinity, 2], "usable"],
    [[Infinity, NaN], "hasNaN"],
    [[NaN, Infinity], "hasNaN"],
    [[-Infinity, Infinity], "hasPosInf"],
    [[-Infinity, -Infinity], "allMasked"],
    [[], "empty"],
  ])("of %s is %s", (row, state) => {
    expect(rowState(row)).toBe(state);
  });

  it("is that of a part of a block", () => {
    const block = [NaN, 1, 2, Infinity];
    expect(rowState(block, 1, 3)).toBe("usable");
    expect(rowState(block, 2)).toBe("hasPosInf");
    expect(rowState(block, 1, 1)).toBe("empty");
  });
});

describe("the kind of a row", () => {
  it.each([
    [[0.2, 0.8], "probabilities"],
    [[1], "probabilities"],
    [[1, 0, 0], "probabilities"],
    [[0.2, 0.79985], "logits"], // 1.5e-4 short of 1
    [[0.2, 0.79995], "probabilities"],
    [[1.00005, 0], "probabilities"], // clipped ones in real files go past 1 by 1e-5
    [[1.0002, 0], "logits"],
    [[1, -0.00005], "logits"],
    [[Math.log(0.2), Math.log(0.8)], "log-probabilities"],
    [[0, -Infinity], "log-probabilities"],
    [[0, -9999], "log-probabilities"],
    [[0.00005, -Infinity], "logits"],
    [[-1, -2], "logits"],
    [[-1000, -2000], "logits"],
    [[2, 1, 0.5, 0.1], "logits"],
    [[0, 0], "logits"],
    [[NaN, 1], undefined],
    [[Infinity, 1], undefined],
    [[-Infinity, -Infinity], undefined],
    [[], undefined],
  ])("%s is %s", (row, kind) => {
    expect(rowKind(row, 1e-4)).toBe(kind);
  });

  it("is the same by the piece", () => {
    const rows = fc.oneof(
      logits,
      logits.map(z => softmax(z, 1)),
      logits.map(z => logSoftmax(z, 1)),
    );
    const property = fc.property(rows, fc.nat(), (row, at) => {
      const numbers = new RowNumbers();
      const cut = at % (row.length + 1);
      for (const piece of [row.slice(0, cut), row.slice(cut)]) numbers.add(piece);
      expect(numbers.kind(1e-4)).toBe(rowKind(row, 1e-4));
    });
    fc.assert(property);
  });

  it("is seen in every softmax, at any shift of its logits", () => {
    fc.assert(
      fc.property(fc.oneof(logits, tiedAndMasked), z => {
        expect(rowKind(softmax(z, 1), 1e-4)).toBe("probabilities");
        const logP = logSoftmax(z, 1);
        expect(rowKind(logP, 1e-4)).toBe("log-probabilities");
        const shifted = logP.map(v => v - 1);
        expect(rowKind(shifted, 1e-4)).toBe("logits");
      }),
    );
  });
});

describe("the kind of an array", () => {
  it("needs all rows to agree", () => {
    expect(
      guessKind(
        [
          [0.5, 0.5],
          [0.1, 0.9],
        ],
        "float32",
      ),
    ).toBe("probabilities");
    expect(
      guessKind(
        [
          [0.5, 0.5],
          [0.1, 0.8],
        ],
        "float32",
      ),
    ).toBe("logits");
    expect(
      guessKind(
        [
          [0.5, 0.5],
          [0, -Infinity],
        ],
        "float32",
      ),
    ).toBe("logits");
    expect(
      guessKind(
        [
          [0, -Infinity],
          [-Infinity, 0],
        ],
        "float64",
      ),
    ).toBe("log-probabilities");
  });

  it("does not ask rows that have nothing to say", () => {
    const silent = [[NaN, 1], [Infinity, 0], [-Infinity, -Infinity], []];
    expect(guessKind([...silent, [0.5, 0.5]], "float32")).toBe("probabilities");
    expect(guessKind(silent, "float32")).toBe("logits");
    expect(guessKind([], "float32")).toBe("logits");
  });

  it("allows half precision more", () => {
    const row = [0.2, 0.795];
    expect(guessKind([row], "float16")).toBe("probabilities");
    expect(guessKind([row], "bfloat16")).toBe("probabilities");
    expect(guessKind([row], "float32")).toBe("logits");
    expect(guessKind([[0.2, 0.785]], "float16")).toBe("logits");
  });
});

describe("scores as logits", () => {
  it("takes the logarithm of probabilities and does not renormalise", () => {
    expect([...toLogits([0.5, 0, 0.25], "probabilities")]).toEqual([
      Math.log(0.5),
      -Infinity,
      Math.log(0.25),
    ]);
  });

  it("leaves the others as they are", () => {
    for (const kind of ["logits", "log-probabilities", "values"] as const) {
      expect([...toLogits([-1, 2, -Infinity], kind)]).toEqual([-1, 2, -Infinity]);
    }
  });

  it("gives back the distribution of any kind", () => {
    fc.assert(
      fc.property(fc.oneof(logits, tiedAndMasked), z => {
        const p = softmax(z, 1);
        expectRowClose(softmax(toLogits(p, "probabilities"), 1), p);
        expectRowClose(softmax(toLogits(logSoftmax(z, 1), "log-probabilities"), 1), p);
      }),
    );
  });

  it("shows a number that is no probability as NaN", () => {
    expect(rowState(toLogits([-0.1, 1.1], "probabilities"))).toBe("hasNaN");
  });

  it("can work in place, and otherwise leaves its input alone", () => {
    const p = Float64Array.of(1, 0);
    expect(toLogits(p, "probabilities")).toEqual(Float64Array.of(0, -Infinity));
    expect(p).toEqual(Float64Array.of(1, 0));
    expect(toLogits(p, "probabilities", p)).toBe(p);
    expect(p).toEqual(Float64Array.of(0, -Infinity));
  });
});

describe("binary scores", () => {
  it("is the sigmoid for a logit", () => {
    expect([...binaryRow(3, "logits")]).toEqual([0, 3]);
    expectClose(softmax(binaryRow(3, "logits"), 1)[1], 1 / (1 + Math.exp(-3)));
  });

  it("keeps the digits of probabilities near 0 and 1", () => {
    expect([...binaryRow(1, "probabilities")]).toEqual([-Infinity, 0]);
    expectRowClose(binaryRow(0, "probabilities"), [0, -Infinity]);
    expectClose(binaryRow(1e-20, "probabilities")[0] * 1e20, -1);
    expectRowClose(binaryRow(0.25, "probabilities"), [Math.log(0.75), Math.log(0.25)]);
  });

  it("keeps the digits of log-probabilities near 0 and −∞", () => {
    // log(1 − e^x) by mpmath with 50 digits.
    expectClose(binaryRow(-1e-20, "log-probabilities")[0], -46.051701859880914);
    expectClose(binaryRow(-0.5, "log-probabilities")[0], -0.93275212956718857);
    expectClose(binaryRow(-50, "log-probabilities")[0] * 1e22, -1.9287498479639178);
    expect([...binaryRow(0, "log-probabilities")]).toEqual([-Infinity, 0]);
    expectRowClose(binaryRow(-Infinity, "log-probabilities"), [0, -Infinity]);
  });

  it("shows a number that is neither as NaN", () => {
    expect(rowState(binaryRow(1.5, "probabilities"))).toBe("hasNaN");
    expect(rowState(binaryRow(0.5, "log-probabilities"))).toBe("hasNaN");
  });

  it("fills a block", () => {
    const block = new Float64Array(4);
    binaryRow(5, "logits", block, 2);
    expect([...block]).toEqual([0, 0, 0, 5]);
  });
});
