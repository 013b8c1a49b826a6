"""The page where people say whether two events are of one happening, and what comes of it at once."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.server.asking import BROWSER
from tests.server.pages.reports import asked, event, incident, path
from tests.server.pages.written import page, query_behind, section, words
from tests.server.serving import TOKEN, WRITER, Served, serving

EVERYTHING = "SELECT (COUNT(*) AS ?n) { %s }"


@pytest.fixture
def reader(judged: Served) -> Iterator[httpx.Client]:
    """A client that reads pages of a server that can be written."""
    with judged.client(headers=BROWSER) as client:
        yield client


def send(client: httpx.Client, **fields: str) -> httpx.Response:
    return client.post("/review", data=fields, headers=WRITER)


def done(answer: httpx.Response) -> str:
    """The name of the judgement that was made or taken back."""
    assert answer.status_code == 200, answer.text
    return str(answer.json()["judgement"])


def doubts(client: httpx.Client) -> int:
    found = re.search(r"of ([\d,]+) doubts", page(client, "/review"))
    return int(found[1]) if found else 0


def pair(markup: str) -> tuple[str, str]:
    """The two events that a page shows."""
    one, other = re.findall(r'<h2 id="side-[ab]"><a href="([^"]*)"', markup)
    return one, other


def test_pair_stands_side_by_side_with_sentence_article_and_parties(told: httpx.Client) -> None:
    markup = page(told, "/review")
    raids = {path(event(told, name)) for name in ("raid", "village")}
    camps = {path(event(told, name)) for name in ("camp", "camps")}
    assert set(pair(markup)) in (raids, camps)
    sides = " ".join(map(words, re.findall(r'<section class="side".*?</section>', markup, re.DOTALL)))
    for shown in ("Gunmen", "The Harbour Post", "Levant Wire", "9 combatants killed", "Who", "To whom or what", "When"):
        assert shown in sides
    assert len(re.findall(r"<mark>(?:killed|attacked)</mark>", markup)) == 2


def test_probability_and_reasons_are_told(told: httpx.Client) -> None:
    markup = page(told, "/review")
    assert re.search(r"likely to <strong>\d+%</strong>: told (as one|apart)", markup)
    (reasons,) = re.findall(r'<p class="reasons">.*?</p>', markup, re.DOTALL)
    assert re.search(r"same type \+\d\.\d", words(reasons))


def test_skipping_leads_to_the_next_pair_and_in_the_end_to_the_first(told: httpx.Client) -> None:
    first = page(told, "/review")
    (after,) = re.findall(r'<a class="button" href="([^"]*)" data-key="s"', first)
    second = page(told, html.unescape(after))
    assert pair(second) != pair(first)
    assert pair(page(told, "/review?at=2")) == pair(first)


def test_nearest_to_another_probability_can_come_first(told: httpx.Client) -> None:
    markup = page(told, "/review?near=0.9")
    assert "those nearest to 90% first" in markup
    assert 'href="/review?at=1&amp;near=0.9" data-key="s"' in markup


def test_query_behind_finds_the_pair(told: httpx.Client) -> None:
    markup = page(told, "/review")
    query = query_behind(markup[: markup.index("<section")])
    (row,) = told.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    assert {path(row[name]["value"]) for name in ("one", "other")} == set(pair(markup))


@pytest.mark.parametrize("address", ["/review?pair=none", "/review?at=-3", "/review?near=nan", "/review?at=x&near=7"])
def test_odd_addresses_do_no_harm(told: httpx.Client, address: str) -> None:
    assert "<h1>Are these one happening?</h1>" in page(told, address)


def test_server_that_only_reads_says_which_command_to_use(told: httpx.Client) -> None:
    markup = page(told, "/review")
    assert "kg merge judge https://w3id.org/conflictkg/id/event/" in markup
    assert "--token-file" in markup
    assert 'class="verbs"' not in markup
    assert send(told, one="a", other="b", verb="same", who="Ada").status_code == 403


def test_nobody_judges_without_the_token(reader: httpx.Client) -> None:
    fields = {"one": event(reader, "first"), "other": event(reader, "kherson"), "verb": "same", "who": "Ada"}
    assert reader.post("/review", data=fields).status_code == 401
    assert reader.post("/review", json=fields | {"token": TOKEN}).status_code == 401
    strange = {**WRITER, "Origin": "https://elsewhere.example"}
    assert reader.post("/review", data=fields, headers=strange).status_code == 403
    assert "Judged" not in page(reader, "/review")


def test_judgement_and_its_undoing_show_at_once(reader: httpx.Client) -> None:
    raid, village = event(reader, "raid"), event(reader, "village")
    before, were_one = doubts(reader), incident(reader, "raid") == incident(reader, "village")
    verb = "different" if were_one else "same"
    name = done(send(reader, one=raid, other=village, verb=verb, who="Ada", why="another <day>"))
    assert (incident(reader, "raid") == incident(reader, "village")) is not were_one
    assert doubts(reader) == before - 1
    listed = section(page(reader, "/review"), "judged")
    assert f"{verb} :" in words(listed)
    assert "“another &lt;day&gt;”" in listed
    assert f'data-undo="{name}"' in listed

    assert done(send(reader, undo=name, who="Ben")) == name
    assert (incident(reader, "raid") == incident(reader, "village")) is were_one
    assert doubts(reader) == before
    assert "Ada , undone by Ben" in words(section(page(reader, "/review"), "judged")).replace("Ada,", "Ada ,")


def test_json_is_taken_too(reader: httpx.Client) -> None:
    fields = {"one": event(reader, "camp"), "other": event(reader, "camps"), "verb": "unsure", "who": "Ada"}
    answer = reader.post("/review", json=fields, headers=WRITER)
    assert answer.headers["Store-Version"] == str(answer.json()["version"])
    done(send(reader, undo=done(answer), who="Ada"))


def test_what_is_in_memory_is_what_is_on_disk(reader: httpx.Client) -> None:
    made = done(send(reader, one=event(reader, "first"), other=event(reader, "kherson"), verb="different", who="Ada"))
    in_memory = asked(reader, EVERYTHING % "?s ?p ?o")
    on_disk = asked(reader, EVERYTHING % "{ SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    assert in_memory == on_disk
    done(send(reader, undo=made, who="Ada"))


@pytest.mark.parametrize(
    ("fields", "status", "why"),
    [
        ({}, 400, "whose decision"),
        ({"who": "Ada"}, 400, "two events"),
        ({"who": "Ada", "one": "urn:a", "other": "urn:b", "verb": "same"}, 404, "no such event"),
        ({"who": "Ada", "one": "urn:a", "other": "urn:a", "verb": "same"}, 400, "the same one"),
        ({"who": "Ada", "one": "not an IRI", "other": "urn:b", "verb": "same"}, 400, "is no IRI"),
        ({"who": "Ada", "one": "urn:a", "other": "urn:b", "verb": "twin"}, 400, "is no judgement"),
        ({"who": "Ada", "undo": "none"}, 404, "no judgement none"),
    ],
)
def test_what_is_no_judgement_is_refused(reader: httpx.Client, fields: dict[str, str], status: int, why: str) -> None:
    answer = reader.post("/review", data=fields, headers=WRITER)
    assert (answer.status_code, why in answer.text) == (status, True), answer.text


@pytest.mark.parametrize("body", ["[1]", "{", '{"who": 1}', '{"who": "\\ud800", "undo": "x"}', "null"])
def test_json_of_another_form_is_refused(reader: httpx.Client, body: str) -> None:
    answer = reader.post("/review", content=body, headers={**WRITER, "Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "send a form, or JSON" in answer.text


def test_store_of_another_server_is_judged_by_command(reported: Served) -> None:
    with serving(f"sparql+{reported.address}/sparql") as served, served.client(headers=BROWSER) as client:
        markup = page(client, "/review")
        assert "Another server has the store" in markup
        one, other = pair(markup)
        answer = send(client, one=one, other=other, verb="same", who="Ada")
        assert answer.status_code == 501
        assert "kg merge" in answer.text
