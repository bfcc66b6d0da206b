"""A word-level transformer trained on corpus.txt, asked about a passage it has never seen."""

import json
import math
import re
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .containers import write_json, write_safetensors
from .measure import measure

SEED = 7
WIDTH, HEADS, LAYERS, CONTEXT = 64, 4, 3, 48
STEPS, BATCH = 360, 16
HERE = Path(__file__).resolve().parent


def read_words(name):
    """The lower-case words and punctuation marks of a text."""
    return re.findall(r"[a-z]+|[.,:?]", (HERE / name).read_text(encoding="utf-8").lower())


class Attention(nn.Module):
    """Causal self-attention that keeps its masked scores [B, H, Q, K] for the dump."""

    def __init__(self):
        super().__init__()
        self.project = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        batch, length, _ = x.shape
        heads = self.project(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        self.scores = scores.masked_fill(future, -math.inf)
        mixed = self.scores.softmax(dim=-1) @ value
        return self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))


class Block(nn.Module):
    """Attention and a small network, each after a layer norm and around a residual path."""

    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])
        self.attention = Attention()
        self.mlp = nn.Sequential(
            nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH), nn.Dropout(0.1)
        )

    def forward(self, x):
        x = x + self.attention(self.norms[0](x))
        return x + self.mlp(self.norms[1](x))


class Transformer(nn.Module):
    """Word ids [B, S] to next-word logits [B, S, V]."""

    def __init__(self, words):
        super().__init__()
        self.word = nn.Embedding(words, WIDTH)
        self.place = nn.Embedding(CONTEXT, WIDTH)
        self.blocks = nn.Sequential(*(Block() for _ in range(LAYERS)))
        self.head = nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, words))

    def forward(self, ids):
        return self.head(self.blocks(self.word(ids) + self.place.weight[: ids.shape[1]]))


def train(model, ids):
    """AdamW on the next word, over random windows of the text."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.1)
    model.train()
    for _ in range(STEPS):
        starts = torch.randint(len(ids) - CONTEXT, (BATCH,)).tolist()
        windows = torch.stack([ids[start : start + CONTEXT + 1] for start in starts])
        logits = model(windows[:, :-1])
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def run(model, ids):
    """Next-word logits [S, V] and attention scores [L, H, S, S] of one sequence."""
    with torch.no_grad():
        logits = model(ids[None])[0]
    scores = torch.stack([block.attention.scores[0] for block in model.blocks])
    return logits, scores.numpy()


def measure_text(name, model, ids):
    """The measured row of a text, read in windows that do not overlap."""
    starts = range(0, len(ids) - 1, CONTEXT)
    logits = [run(model, ids[:-1][start : start + CONTEXT])[0] for start in starts]
    return measure(name, torch.cat(logits).numpy(), ids[1:].numpy())


def write_dumps(folder, prompt, vocabulary, logits, scores):
    """The same next-word logits as JSON (float32) and safetensors (bfloat16), and the attention."""
    text = " ".join(prompt)
    write_json(
        folder / "next_token.logits.json",
        {"prompt": text, "tokens": prompt, "classes": vocabulary, "logits": logits.numpy()},
    )
    bits = logits.to(torch.bfloat16).view(torch.int16).numpy().astype("<i2").tobytes()
    write_safetensors(
        folder / "next_token.safetensors", "logits", bits, logits.shape, "BF16", {"prompt": text}
    )
    np.savez_compressed(folder / "attention.npz", attention=scores)
    (folder / "tokens.json").write_text(json.dumps(prompt) + "\n", encoding="utf-8")


def make(samples):
    """Writes `transformer/`; returns the measured rows."""
    torch.manual_seed(SEED)
    corpus, unseen = read_words("corpus.txt"), read_words("heldOut.txt")
    vocabulary = sorted(set(corpus))
    number = {word: i for i, word in enumerate(vocabulary)}
    ids, unseen_ids = (torch.tensor([number[w] for w in words]) for words in (corpus, unseen))
    model = train(Transformer(len(vocabulary)), ids)

    prompt = unseen[: unseen.index(".") + 1]
    folder = samples / "transformer"
    folder.mkdir(exist_ok=True)
    logits, scores = run(model, unseen_ids[: len(prompt)])
    write_dumps(folder, prompt, vocabulary, logits, scores)
    return [
        measure_text("transformer, corpus", model, ids),
        measure_text("transformer, held out", model, unseen_ids),
    ]
