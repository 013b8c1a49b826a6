"""Names of a text that the gazetteer knows, where they stand as names."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.spot import Spot
from kg.names import Name, first_words, fold, lookup

LONGEST = 7


def capitalised(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit()


def known_names(doc: Doc) -> list[Spot]:
    out, i = [], 0
    starts = first_words()
    while i < len(doc):
        token = doc[i]
        spot = None
        if (
            not token.is_space
            and token.text[:1].isalpha()
            and (capitalised(token) or token.lower_ in ("al", "el", "ash", "an"))
            and (fold(token.text).split(" ")[0] in starts)
        ):
            for end in range(min(i + LONGEST, len(doc)), i, -1):
                last = doc[end - 1]
                if (
                    last.is_space
                    or last.is_punct
                    and last.text not in (".", ")")
                    or not (capitalised(last) or end - i > 1)
                ):
                    continue
                span = doc[i:end]
                names = lookup(span.text) if "\n" not in span.text else ()
                if names and _plausible(span, names):
                    spot = Spot(i, end, span.text, names, names[0].classes)
                    break
        if spot is not None:
            out.append(spot)
        i = spot.end if spot else i + 1
    return out


def _plausible(span: Span, names: tuple[Name, ...]) -> bool:
    """Whether the words stand as a name here: not 'May', not the first name of somebody, not an ordinary capitalised
    word."""
    first = span[0]
    if len(span) == 1 and first.text.isupper() and len(first) > 1 and names[0].classes[0] != "Place":
        return True
    if len(span) == 1:
        if first.is_sent_start and first.pos_ not in ("PROPN", "ADJ", "NOUN") and not first.ent_type_:
            return False
        if first.pos_ in ("VERB", "AUX", "ADP", "DET", "PRON", "CCONJ", "ADV", "INTJ"):
            return False
        if first.ent_type_ in ("DATE", "TIME", "MONEY", "CARDINAL"):
            return False
        person = first.ent_type_ == "PERSON" and names[0].classes[0] != "Person"
        alone = first.ent_iob_ == "B" and (span.end == len(span.doc) or span.doc[span.end].ent_iob_ != "I")
        if person and not alone and names[0].how != "demonym" and names[0].classes[0] != "State":
            return False
        if (
            names[0].common
            and names[0].classes[0] == "Place"
            and first.ent_type_ not in ("GPE", "LOC", "FAC")
            and not _after_in(first)
        ):
            return False
        # part of a longer run of capitalised words which is nobody we know: 'Sergei Lavrov Street', 'London Breed'
        nxt = span.doc[span.end] if span.end < len(span.doc) else None
        if (
            names[0].classes[0] == "Place"
            and names[0].prior < 0.4
            and nxt is not None
            and nxt.pos_ == "PROPN"
            and nxt.ent_type_ == "PERSON"
            and nxt.ent_iob_ == "I"
        ):
            return False
    return True


def _after_in(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in (
        "in",
        "near",
        "from",
        "of",
        "to",
        "outside",
        "around",
        "at",
        "inside",
        "into",
    )
