"""An article's text in 192 bytes, by which near-copies of it are found.

A text is the set of its 3-shingles, which are three words in a row (Broder, "On the resemblance and containment of
documents", 1997). How much of two sets is the same, their Jaccard similarity, shows in how many of 128 random orders
have the same first element in both. Of each first element's hash 4 bits are kept (Li & König, "b-bit minwise hashing",
2010): two sets that share nothing then agree in one of 16, which is allowed for. The standard error is 0.046 at a
similarity of a half, and 0.037 at 0.8.

Beside them stand how many shingles there are, so that a text that is part of another is known (Broder's containment),
and a Bloom filter of the text's numbers and names: a follow-up repeats the background and adds a new toll or place.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.copies.details import LEAST, details

SHINGLE = 3  # words
ORDERS = 128
BITS = 4  # of each order's least hash
COUNT = 2  # bytes for the number of shingles
SIZE = 192  # bytes of a sketch
MINIMA = ORDERS * BITS // 8  # bytes
FILTER = SIZE - MINIMA - COUNT  # bytes
HASHES = 4  # of each number or name, in the filter
CHANCE = 2.0**-BITS  # that two hashes agree though their elements don't
AT_ONCE = 4096  # shingles hashed at once, which takes 4 MB


def sketch(text: str) -> bytes:
    """The 192 bytes of a text: the same for the same text on every machine and in every version of numpy.

    A text of fewer than 50 words has one shingle, itself, so that only the same text is like it.
    """
    found = details(text)
    words = found.words
    shingles = set(zip(*(words[start:] for start in range(SHINGLE)), strict=False)) if len(words) >= LEAST else {words}
    count = min(len(shingles), (1 << 8 * COUNT) - 1)
    return _minima({" ".join(one) for one in shingles}) + _filter(found.telling) + count.to_bytes(COUNT, "little")


def similarity(a: bytes, b: bytes) -> float:
    """The Jaccard similarity of two texts, from 0 to 1, estimated from their sketches."""
    return float(likeness(np.frombuffer(a, np.uint8)[None], np.frombuffer(b, np.uint8))[0])


def likeness(many: NDArray[np.uint8], one: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The Jaccard similarity of each row's text to the one's, with what agrees by chance allowed for."""
    agreeing = _agreeing()[many[:, :MINIMA] ^ one[:MINIMA]].sum(axis=1) / ORDERS
    like: NDArray[np.float64] = np.clip((agreeing - CHANCE) / (1 - CHANCE), 0, 1)
    return like


def containment(many: NDArray[np.uint8], one: NDArray[np.uint8], like: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of the one's text stands in each row's, from 0 to 1, by their similarity and numbers of shingles."""
    sizes, size = _counts(many), _counts(one)
    return np.clip(like * (1 + sizes / size) / (1 + like), 0, 1)


def tells_more(many: NDArray[np.uint8], one: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether the one's text has a number or a name that the row's lacks."""
    told = slice(MINIMA, MINIMA + FILTER)
    more: NDArray[np.bool_] = np.any(one[told] & ~many[:, told], axis=1)
    return more


def _counts(sketches: NDArray[np.uint8]) -> NDArray[np.float64]:
    return sketches[..., -COUNT:].astype(np.float64) @ np.array([1.0, 256.0])  # type: ignore[no-any-return]


def _minima(shingles: set[str]) -> bytes:
    """The lowest bits of each order's least hash."""
    hashes = np.fromiter((crc32(_encoded(shingle)) for shingle in shingles), np.uint64, len(shingles))
    factors, summands = _orders()
    least = np.full(ORDERS, 2**32 - 1, np.uint64)
    for start in range(0, len(hashes), AT_ONCE):
        # Multiply-shift (Dietzfelbinger 1996): a 2-universal hash of 32 bits to 32 bits; uint64 wraps around.
        ordered = (hashes[start : start + AT_ONCE, None] * factors + summands) >> np.uint64(32)
        least = np.minimum(least, ordered.min(axis=0))
    low = (least & np.uint64(2**BITS - 1)).astype(np.uint8)
    return bytes(low[0::2] | low[1::2] << BITS)


def _filter(words: frozenset[str]) -> bytes:
    """The words' Bloom filter. Of 70 words a new one passes for one of them with a chance of 0.003, of 150, 0.04."""
    bits = 0
    for word in words:
        value = blake2b(_encoded(word), digest_size=2 * HASHES).digest()
        for start in range(0, 2 * HASHES, 2):
            bits |= 1 << int.from_bytes(value[start : start + 2], "little") % (8 * FILTER)
    return bits.to_bytes(FILTER, "little")


def _encoded(word: str) -> bytes:
    return word.encode("utf8", "surrogatepass")


@cache
def _orders() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """What each order multiplies by, which is odd, and adds."""
    drawn = b"".join(blake2b(b"ckg order %d" % order, digest_size=16).digest() for order in range(ORDERS))
    factors, summands = np.frombuffer(drawn, "<u8").astype(np.uint64).reshape(ORDERS, 2).T
    return factors | np.uint64(1), summands


@cache
def _agreeing() -> NDArray[np.uint8]:
    """How many of two 4-bit values are the same, by the difference (xor) of the bytes that hold them."""
    return np.array([(byte & 15 == 0) + (byte >> BITS == 0) for byte in range(256)], np.uint8)
