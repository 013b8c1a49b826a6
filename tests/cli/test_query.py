import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from kg import rdf
from kg.queries import queries
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.oxigraph import wikidata
from tests.samples import LINKED

WDT = "http://www.wikidata.org/prop/direct/"
TITLES = "SELECT ?title { ?article a ckg:Article ; dcterms:title ?title } ORDER BY ?title"


def test_inline_query_as_table(kg: Kg, where: Path) -> None:
    result = kg("query", TITLES, "--store", where)
    assert result.exit_code == 0
    assert "Drones over Odesa" in result.stdout
    assert result.stderr == "2 rows\n"


def test_iris_in_a_table_are_short(kg: Kg, where: Path) -> None:
    assert "ckg:DroneAttack" in kg("query", "SELECT ?t { ?e a ckg:Event ; ckg:eventType ?t }", "--store", where).stdout


def test_json_and_csv(kg: Kg, where: Path) -> None:
    rows = json.loads(kg("query", TITLES, "--store", where, "--format", "json").stdout)["results"]["bindings"]
    lines = list(csv.reader(kg("query", TITLES, "--store", where, "--format", "csv").stdout.splitlines()))
    assert [row["title"]["value"] for row in rows] == [line[0] for line in lines[1:]]
    assert lines[0] == ["title"]


def test_construct_is_turtle(kg: Kg, where: Path) -> None:
    turtle = kg("query", "CONSTRUCT { ?c ckg:count ?n } { ?c ckg:count ?n }", "--store", where).stdout
    assert len(Graph().parse(data=turtle, format="turtle")) == 3


def test_construct_names_only_prefixes_it_uses_and_is_sorted(kg: Kg, where: Path) -> None:
    turtle = kg("query", "CONSTRUCT { ?a dcterms:title ?t } { ?a dcterms:title ?t }", "--store", where).stdout
    assert re.findall("@prefix ([a-z]+)", turtle) == ["dcterms"]
    assert turtle.index("Drones over Odesa") < turtle.index("Army denies crossing the river")


def test_columns_that_no_screen_has_room_for_are_told_one_below_the_other(kg: Kg, where: Path) -> None:
    names = " ".join(f"?c{number}" for number in range(15))
    values = " ".join(f'"v{number}"' for number in range(14))
    result = kg("query", f"SELECT {names} {{ VALUES ({names}) {{ ({values} UNDEF) }} }}", "--store", where)
    assert result.stdout.splitlines()[:3] == ["-- 1", "c0   v0", "c1   v1"]
    assert "c14" not in result.stdout
    assert result.stderr == "1 row\n"


@pytest.mark.parametrize(
    ("query", "place"),
    [("SELECT * {", "in line 1, column 11"), ("ASK {\n ?x a }", "in line 2, column 8")],
)
def test_a_wrong_query_is_told_where_the_user_wrote_it(kg: Kg, where: Path, query: str, place: str) -> None:
    result = kg("query", query, "--store", where)
    assert result.exit_code == 2
    assert place in result.stderr
    assert len(result.stderr) < 250


@pytest.mark.parametrize(("query", "answer"), [("ASK { ?x a ckg:Talks }", "no\n"), ("ASK { ?x a ckg:Event }", "yes\n")])
def test_ask_answers_yes_or_no(kg: Kg, where: Path, query: str, answer: str) -> None:
    assert kg("query", query, "--store", where).stdout == answer


@pytest.mark.parametrize("form", ["{}", "@{}"])
def test_query_from_a_file(kg: Kg, where: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "titles.rq"
    path.write_text(TITLES)
    assert "Drones over Odesa" in kg("query", form.format(path), "--store", where).stdout


def test_query_from_stdin(kg: Kg, where: Path) -> None:
    assert "Drones over Odesa" in kg("query", "-", "--store", where, input=TITLES).stdout


def test_own_prefix_wins(kg: Kg, where: Path) -> None:
    query = "PREFIX ckg: <http://purl.org/dc/terms/> SELECT ?t { ?a ckg:title ?t }"
    assert "Drones over Odesa" in kg("query", query, "--store", where).stdout


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["SELECT ?x {"], "SPARQL"),
        (["no-such-query"], "no query is named 'no-such-query'"),
        ([], "nothing to ask"),
        (["none.rq"], "none.rq: can't be read as a query: No such file"),
        (["ASK {}", "--param", "a=b"], "--param is for named queries"),
        (["ASK {}", "--format", "ttl"], "can't be written as ttl"),
    ],
)
def test_wrong_query_is_one_line_and_exit_2(kg: Kg, where: Path, args: list[str], problem: str) -> None:
    result = kg("query", *args, "--store", where)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stderr.startswith("kg: ")


