"""Updates of all kinds do to the named graphs what Oxigraph's own update does to a plain store."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Store

from kg.sparql import UNNAMED, apply
from tests.sparql.test_evaluate import PREFIX, changed, renamed

NODES, PREDICATES = st.sampled_from([":x", ":y", ":z"]), st.sampled_from([":p", ":q"])
OBJECTS = st.sampled_from([":x", ":y", "'text'", "1.50", "1.5", "01"])
TRIPLES = st.lists(st.tuples(NODES, PREDICATES, OBJECTS).map(" ".join), max_size=3).map(" . ".join)
GRAPHS = st.sampled_from([":a", ":b", ":c"])
PLACES = st.one_of(GRAPHS.map("GRAPH {}".format), st.just("DEFAULT"))


def in_graphs(triples: st.SearchStrategy[str], graphs: st.SearchStrategy[str] = GRAPHS) -> st.SearchStrategy[str]:
    named = st.tuples(graphs, triples).map(lambda both: f"GRAPH {both[0]} {{ {both[1]} }}")
    return st.lists(st.one_of(named, triples.map("{} .".format).filter(lambda text: text != " .")), max_size=2).map(
        lambda blocks: "{ " + " ".join(blocks) + " }"
    )


PATTERNS = st.sampled_from(["?s ?p ?o", "?s :p ?o", ":x ?p ?o . ?o :q ?s", "?s :q 1.5 ; ?p ?o"])
TEMPLATES = in_graphs(
    st.sampled_from(["?s ?p ?o", "?o ?p ?s", "?s :q 1.50", ":z ?p ?x"]), st.one_of(GRAPHS, st.just("?g"))
)
WHERES = st.tuples(st.one_of(GRAPHS, st.just("?g")), PATTERNS).map(
    lambda both: f"WHERE {{ GRAPH {both[0]} {{ {both[1]} }} FILTER(!BOUND(?g) || ?g != {UNNAMED}) }}"
)
OPERATIONS = st.one_of(
    in_graphs(TRIPLES).map("INSERT DATA {}".format),
    in_graphs(TRIPLES).map("DELETE DATA {}".format),
    st.tuples(TEMPLATES, TEMPLATES, WHERES).map(lambda t: f"DELETE {t[0]} INSERT {t[1]} {t[2]}"),
    st.tuples(GRAPHS, TEMPLATES, TEMPLATES, WHERES).map(lambda t: f"WITH {t[0]} DELETE {t[1]} INSERT {t[2]} {t[3]}"),
    st.tuples(GRAPHS, TEMPLATES, PATTERNS).map(lambda t: f"WITH {t[0]} DELETE {t[1]} WHERE {{ {t[2]} }}"),
    st.tuples(TEMPLATES, GRAPHS, PATTERNS).map(lambda t: f"INSERT {t[0]} USING {t[1]} WHERE {{ {t[2]} }}"),
    st.tuples(GRAPHS, PATTERNS).map(lambda t: f"DELETE WHERE {{ GRAPH {t[0]} {{ {t[1]} }} }}"),
    st.tuples(st.sampled_from(["CLEAR SILENT", "DROP SILENT"]), PLACES).map(" ".join),
    GRAPHS.map("CREATE SILENT GRAPH {}".format),
    st.tuples(st.sampled_from(["COPY", "MOVE", "ADD"]), PLACES, PLACES).map(
        lambda t: f"{t[0]} SILENT {t[1]} TO {t[2]}"
    ),
    st.sampled_from(["DROP ALL", "DROP NAMED"]),
)


@settings(max_examples=300, deadline=None)
@given(before=in_graphs(TRIPLES), steps=st.lists(OPERATIONS, min_size=1, max_size=5))
def test_it_is_what_oxigraph_does(before: str, steps: Sequence[str]) -> None:
    native, store = Store(), Store()
    native.update(f"{PREFIX} INSERT DATA {before}")
    apply(store, changed(store, f"INSERT DATA {before}"))
    update = " ;\n".join(steps)
    change = changed(store, update)
    assert not change.removed & change.added
    assert all(quad in store for quad in change.removed)
    assert change.emptied or not any(quad in store for quad in change.added)
    apply(store, change)
    native.update(PREFIX + update)
    named = {quad for quad in store if not isinstance(quad.graph_name, DefaultGraph)}
    assert named == {renamed(quad) for quad in native}
    assert {quad.triple for quad in store if isinstance(quad.graph_name, DefaultGraph)} == {q.triple for q in named}
    assert set(store.named_graphs()) - {UNNAMED} == set(native.named_graphs())
    assert (UNNAMED in set(store.named_graphs())) == any(quad.graph_name == UNNAMED for quad in named)
