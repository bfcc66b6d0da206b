import { expect, it } from "vitest";
import { toTsv } from "../../webview/tsv";

it("keeps every digit, and cells in their columns", () => {
  const rows = [
    ["Class", "Probability"],
    ["with\ttab\r\nand line", 0.1 + 0.2],
  ];
  expect(toTsv(rows)).toBe("Class\tProbability\nwith tab and line\t0.30000000000000004");
});
