"""Text whose sentences are whole again: broken lines joined, glued sentences parted, white space made plain.

Only white space changes. Repairing twice is the same as once.
"""

from __future__ import annotations

import re

from kg.read.words import lines

FINAL = ".!?…:;"
CLOSERS = "\"'”’)]»"
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"[^\S\n]+")
GLUE = re.compile(rf"([.!?…])([{re.escape('”’)]»')}]*)(?=[^\W\d_]|[“‘«(])")
UNJOINED = 4  # words a line needs to be half a sentence; fewer are a label or a site's word
WRAPPED = range(45, 101)  # how long the lines of a hard-wrapped paragraph are


def plain(text: str) -> str:
    """The text with one kind of line break and without invisible characters (soft hyphens, zero-width spaces)."""
    return INVISIBLE.sub("", BREAKS.sub("\n", text))


def repair(text: str) -> str:
    """The text as paragraphs parted by one blank line, with joined and unglued sentences.

    A paragraph that doesn't end like a sentence is joined to a next one that begins in lower case. A full stop between
    a word and a capital gets its space ('incident.The'), but not in abbreviations ('U.S.Army') or addresses.
    """
    # One repair can uncover the next; each removes a break or adds a space, so this ends.
    while (better := _once(text)) != text:
        text = better
    return text


def _once(text: str) -> str:
    tidy = "\n".join(BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    paragraphs: list[str] = []
    for block in re.split(r"\n{2,}", tidy.strip("\n")):
        paragraph = _unwrap(block)
        if paragraphs and _broken(paragraphs[-1], paragraph):
            paragraphs[-1] = _unwrap(f"{paragraphs[-1]} {paragraph}")
        else:
            paragraphs.append(paragraph)
    return "\n\n".join(map(_unglue, paragraphs))


def _unwrap(block: str) -> str:
    """The block with its hard-wrapped lines joined; lines that are short, or end like sentences, stay lines."""
    rows = block.split("\n")
    wrapped = len(rows) > 2 and all(len(row) in WRAPPED for row in rows[:-1])
    joined = rows[:1]
    for row in rows[1:]:
        if _broken(joined[-1], row) or (wrapped and not _ends(joined[-1])):
            joined[-1] = f"{joined[-1]} {row}"
        else:
            joined.append(row)
    return "\n".join(joined)


def _broken(first: str, second: str) -> bool:
    last = first.rsplit("\n", 1)[-1]
    return (
        second[:1].islower()
        and not second.startswith(lines().low_names)
        and not _ends(last)
        and len(last.split()) >= UNJOINED
    )


def _ends(line: str) -> bool:
    return line.rstrip(CLOSERS).endswith(tuple(FINAL))


def _unglue(paragraph: str) -> str:
    """The paragraph with a space wherever one sentence runs into the next."""
    return GLUE.sub(lambda stop: stop[0] + " " if _glued(stop) else stop[0], paragraph)


def _glued(stop: re.Match[str]) -> bool:
    text, closers = stop.string, stop[2]
    before = text[: stop.start()].rsplit(maxsplit=1)[-1] if text[: stop.start()].strip() else ""
    after = text[stop.end() :].split(maxsplit=1)[0]
    if any(mark in before + after for mark in "/@_\\") or f"{before}.".lower().startswith("www."):
        return False
    if after[0] in "“‘«(":
        return _word(before) and not before.endswith(("(", "“"))
    name = re.match(r"\w+", after)
    if not after[0].isupper() or name is None or name[0].lower() in lines().domains:
        return False
    # 'U.S.Army', 'J.K.Rowling', 'Ph.D': what follows or precedes is a lone capital.
    if after[1:2] == ".":
        return False
    return bool(closers) or _word(before)


def _word(before: str) -> bool:
    """Whether a sentence can end here: two small letters, a figure, or an acronym of three capitals and more."""
    return re.search(r"(?:[^\W\d_A-Z][^\W\d_A-Z]|\d|[A-Z]{3,})[”’)\"%]*$", before) is not None
