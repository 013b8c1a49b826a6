"""Short reports of a few happenings by several outlets with different tolls, read as any articles are, and merged."""

from __future__ import annotations

import json
from pathlib import Path

from kg.merge import merge
from kg.pipeline import StoreSink, build
from kg.store import open_store

INCIDENTS = {
    "attacks-per-day", "claims-contradicted", "incident-in-full", "incidents-by-place-and-date",
    "incidents-of-conflict", "tolls-that-disagree", "who-first-reported", "who-repeats-whom",
}  # fmt: skip
"""The named queries about incidents, which find nothing in a store where none were made."""

REPORTS = (
    (
        "harbour-odesa", "The Harbour Post", "2025-06-03T06:00:00Z", "Drones strike Odesa",
        "Russian drones struck an apartment block in Odesa on Tuesday. "
        "Three people were killed in the attack, Mayor Hennadii Trukhanov said.",
    ),
    (
        "quay-odesa", "The Quay", "2025-06-03T11:00:00+03:00", "Five dead as drones hit Odesa",
        "Russian drones struck an apartment block in Odesa on Tuesday. "
        "Five people were killed in the attack, Governor Oleh Kiper said.",
    ),
    (
        "tide-odesa", "The Tide", "2025-06-04T08:00:00Z", "Toll of Odesa attack rises",
        "Twelve people were killed when Russian drones struck an apartment block in Odesa on Tuesday, "
        "Mayor Hennadii Trukhanov said.",
    ),
    (
        "lantern-odesa", "The Lantern", "2025-06-05", "Ukraine mourns after Odesa attack",
        "Russian drones struck Odesa on Tuesday. "
        "Twelve people were killed in the attack, President Volodymyr Zelensky said. "
        "Russia's defence ministry denied that Russian drones struck Odesa on Tuesday.",
    ),
    (
        "harbour-kharkiv", "The Harbour Post", "2025-06-05T07:00:00Z", "Shelling of Kharkiv",
        "Russian forces shelled Kharkiv on Thursday. "
        "Two people were killed in the shelling, the regional governor said.",
    ),
    (
        "quay-kharkiv", "The Quay", "2025-06-05T15:00:00Z", "Russia shells Kharkiv",
        "Russian forces shelled Kharkiv on Thursday. "
        "Two people were killed in the shelling, Mayor Ihor Terekhov said.",
    ),
    (
        "tide-sumy", "The Tide", "2025-06-05T20:00:00Z", "Shells on Sumy", "Russian forces shelled Sumy on Thursday.",
    ),
    (
        "tide-gaza", "The Tide", "2025-06-10T10:00:00Z", "Air strike in Gaza City",
        "An Israeli air strike hit a school in Gaza City on Tuesday. "
        "At least 20 people were killed in the strike, the health ministry said.",
    ),
    (
        "lantern-talks", "The Lantern", "2025-06-03T10:00:00Z", "Talks in Istanbul",
        "Russia and Ukraine held talks in Istanbul on Monday. Turkey hosted the meeting.",
    ),
    (
        "quay-month", "The Quay", "2025-06-20T10:00:00Z", "A month of fighting",
        "Russian forces shelled Sumy in May 2025.",
    ),
)  # fmt: skip


def struck(folder: Path) -> Path:
    """A folder in which is a store of the reports, its incidents made."""
    source = folder / "reports.jsonl"
    names = ("id", "outlet", "published", "title", "text")
    source.write_text("".join(json.dumps(dict(zip(names, each, strict=True))) + "\n" for each in REPORTS), "utf8")
    with open_store(folder / "store") as store:
        assert not build([source], StoreSink(store)).failures
        merge(store)
    return folder / "store"
