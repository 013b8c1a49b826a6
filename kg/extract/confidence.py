"""How sure the tool is of an event: a sum of what speaks for it, between 0 and 1.

The weights are fitted to the claims of articles read by people: see `tests/golden/calibration.py`. What made no
difference there (place, day, number of mentions) has none. The sum ends at 0.85, since new articles go worse.
"""

from __future__ import annotations

from kg.extract.happenings import Happening

_BROAD = ("ArmedAttack", "Violence", "Diplomacy", "Pressure", "Aid")
_UNREAL = ("Hypothetical", "Possible", "Planned")


def confidence(happening: Happening, code: str) -> float:
    """The tool's confidence in an event, from its word, its parties, how exact its type is, and its factuality."""
    lead = happening.lead
    sure = 0.6 + 0.1 * bool(lead.targets) + 0.05 * bool(lead.actors)
    sure += 0.05 * (lead.trigger.pos == "verb") + 0.05 * (code not in _BROAD)
    sure -= 0.1 * lead.frame.weak + 0.1 * (lead.factuality in _UNREAL)
    return round(sure, 2)
