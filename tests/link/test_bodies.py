"""Which government or body a name is, with the gazetteer that comes along."""

import pytest

from kg.model import Entity
from tests.link.handmade import body, linked, place, read, state


def test_capital_that_speaks_is_the_state_and_one_where_people_march_the_city() -> None:
    found = read("Washington said it would send arms to Kyiv. Protesters marched in Washington on Friday.")
    assert [link.qid for words, link in found if words == "Washington"] == ["Q30", "Q61"]


def test_capital_that_acts_is_the_state() -> None:
    acting = linked("Damascus agreed", state("Damascus"), acting=["damascus"])
    assert acting["damascus"].qid == "Q858"
    assert linked("Damascus was hit", place("Damascus"))["damascus"].qid == "Q3766"


def test_capital_taken_for_a_state_is_never_linked_as_the_city() -> None:
    assert linked("Washington said", state("Washington"))["washington"].qid in ("Q30", None)


def test_capital_that_speaks_outside_of_all_claims_is_the_state() -> None:
    links = linked("Washington said it would send arms to Ukraine.", state("Washington"), state("Ukraine"))
    assert links["washington"].qid == "Q30"


def test_security_service_after_its_state() -> None:
    found = dict(read("Ukraine's Security Service said it had killed two soldiers near Donetsk."))
    assert found["Ukraine's Security Service"].qid == "Q615811"
    service = body("Security Service", "GovernmentBody")
    assert linked("Ukraine's Security Service said", service, state("Ukraine"))["security-service"].qid == "Q615811"
    assert linked("The Security Service said", service)["security-service"].qid is None


def test_security_service_in_a_text_about_one_state() -> None:
    found = dict(read("Ukraine's forces struck a depot. The Security Service said it had killed two soldiers."))
    assert found["Security Service"].qid == "Q615811"


def test_state_that_a_body_is_given_as_of_rules_out_others() -> None:
    fleet = body("Northern Fleet", "ArmedForce", country="ukraine")
    text = "Ukraine's Northern Fleet said. Ukraine, Ukraine."
    assert linked(text, fleet, state("Ukraine"))["northern-fleet"].qid is None


def test_acronym_is_what_it_is_short_for() -> None:
    text = "The Sudanese Armed Forces and Rapid Support Forces. The RSF said. Press freedom group RSF."
    links = linked(text, body("Rapid Support Forces"), body("RSF"), state("Sudan"))
    assert links["rsf"].qid == links["rapid-support-forces"].qid
    assert links["rsf"].reason.split(";")[0] == links["rapid-support-forces"].reason.split(";")[0]


@pytest.mark.parametrize(
    ("classes", "spelling", "qid"),
    [
        (("ArmedGroup", "Organization"), "Dae’sh", "Q2429253"),
        (("Organization",), "al-Qaida", "Q34490"),
        (("ArmedGroup",), "the Taliban", "Q42418"),
    ],
)
def test_armed_groups_are_linked_by_any_spelling(classes: tuple[str, ...], spelling: str, qid: str) -> None:
    assert linked(f"{spelling} said", Entity("g", classes, spelling))["g"].qid == qid


def test_groups_and_assets_have_no_name_to_link() -> None:
    cast = (Entity("g", ("Group",), "residents"), Entity("x", ("Asset",), "apartment block"))
    assert linked("residents of an apartment block", *cast) == {}
