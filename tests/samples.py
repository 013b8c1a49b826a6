"""Two small articles read by hand: what the extraction of each should look like, with spans that are right."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from kg.model import Article, Claim, Count, Entity, Event, Extraction, Link, Mention, Rival, Run, When

RUN = Run(tool="conflictkg", version="0.1.0", ontology="0.1.0", model="en_core_web_sm 3.8.0")

DRONES = Article(
    id="drones-over-odesa",
    title="Drones over Odesa",
    text=(
        "Russia attacked Odesa with drones overnight. Ukraine's air force said it shot down 52 of 80 drones. "
        "Russia's defence ministry said all 80 hit their targets. "
        "Mayor Hennadii Trukhanov said at least three residents were killed in the strike. "
        "Governor Oleh Kiper said five residents were killed. "
        "Talks between Russia and Ukraine were held in Istanbul on 2 June, hosted by Turkey."
    ),
    published=datetime(2025, 6, 3, 9, 30, tzinfo=timezone(timedelta(hours=6))),
    outlet="The Harbour Post",
    url="https://example.org/news/drones?id=1",
    licence="CC BY 4.0",
)
RIVER = Article(
    id="river/crossing 2",
    title="Army denies crossing the river",
    text='Ukraine\'s air force denied that Russia attacked Odesa. \\u0022 is no quotation mark, nor is "this" one\\.',
    published=date(2025, 6, 4),
    outlet="Élan du Nord",
)


def at(article: Article, exact: str, *, nth: int = 0) -> Mention:
    """The nth place where the words stand in the article."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(exact, start + 1)
    return Mention(start, start + len(exact), exact)


def _drones() -> Extraction:
    def m(exact: str, *, nth: int = 0) -> Mention:
        return at(DRONES, exact, nth=nth)

    toll = m("Mayor Hennadii Trukhanov said at least three residents were killed in the strike.")
    five = m("Governor Oleh Kiper said five residents were killed.")
    attack = m("Russia attacked Odesa with drones overnight.")
    shot = m("Ukraine's air force said it shot down 52 of 80 drones.")
    hit = m("Russia's defence ministry said all 80 hit their targets.")
    talks = m("Talks between Russia and Ukraine were held in Istanbul on 2 June, hosted by Turkey.")
    night = When(date(2025, 6, 2), date(2025, 6, 3))
    return Extraction(
        article=DRONES,
        run=RUN,
        publisher="harbour-post",
        entities=(
            Entity("harbour-post", ("NewsOutlet",), "The Harbour Post"),
            Entity("russia", ("State", "Place"), "Russia", ("Russia", "Russian Federation"), (m("Russia"),)),
            Entity("ukraine", ("State", "Place"), "Ukraine", (), (m("Ukraine"), m("Ukraine", nth=1))),
            Entity("turkey", ("State", "Place"), "Turkey", ("Türkiye",), (m("Turkey"),)),
            Entity("odesa", ("Place",), "Odesa", ("Odessa",), (m("Odesa"),), within="ukraine"),
            Entity("istanbul", ("Place",), "Istanbul", (), (m("Istanbul"),), within="turkey"),
            Entity("air-force", ("ArmedForce",), "Ukraine's air force", (), (m("Ukraine's air force"),), "ukraine"),
            Entity("ministry", ("GovernmentBody",), "Russia's defence ministry", country="russia"),
            Entity(
                "trukhanov", ("Person",), "Hennadii Trukhanov", (), (m("Hennadii Trukhanov"),), "ukraine", "Mayor",
                ("ukraine",),
            ),
            Entity("kiper", ("Person",), "Oleh Kiper", (), (m("Oleh Kiper"),), role="Governor"),
            Entity("residents", ("Group",), "residents", (), (m("residents"),), kind="Civilians"),
        ),  # fmt: skip
        events=(
            Event(
                "attack", "DroneAttack", m("attacked"), (m("attacked"), m("strike")), ("russia",), ("odesa",),
                ("Drones",), ("odesa",), (), night, 0.9,
                ("verb 'attack' as DroneAttack", "actor 'Russia' by nsubj of 'attack'"),
            ),
            Event(
                "shot", "Interception", m("shot down"), (m("shot down"),), ("air-force",), ("russia",), ("Drones",),
                ("odesa",), (), night, 0.85,
            ),
            Event(
                "talks", "Talks", m("Talks"), (m("Talks"),), ("russia", "ukraine"), (), (), ("istanbul",), ("turkey",),
                When(date(2025, 6, 2), date(2025, 6, 2)), 1.0,
            ),
        ),
        claims=(
            Claim("c-attack", "attack", ("harbour-post",), "Asserted", (attack,), 0.9),
            Claim(
                "c-52", "shot", ("air-force",), "Asserted", (shot,), 0.8, "said",
                Count("Intercepted", "Drones", count=52, total=80),
            ),
            Claim(
                "c-0", "shot", ("ministry",), "Asserted", (hit,), 0.5, "said",
                Count("Intercepted", "Drones", count=0, total=80),
            ),
            Claim(
                "c-three", "attack", ("trukhanov",), "Asserted", (toll,), 0.75, "said",
                Count("Killed", "Civilians", low=3, affected="residents"),
            ),
            Claim(
                "c-five", "attack", ("kiper",), "Asserted", (five,), 0.75, "said",
                Count("Killed", "Civilians", count=5, affected="residents"),
            ),
            Claim("c-talks", "talks", ("harbour-post",), "Asserted", (talks,), 0.9),
        ),
        links=(
            Link("russia", "Q159", 1.0, "label Russia"),
            Link("ukraine", "Q212", 1.0, "label Ukraine"),
            Link("turkey", "Q43", 1.0, "label Turkey"),
            Link("odesa", "Q1874", 0.97, "label Odesa", 698740, 46.48572, 30.74383),
            Link("istanbul", "Q406", 0.99, "label Istanbul", 745044, 41.0, -0.0),
            Link("kiper", None, 0.0, "no candidate"),
        ),
    )  # fmt: skip


