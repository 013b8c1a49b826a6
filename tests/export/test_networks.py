"""Networks: what is drawn in each view, and every format read back by a parser that is not ours."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import rdf
from kg.errors import QueryError, UsageError
from kg.export import NETWORKS, draw, selection, view, views, write
from kg.export.network import Edge, Network, Node
from kg.model import Article, Claim, Entity, Event, Extraction, Mention
from kg.store import Store, open_store
from tests.samples import RUN, TWO

ID = "https://w3id.org/conflictkg/id/"
GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("networks") / "store") as opened:
        for extraction in TWO:
            opened.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
        yield opened


def drawn(store: Store, name: str = "events", **given: str | list[str]) -> Network:
    lists = {key: [value] if isinstance(value, str) else value for key, value in given.items()}
    return draw(store, view(name), selection({key.rstrip("_"): value for key, value in lists.items()}))


def names(network: Network) -> set[str]:
    return {node.iri.removeprefix(ID) for node in network.nodes}


def links(network: Network) -> set[tuple[str, str, str]]:
    return {(e.source.removeprefix(ID), e.name, e.target.removeprefix(ID)) for e in network.edges}


def test_events_lead_to_whoever_takes_part(store: Store) -> None:
    network = drawn(store)
    assert {("event/talks", "actor", "entity/russia"), ("event/talks", "mediator", "entity/turkey")} <= links(network)
    assert ("entity/air-force", "country", "entity/ukraine") in links(network)
    assert "entity/harbour-post" not in names(network), "an outlet that takes part in nothing is not drawn"


def test_claims_lead_to_speakers_and_articles(store: Store) -> None:
    network = drawn(store, "claims")
    claim = next(node for node in network.nodes if node.iri.endswith("claim/c-52"))
    assert claim.label == "52 of 80 drones intercepted"
    assert ("claim/c-52", "claimant", "entity/air-force") in links(network)
    assert {node.label for node in network.nodes if node.kind == "Article"} == {
        "Drones over Odesa",
        "Army denies crossing the river",
    }


def test_actors_act_on_each_other_and_parties_on_both_sides(store: Store) -> None:
    network = drawn(store, "actors")
    assert links(network) == {
        ("entity/air-force", "Interception", "entity/russia"),
        ("entity/russia", "Talks", "entity/ukraine"),
    }
    assert {edge.name: edge.mutual for edge in network.edges} == {"Interception": False, "Talks": True}
    assert {edge.attributes["asserted"] for edge in network.edges} == {1}


def test_event_is_told_by_its_type_and_dated(store: Store) -> None:
    node = next(node for node in drawn(store).nodes if node.iri == ID + "event/talks")
    assert (node.label, node.kind, node.attributes["type"]) == ("talks", "Event", "Talks")
    assert node.spell == ("2025-06-02", "2025-06-02")


@pytest.mark.parametrize(
    ("given", "events"),
    [
        ({"type": "Violence"}, {"attack", "attack-2", "shot"}),
        ({"type": ["Talks", "Interception"]}, {"talks", "shot"}),
        ({"type": "Violence", "to": "2025-06-01"}, {"attack-2"}),
        ({"from": "2025-06-04"}, {"attack-2"}),
        ({"entity": ID + "entity/istanbul"}, {"talks"}),
        ({"place": ID + "entity/ukraine"}, {"attack", "attack-2", "shot"}),
        ({"article": "ARTICLE"}, {"attack-2"}),
    ],
)
def test_selection_chooses_events(store: Store, given: dict[str, str], events: set[str]) -> None:
    articles = {node.label: node.iri for node in drawn(store, "claims").nodes if node.kind == "Article"}
    told = {k: articles["Army denies crossing the river"] if v == "ARTICLE" else v for k, v in given.items()}
    network = drawn(store, **told)
    assert {n.iri.rpartition("/")[2] for n in network.nodes if n.kind == "Event"} == events


def test_around_is_one_step_away(store: Store) -> None:
    assert names(drawn(store, around=ID + "entity/istanbul")) == {"entity/istanbul", "entity/turkey", "event/talks"}
    assert "entity/istanbul" in names(drawn(store, around=ID + "event/talks"))


def test_nodes_are_drawn_alone_with_the_edges_between_them(store: Store) -> None:
    network = drawn(store, node=[ID + "event/talks", ID + "entity/turkey", ID + "entity/odesa"])
    assert names(network) == {"event/talks", "entity/turkey", "entity/odesa"}
    assert links(network) == {("event/talks", "mediator", "entity/turkey")}


def test_classes_are_kept_beside_the_events(store: Store) -> None:
    kinds = {node.kind for node in drawn(store, class_="Place").nodes}
    assert kinds == {"Event", "Place"}


def test_limit_keeps_the_best_connected_and_what_joins_them(store: Store) -> None:
    network = drawn(store, limit="3")
    assert names(network) == {"entity/odesa", "event/attack", "entity/russia"}
    assert len(network.edges) == 3


def test_limit_keeps_what_was_asked_for(store: Store) -> None:
    assert names(drawn(store, around=ID + "entity/istanbul", limit="2")) == {"entity/istanbul", "event/talks"}


def test_thing_that_is_struck_stands_for_its_owner(tmp_path: Path) -> None:
    text = "Rebels shelled a depot of the army."
    word, depot = Mention(7, 14, "shelled"), Mention(17, 22, "depot")
    entities = (
        Entity("o", ("NewsOutlet",), "Outlet"),
        Entity("rebels", ("ArmedGroup",), "rebels"),
        Entity("army", ("ArmedForce",), "army"),
        Entity("depot", ("Asset",), "depot", mentions=(depot,), owner="army"),
    )
    event = Event("e", "Shelling", word, (word,), ("rebels",), ("depot",))
    claim = Claim("c", "e", ("o",), "Asserted", (Mention(0, len(text), text),), 0.5)
    with open_store(tmp_path / "store") as store:
        store.replace(
            rdf.graph_iri("a"), rdf.quads(Extraction(Article("a", "A", text), RUN, "o", entities, (event,), (claim,)))
        )
        expected = {("entity/rebels", "Shelling", "entity/army")}
        assert links(drawn(store, "actors")) == expected
        assert links(drawn(store, "actors", around=ID + "entity/army")) == expected


def test_degree_counts_edges_that_are_not_drawn(store: Store) -> None:
    network = draw(store, view("events"), selection({"around": [ID + "entity/istanbul"]}), degrees=True)
    degrees = {node.iri.removeprefix(ID): node.degree for node in network.nodes}
    assert degrees == {"entity/istanbul": 2, "entity/turkey": 2, "event/talks": 4}


def test_select_draws_what_its_rows_name(store: Store) -> None:
    query = "SELECT ?e { ?e <https://w3id.org/conflictkg/ns#eventType> <https://w3id.org/conflictkg/ns#Talks> }"
    assert names(drawn(store, query=query)) == {
        "event/talks", "entity/russia", "entity/ukraine", "entity/turkey", "entity/istanbul",
    }  # fmt: skip
    assert links(drawn(store, "actors", query=query)) == {("entity/russia", "Talks", "entity/ukraine")}


def test_construct_is_drawn_as_it_is(store: Store) -> None:
    network = drawn(store, query="CONSTRUCT { <x:a> <x:v#struck> <x:b> . <x:a> <x:v#size> 3 } WHERE {}")
    assert links(network) == {("x:a", "struck", "x:b")}
    assert {node.iri: node.attributes for node in network.nodes} == {"x:a": {"size": "3"}, "x:b": {}}


def test_ask_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="ask SELECT or CONSTRUCT"):
        drawn(store, query="ASK {}")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"type": "Nonsense"}, "no event type Nonsense"),
        ({"class": "Nonsense"}, "no class Nonsense"),
        ({"from": "yesterday"}, "from is a day like"),
        ({"limit": "many"}, "limit is a whole number"),
        ({"node": "x:a", "around": "x:b"}, "choose by one of"),
        ({"node": "no iri"}, "an IRI can't be read"),
    ],
)
def test_what_is_no_selection_is_told(store: Store, given: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        draw(store, view("events"), selection({name: [value] for name, value in given.items()}))


def test_view_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="there are events, claims, actors"):
        view("people")


def written(store: Store, format: str, name: str) -> bytes:
    out = io.BytesIO()
    write(store, out, format, view_name=name, chosen=selection({}))
    return out.getvalue()


@pytest.mark.parametrize("name", views())
def test_gexf_has_all_nodes_edges_and_days(store: Store, name: str) -> None:
    network, text = drawn(store, name), written(store, "gexf", name)
    read = networkx.read_gexf(io.BytesIO(text), version="1.2draft")
    assert set(read.nodes) == {node.iri for node in network.nodes}
    assert {(a, b) for a, b in read.edges()} == {(e.source, e.target) for e in network.edges}
    root = ElementTree.fromstring(text)
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert len(root.findall(f".//{GEXF}edge")) == len(network.edges)
    assert "lastmodifieddate" not in text.decode()


def test_gexf_edge_of_several_events_has_a_spell_for_each() -> None:
    spells = (("2025-01-01", "2025-01-02"), ("2025-03-01", "2025-03-01"))
    network = Network((Node("x:a", "A"), Node("x:b", "B")), (Edge("x:a", "x:b", "Talks", "talks", 2, spells),))
    out = io.BytesIO()
    NETWORKS["gexf"](network, out)
    found = ElementTree.fromstring(out.getvalue()).findall(f".//{GEXF}edge/{GEXF}spells/{GEXF}spell")
    assert [(spell.get("start"), spell.get("end")) for spell in found] == list(spells)


@pytest.mark.parametrize("name", views())
def test_graphml_is_read_by_igraph(store: Store, name: str, tmp_path: Path) -> None:
    network = drawn(store, name)
    (tmp_path / "out.graphml").write_bytes(written(store, "graphml", name))
    read = igraph.Graph.Read_GraphML(str(tmp_path / "out.graphml"))
    assert (read.vcount(), read.ecount()) == (len(network.nodes), len(network.edges))
    assert set(read.vs["label"]) == {node.label for node in network.nodes}


@pytest.mark.parametrize("name", views())
def test_cytoscape_json_is_read_by_networkx(store: Store, name: str) -> None:
    network, read = drawn(store, name), json.loads(written(store, "cyjs", name))
    ends = {(e["data"]["source"], e["data"]["target"]) for e in read["elements"]["edges"]}
    assert ends == {(e.source, e.target) for e in network.edges}
    assert len({e["data"]["id"] for e in read["elements"]["edges"]}) == len(network.edges)
    for each in read["elements"]["nodes"]:
        each["data"] |= {"value": each["data"]["id"], "name": each["data"]["label"]}
    graph = networkx.cytoscape_graph({"data": [], "directed": True, "multigraph": True, **read})
    assert set(graph.nodes) == {node.iri for node in network.nodes}


@pytest.mark.parametrize("format", NETWORKS)
def test_same_content_gives_the_same_bytes(store: Store, tmp_path: Path, format: str) -> None:
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(TWO):
            other.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
        assert written(other, format, "claims") == written(store, format, "claims")


@given(label=st.text())
def test_any_label_gives_xml_that_can_be_read(label: str) -> None:
    network = Network((Node("x:a", label), Node("x:b", "B", attributes={"role": label})), ())
    for format, parse in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        out = io.BytesIO()
        NETWORKS[format](network, out)
        assert set(parse(io.BytesIO(out.getvalue())).nodes) == {"x:a", "x:b"}
