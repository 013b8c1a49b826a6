"""Near-copies: the same agency copy in many outlets, found by its text and told apart from a follow-up."""

from kg.copies.minhash import similarity, sketch
from kg.copies.originals import Originals

__all__ = ["Originals", "similarity", "sketch"]