def test_store_that_is_not_there_is_named(kg: Kg, tmp_path: Path) -> None:
    result = kg("query", TITLES, "--store", tmp_path / "none")
    assert result.exit_code == 1
    assert "there is no store at" in result.stderr
    assert not (tmp_path / "none").exists()


def test_list_names_every_query_and_its_parameters(kg: Kg) -> None:
    listing = kg("query", "--list").stdout
    for name, named in queries().items():
        assert name in listing
        assert all(parameter.name in listing for parameter in named.parameters)


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a server that plays Wikidata."""
    with wikidata() as address:
        yield address


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A store of one linked article."""
    with open_store(tmp_path / "linked") as store:
        store.replace(rdf.ONTOLOGY_GRAPH, rdf.ontology_quads())
        store.replace(rdf.graph_iri(LINKED.article.id), rdf.quads(LINKED))
    return tmp_path / "linked"


@pytest.mark.parametrize("name", [name for name, query in queries().items() if query.services])
def test_a_query_to_another_server_is_refused_and_says_how_to_allow_it(kg: Kg, where: Path, name: str) -> None:
    for allowed in ([], ["--allow-service", "wikidata.org"], ["--allow-service", "http://query.wikidata.org"]):
        result = kg("query", name, "--store", where, *allowed)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "asks another server, https://query.wikidata.org/sparql, which is off" in result.stderr
        assert result.stderr.endswith("--allow-service query.wikidata.org\n")


def test_an_allowed_server_is_asked(kg: Kg, linked: Path, service: str) -> None:
    asked = ["query", "people-and-parties", "--param", f"wikidata={service}", "--store", linked, "--format", "csv"]
    result = kg(*asked, "--allow-service", "query.wikidata.org", "--allow-service", service)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Hennadii Trukhanov,office,mayor of Odesa,1,http://www.wikidata.org/entity/Q900001" in result.stdout
    assert kg(*asked, "--allow-service", "query.wikidata.org").exit_code == 2


def test_own_sparql_may_ask_an_allowed_server_only(kg: Kg, linked: Path, service: str) -> None:
    query = f"SELECT ?n {{ ?e skos:exactMatch ?i SERVICE <{service}> {{ ?i <{WDT}P1082> ?n }} }} ORDER BY ?n"
    assert kg("query", query, "--store", linked).exit_code == 2
    result = kg("query", query, "--store", linked, "--allow-service", service.split("/")[2], "--format", "csv")
    assert result.stdout.splitlines() == ["n", "1010783", "15000000", "15701602"]


def test_a_server_that_does_not_answer_is_told(kg: Kg, linked: Path) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:65000/> { ?s ?p ?o } }"
    result = kg("query", query, "--store", linked, "--allow-service", "127.0.0.1:65000")
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: the query failed: ")


def test_a_query_to_another_server_can_be_printed_with_what_it_would_send(kg: Kg, linked: Path) -> None:
    printed = kg("query", "people-and-parties", "--print", "--store", linked).stdout
    assert printed.count("VALUES ?item { <http://www.wikidata.org/entity/Q900001> }") == 2


def test_the_list_marks_what_asks_another_server(kg: Kg) -> None:
    assert kg("query", "--list").stdout.count("asks https://query.wikidata.org/sparql: needs --allow-service") == 3


@pytest.mark.parametrize("name", [name for name, query in queries().items() if not query.services])
def test_every_named_query_runs(kg: Kg, where: Path, name: str) -> None:
    result = kg("query", name, "--store", where)
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_named_query_takes_a_parameter(kg: Kg, where: Path) -> None:
    result = kg("query", "claims-by-speaker", "--param", "name=kiper", "--store", where, "--format", "csv")
    assert "Governor Oleh Kiper said five residents were killed." in result.stdout
    assert "Trukhanov" not in result.stdout


def test_parameter_is_never_read_as_sparql(kg: Kg, where: Path) -> None:
    result = kg("query", "claims-by-speaker", "-p", 'name=") } #', "--store", where, "--format", "csv")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)


def test_unknown_parameter_is_named(kg: Kg, where: Path) -> None:
    result = kg("query", "claims-by-speaker", "-p", "who=kiper", "--store", where)
    assert result.exit_code == 2
    assert "has no parameter who" in result.stderr


def test_print_shows_the_sparql(kg: Kg) -> None:
    assert '"kiper"' in kg("query", "claims-by-speaker", "-p", "name=kiper", "--print").stdout
