"""What outlets do to agency copy, which leaves it the same article, and what makes a follow-up of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Variant = Callable[[str], str]
DIGITS = "zero one two three four five six seven eight nine".split()


def with_headline(text: str) -> str:
    return f"Fighting flares again as envoys gather\n\n{text}"


def with_dateline(text: str) -> str:
    return f"GENEVA, Switzerland (AP) — {_undated(text)}"


def without_dateline(text: str) -> str:
    return _undated(text)


def with_frame(text: str) -> str:
    return (
        "By Ann Porter and Luis Vidal\nThe Harbour Times\n\nThis story was first published by the Associated Press.\n\n"
        f"{text}\n\n(Reporting by Ana Lopez in Madrid; editing by Tom Shaw)"
    )


def with_remark(text: str) -> str:
    first, rest = text.split("\n", 1)
    return f"{first}\n\nThe report could not be confirmed at once.\n\n{rest}"


def in_house_style(text: str) -> str:
    spelt = re.sub(r"(?<![\d.,:$€£-])\b(\d)\b(?![.,:-]?\d)", lambda match: DIGITS[int(match[1])], text)
    return spelt.replace("U.S.", "US").replace("’", "'").replace("“", '"').replace("”", '"').replace("%", " per cent")


def in_other_lines(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def with_slips(text: str) -> str:
    """One in forty of the longer words has lost a letter."""
    rng = random.Random(text)
    return re.sub(r"\b[a-z]{5,}\b", lambda match: _slip(match[0], rng), text)


def cut(text: str, share: float) -> str:
    """The paragraphs at the end that come to `share` of the text are gone."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return "\n\n".join(paragraphs[: max(1, round(len(paragraphs) * (1 - share)))])


def shortened(text: str) -> str:
    return cut(text, 0.3)


def shortened_and_framed(text: str) -> str:
    return with_headline(with_dateline(with_slips(cut(text, 0.2))))


def with_a_new_toll(text: str) -> str:
    return f"The toll has risen to 943, officials said on the day after.\n\n{text}"


def with_a_new_toll_in_words(text: str) -> str:
    return f"{text}\n\nAnother seventeen bodies were found under the rubble, rescuers said."


def with_a_changed_number(text: str) -> str:
    """The text's first number in figures is another one, wherever it stands."""
    number = next(
        match[0] for match in re.finditer(r"(?<![\d.,:-])\b\d{2,3}\b(?![\d.,:-]|\s+\w+ \d{4})", _undated(text))
    )
    return re.sub(rf"(?<![\d.,:-])\b{number}\b(?![.,:-]?\d)", str(int(number) + 34), text)


def with_a_new_place(text: str) -> str:
    return f"A second blast was heard in Kyrnytsia an hour later, witnesses said.\n\n{text}"


def with_another_place(text: str) -> str:
    """A name of the first paragraphs is another one, wherever it stands."""
    name = next(match[0] for match in re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}\b", _undated(text)))
    return re.sub(rf"\b{name}\b", "Kyrnytsia", text)


def with_a_new_lead(text: str) -> str:
    return (
        "Fresh shelling was reported along the river through the night after the truce broke down, with hospitals "
        "full again and the road to the north closed to aid convoys. Talks were called off by both sides, and no day "
        "was set for them to go on. Shops stayed shut, schools sent their pupils home before noon, and long lines "
        f"formed where bread and water were given out.\n\n{text}"
    )


COPIES: dict[str, Variant] = {
    variant.__name__: variant
    for variant in (
        with_headline, with_dateline, without_dateline, with_frame, with_remark, in_house_style, in_other_lines,
        with_slips, shortened, shortened_and_framed,
    )
}  # fmt: skip
FOLLOW_UPS: dict[str, Variant] = {
    variant.__name__: variant
    for variant in (
        with_a_new_toll, with_a_new_toll_in_words, with_a_changed_number, with_a_new_place, with_another_place,
        with_a_new_lead,
    )
}  # fmt: skip


def _undated(text: str) -> str:
    return re.sub(r"^[A-Z]{3,}[^\n]{0,40}? [—-] ", "", text)


def _slip(word: str, rng: random.Random) -> str:
    if rng.random() > 0.025:
        return word
    place = rng.randrange(2, len(word))
    return word[:place] + word[place + 1 :]
