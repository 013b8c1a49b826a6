"""One happening, many reports: the events of all articles brought together as incidents, with what they disagree on."""

from kg.merge.judgements import VERBS, Judgement, judge, judgements, undo
from kg.merge.run import Merged, merge

__all__ = ["VERBS", "Judgement", "Merged", "judge", "judgements", "merge", "undo"]
