"""How sure the tool is of an event: a sum of what speaks for it, between 0 and 1."""

from __future__ import annotations

from kg.extract.happenings import Happening


def confidence(happening: Happening, code: str) -> float:
    """The tool's confidence in an event, from its rule, its roles, its mentions and its factuality."""
    lead = happening.lead
    sure = 0.5
    sure += (
        0.1 * bool(lead.actors) + 0.1 * bool(lead.targets) + 0.05 * bool(lead.places) + 0.05 * (lead.when is not None)
    )
    sure += 0.05 * min(2, len(happening.drafts) - 1) + 0.05 * bool(happening.tallies)
    sure -= 0.15 * lead.frame.weak + 0.05 * (lead.factuality in ("Hypothetical", "Possible"))
    sure += 0.05 * (code not in ("ArmedAttack", "Violence", "Diplomacy", "Pressure", "Aid"))
    return round(max(0.05, min(0.95, sure)), 2)
