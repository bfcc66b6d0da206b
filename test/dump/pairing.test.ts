import { describe, expect, it } from "vitest";
import { roleOf } from "../../src/dump/names";
import { siblingsOf } from "../../src/dump/pairing";

describe("the role in a name", () => {
  it.each([
    ["val_logits", "logits", "val"],
    ["valLogits", "logits", "val"],
    ["logits.val", "logits", "val"],
    ["predictions", "logits", ""],
    ["val_log_probs", "logits", "val"],
    ["y_true", "labels", ""],
    ["test_ground_truth", "labels", "test"],
    ["label_ids", "labels", ""],
    ["test_targets", "labels", "test"],
    ["label_names", "classNames", ""],
    ["id2label", "classNames", ""],
    ["classes", "classNames", ""],
    ["attention_scores", "logits", "attention"],
    ["block_0_attn", "attention", "block 0"],
    ["tokens", "tokens", ""],
  ])("%s is %s", (name, role, rest) => {
    expect(roleOf(name)).toMatchObject({ role, rest });
  });

  it("is none in a name that tells nothing", () => {
    expect(roleOf("weights")).toBeNull();
    expect(roleOf("logitsy")).toBeNull();
    expect(roleOf("")).toBeNull();
  });
});

describe("files that belong together", () => {
  const folder = [
    "val_logits.npy",
    "val_labels.npy",
    "test_logits.npy",
    "test_y_true.npy",
    "classes.json",
    "readme.txt",
    "model.pt",
  ];

  it("pairs a split with its own labels and the folder's class names", () => {
    expect(siblingsOf("val_logits.npy", folder)).toEqual(["val_labels.npy", "classes.json"]);
    expect(siblingsOf("test_logits.npy", folder)).toEqual(["test_y_true.npy", "classes.json"]);
  });

  it("takes a longer name only after an exact one", () => {
    const files = ["imdb_test_pyx.npy", "imdb_test_original_labels.npy", "imdb_test_labels.npy"];
    expect(siblingsOf("imdb_test_pyx.npy", files)).toEqual([
      "imdb_test_labels.npy",
      "imdb_test_original_labels.npy",
    ]);
  });

  it("never pairs another split's labels", () => {
    expect(siblingsOf("val_logits.npy", ["test_labels.npy", "train_targets.npy"])).toEqual([]);
  });

  it("takes bare labels last", () => {
    expect(siblingsOf("val_logits.npy", ["labels.npy", "val_labels.npy"])).toEqual([
      "val_labels.npy",
      "labels.npy",
    ]);
  });

  it("pairs nothing with labels themselves", () => {
    expect(siblingsOf("val_labels.npy", folder)).toEqual([]);
  });
});