def _river() -> Extraction:
    words = at(RIVER, "Ukraine's air force denied that Russia attacked Odesa.")
    return Extraction(
        article=RIVER,
        run=RUN,
        publisher="elan",
        entities=(
            Entity("elan", ("NewsOutlet",), "Élan du Nord"),
            Entity("russia", ("State", "Place"), "Russia"),
            Entity("ukraine", ("State", "Place"), "Ukraine"),
            Entity("odesa", ("Place",), "Odesa", within="ukraine"),
            Entity("air-force", ("ArmedForce",), "Ukraine's air force", country="ukraine"),
        ),
        events=(
            Event(
                "attack-2", "ArmedAttack", at(RIVER, "attacked"), (at(RIVER, "attacked"),), ("russia",), ("odesa",),
                places=("odesa",), when=When(date(2025, 6, 1), date(2025, 6, 30), "Month"), confidence=0.5,
            ),
        ),
        claims=(Claim("c-denied", "attack-2", ("air-force",), "Denied", (words,), 0.66, "denied"),),
        links=(Link("russia", "Q159", 1.0, "label Russia"), Link("ukraine", "Q212", 1.0, "label Ukraine")),
    )  # fmt: skip


TWO = (_drones(), _river())


def _linked() -> Extraction:
    """The first article as linking leaves it: a container that no words name, rivals, one person of two ids."""
    first, *rest = _drones().entities
    return replace(
        _drones(),
        entities=(first, *rest, Entity("oblast", ("Place",), "Odesa Oblast")),
        links=(
            Link("russia", "Q159", 1.0, "label of Russia", lat=60.0, lon=100.0, named="russia"),
            Link("ukraine", "Q212", 1.0, "label of Ukraine", labels=(("uk", "Україна"),), named="ukraine"),
            Link("turkey", "Q43", 1.0, "label of Turkey", named="turkey"),
            Link(
                "odesa", "Q1874", 0.97, "label of Odesa; 2 candidates", 698740, 46.48572, 30.74383,
                (("en", "Odesa"), ("uk", "Одеса")),
                (Rival("Odessa, Texas", 0.021, "Q128361", 5527554), Rival("Odesa Bay", 0.009, None, 698737)),
                within="oblast", named="odesa-as-read",
            ),
            Link("oblast", "Q900010", 0.97, "contains Odesa", 698738, within="ukraine"),
            Link("istanbul", "Q406", 0.99, "label of Istanbul", 745044, 41.0, -0.0, named="istanbul"),
            Link("air-force", "Q900011", 0.8, "alias of Ukrainian Air Force", named="air-force"),
            Link("harbour-post", "Q900012", 0.85, "label of Harbour Post", country="turkey", named="harbour-post"),
            Link(
                "trukhanov", "Q900001", 0.9, "label of Hennadii Trukhanov", same=("hennadiy-trukhanov",),
                named="trukhanov",
            ),
            Link(
                "kiper", None, 0.31, "too unlikely: surname of Kiper", rivals=(Rival("Kiper", 0.31, "Q900002"),),
                named="kiper",
            ),
        ),
    )  # fmt: skip


LINKED = _linked()
