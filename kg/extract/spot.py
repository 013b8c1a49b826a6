"""A proper name in a text, and the class that an organization's name tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.names import Name

_ORG_CLASSES = (
    (
        re.compile(
            r"(?i)\b(ministry|department|parliament|senate|congress|cabinet|court|directorate|treasury|council|office|government|"
            r"security service|intelligence|bureau|knesset|duma|prosecutor)\b"
        ),
        "GovernmentBody",
    ),
    (
        re.compile(
            r"(?i)\b(army|navy|air force|forces?|military|marines?|guards?|corps|brigade|battalion|police|command"
            r"|troops|infantry)\b"
        ),
        "ArmedForce",
    ),
    (
        re.compile(
            r"(?i)\b(news|times|post|tv|television|radio|agency|press|herald|journal|guardian|telegraph|media|tribune|"
            r"gazette|broadcasting|magazine|daily)\b"
        ),
        "NewsOutlet",
    ),
    (re.compile(r"(?i)\b(front|militia|brigades|mujahideen|jihad|rebels|liberation army)\b"), "ArmedGroup"),
    (re.compile(r"(?i)\b(united nations|union|international|world|league of|nations)\b"), "InternationalOrganization"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A proper name: token span, text, what the gazetteer knows of it (likeliest first), and its classes."""

    start: int
    end: int
    text: str
    names: tuple[Name, ...]
    classes: tuple[str, ...]

    @property
    def best(self) -> Name | None:
        """The likeliest thing of that name, or None where the gazetteer has none."""
        return self.names[0] if self.names else None


@cache
def organization_class(text: str) -> str:
    """The ontology class that an organization's name tells, 'Organization' if it tells none."""
    return next((name for pattern, name in _ORG_CLASSES if pattern.search(text)), "Organization")
