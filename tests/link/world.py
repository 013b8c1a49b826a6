"""A small made-up world: a gazetteer whose every figure the tests of one feature know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.gazetteer.row import Row
from kg.names import Gazetteer, Office
from tests.linked import gazetteer

STATES = (
    Row(
        "Aland",
        ("State", "Place"),
        (("Alandic", "demonym"), ("Port", "metonym")),
        qid="Q1",
        lat=10,
        lon=10,
        prior=0.9,
        core=True,
    ),
    Row("Bland", ("State", "Place"), (("Blandish", "demonym"),), qid="Q2", lat=50, lon=50, prior=0.9, core=True),
)
REGIONS = (
    Row("Hill", ("Place",), (("Hill Province", "alias"),), qid="Q11", country="Q1", within="Q1", keys=("A.1",)),
    Row("Marsh", ("Place",), qid="Q12", country="Q1", within="Q1", keys=("A.2",)),
)
TOWNS = (
    # Two towns of one name and size in one state, two provinces apart.
    Row("Ford", ("Place",), qid="Q21", geonames=21, country="Q1", within="A.1", lat=10, lon=10, population=50_000),
    Row("Ford", ("Place",), qid="Q22", geonames=22, country="Q1", within="A.2", lat=14, lon=14, population=50_000),
    # Two towns of one name and size in two states.
    Row("Tarnby", ("Place",), qid="Q23", geonames=23, country="Q1", lat=10.1, lon=10.1, population=50_000),
    Row("Tarnby", ("Place",), qid="Q24", geonames=24, country="Q2", lat=50.1, lon=50.1, population=50_000),
    # A city and a village of one name.
    Row("Mill", ("Place",), qid="Q25", geonames=25, country="Q1", within="A.1", lat=10, lon=11, population=1_000_000),
    Row("Mill", ("Place",), qid="Q26", geonames=26, country="Q1", within="A.2", lat=14, lon=15, population=1_000),
    # A town that only GeoNames knows, and one by another spelling.
    Row("Lonely", ("Place",), geonames=27, country="Q2", lat=51, lon=51, population=700),
    Row("Khan Younis", ("Place",), (("Khan Yunis", "alias"),), qid="Q28", geonames=28, country="Q2", lat=52, lon=52),
    Row("Port", ("Place",), qid="Q29", geonames=29, country="Q1", lat=10.5, lon=10.5, population=300_000),
    Row("SDF", ("Place",), geonames=30, country="Q2", lat=51, lon=50, population=900),
    Row("Reading", ("Place",), geonames=31, country="Q2", lat=51.5, lon=50.5, population=200_000),
    Row("Hill", ("Place",), qid="Q32", geonames=32, country="Q1", within="A.2", lat=13, lon=13, population=60_000),
    Row("Stone", ("Place",), geonames=33, country="Q2", lat=53, lon=50, population=20_000),
    Row("Stone", ("Place",), geonames=34, country="Q2", lat=55, lon=50, population=20_000, source="one;two"),
)  # fmt: skip
BODIES = (
    Row("Alandic Guard", ("ArmedForce",), (("Guard", "alias"),), qid="Q41", country="Q1", fame=20),
    Row("Blandish Guard", ("ArmedGroup", "Organization"), (("Guard", "alias"),), qid="Q42", country="Q2", fame=20),
    Row("Security Service of Aland", ("GovernmentBody",), qid="Q43", country="Q1", fame=20),
    Row("Stone Defence Front", ("ArmedGroup", "Organization"), (("SDF", "alias"),), qid="Q44", country="Q2", fame=20),
    Row("Alandic Herald", ("NewsOutlet", "Organization"), (("Herald", "alias"),), qid="Q45", country="Q1", fame=20),
    Row("Guard", ("Organization",), qid="Q47", country="Q2", fame=20),
    Row("Reading", ("Organization",), qid="Q48", country="Q2", fame=20),
    Row("Ford", ("Organization",), qid="Q46", country="Q2", fame=30),
)
PEOPLE = (
    Row(
        "Ana Ivanek", ("Person",), qid="Q51", country="Q1", role="Foreign Minister", fame=20,
        offices=(Office("Foreign Minister", "Aland", date(2001, 1, 1), date(2004, 12, 31)),),
    ),
    Row(
        "Bo Ivanek", ("Person",), qid="Q52", country="Q1", role="Foreign Minister", fame=20,
        offices=(Office("Foreign Minister", "Aland", date(2005, 1, 1), date(2008, 12, 31)),),
    ),
    Row(
        "Cy Ivanek", ("Person",), qid="Q53", country="Q1", role="Defence Minister", fame=20,
        offices=(Office("Defence Minister", "Aland", date(2001, 1, 1), date(2004, 12, 31)),),
    ),
    Row("Elijah Cummings", ("Person",), qid="Q54", country="Q2", fame=20, description="politician of the river party"),
    Row("Elijah Cummings", ("Person",), qid="Q55", country="Q2", fame=20, description="painter"),
)  # fmt: skip


def world(folder: Path) -> Gazetteer:
    """The gazetteer of this world, built in the folder."""
    return gazetteer(folder, *STATES, *REGIONS, *TOWNS, *BODIES, *PEOPLE)
