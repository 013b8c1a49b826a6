import pytest

from kg.names import Name, first_words, fold, longest, lookup


def best(name: str) -> Name:
    return lookup(name)[0]


@pytest.mark.parametrize(
    ("name", "label", "kind", "qid", "how"),
    [
        ("Ukraine", "Ukraine", "State", "Q212", "label"),
        ("Ukrainians", "Ukraine", "State", "Q212", "demonym"),
        ("British", "United Kingdom", "State", "Q145", "demonym"),
        ("South Korean", "South Korea", "State", "Q884", "demonym"),
        ("Nigerien", "Niger", "State", "Q1032", "demonym"),
        ("U.S.", "United States", "State", "Q30", "alias"),
        ("Türkiye", "Turkey", "State", "Q43", "alias"),
        ("Burma", "Myanmar", "State", "Q836", "alias"),
        ("Kharkiv’s", "Kharkiv", "Place", "Q42308", "label"),
        ("Kiev", "Kyiv", "Place", "Q1899", "alias"),
        ("Khan Yunis", "Khan Younis", "Place", "Q309348", "alias"),
        ("Aleppo province", "Aleppo Governorate", "Place", "Q214064", "alias"),
        ("province of Helmand", "Helmand Province", "Place", "Q173821", "alias"),
        ("Luhansk region", "Luhansk Oblast", "Place", "Q171965", "alias"),
        ("Crimea", "Crimea", "Place", "Q7835", "label"),
        ("Da’esh", "Islamic State", "ArmedGroup", "Q2429253", "alias"),
        ("IS", "Islamic State", "ArmedGroup", "Q2429253", "alias"),
        ("Al Qaeda", "Al-Qaeda", "ArmedGroup", "Q34490", "label"),
        ("Houthi", "Houthis", "ArmedGroup", "Q3042087", "demonym"),
        ("SBU", "Security Service of Ukraine", "ArmedForce", "Q615811", "alias"),
        ("Pentagon", "United States Department of Defense", "GovernmentBody", "Q11209", "alias"),
        ("WHO", "World Health Organization", "InternationalOrganization", "Q7817", "alias"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Person", "Q3874799", "alias"),
    ],
)
def test_the_likeliest_thing(name: str, label: str, kind: str, qid: str, how: str) -> None:
    thing = best(name)
    assert (thing.label, thing.classes[0], thing.qid, thing.how) == (label, kind, qid, how)


@pytest.mark.parametrize(
    "name", ["us", "is", "who", "Who", "it", "reading", "nice", "polish", "march", "of", "Of", "Bush"]
)
def test_ordinary_words_are_no_names(name: str) -> None:
    assert all(thing.prior < 0.4 for thing in lookup(name))


def test_a_name_that_is_a_word_needs_its_case_and_says_so() -> None:
    assert best("Polish").label == "Poland"
    assert best("Polish").common
    assert best("Nice").common
    assert best("Nice").prior < best("Lyon").prior
    assert not best("Ukraine").common


def test_a_capital_stands_for_its_government_too() -> None:
    things = lookup("Moscow")
    assert [(thing.label, thing.how) for thing in things[:2]] == [("Moscow", "label"), ("Russia", "metonym")]


def test_a_town_comes_before_the_province_of_its_name() -> None:
    assert [thing.label for thing in lookup("Aleppo")[:2]] == ["Aleppo", "Aleppo Governorate"]


def test_a_larger_city_comes_first() -> None:
    tripolis = [thing for thing in lookup("Tripoli") if thing.how != "metonym"]
    assert [thing.country for thing in tripolis[:2]] == ["Libya", "Lebanon"]


def test_a_city_has_coordinates_and_a_geonames_id() -> None:
    city = best("Mosul")
    assert city.geonames == 99072
    assert city.country == "Iraq"
    assert city.population > 1_000_000
    assert city.lat == pytest.approx(36.34, abs=0.05)
    assert city.lon == pytest.approx(43.12, abs=0.05)


def test_nothing_is_known_by_an_unknown_name() -> None:
    assert lookup("Xyzzygrad") == ()
    assert lookup("") == ()


def test_a_matcher_can_rely_on_first_words_and_the_longest_name() -> None:
    assert all(word in first_words() for word in ("united", "kharkiv", "al", "security"))
    assert "xyzzygrad" not in first_words()
    for name in ("United Nations Relief and Works Agency for Palestine Refugees in the Near East", "Khan Younis"):
        assert len(fold(name).split()) <= longest() <= 20
