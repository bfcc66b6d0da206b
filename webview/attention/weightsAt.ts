import { covers, createRowMeasures, evaluateRows, logPartitions } from "../../src/core";
import type { AttentionHead } from "../../src/protocol/attention";
import { latest } from "../latest";
import { KeyPyramid } from "./keyPyramid";
import type { Weights } from "./paint";

/**
 * Makes the weights of maps at temperatures: ln Z from the row profile, which costs time by the
 * query and not by the cell, and beyond the profile's reach from the scores themselves.
 */
export function weightsMaker(): (head: AttentionHead, temperature: number) => Weights {
  const pyramidOf = latest((head: AttentionHead) => new KeyPyramid(head.map));
  const measuresFor = latest((head: AttentionHead) => createRowMeasures(head.profile.rows));
  return latest((head, temperature) => {
    const { map, profile } = head;
    let logZ: Float64Array;
    if (covers(temperature)) {
      const measures = measuresFor(head);
      evaluateRows(profile, temperature, measures);
      logZ = measures.confidence.map(p => -Math.log(p));
    } else logZ = logPartitions(map, temperature);
    return { map, pyramid: pyramidOf(head), temperature, logZ };
  });
}
