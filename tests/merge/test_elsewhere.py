"""Over another server the incidents are those of a folder."""

from dataclasses import replace
from datetime import timedelta

from kg.merge import judge, judgements, merge, undo
from kg.store import Store, open_store
from tests.merge.world import DAY, Told, Toll, article, derived, event, put, take
from tests.oxigraph import served

SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))
NEWS = (
    article("a", SHELLED, replace(SHELLED, places=("Birch",))),
    article("b", SHELLED, outlet="The Pier", published=DAY + timedelta(1)),
    article("c", replace(SHELLED, start=None), outlet="The Mole", published=None),
)


def test_incidents_on_a_server_are_those_of_a_folder(store: Store) -> None:
    with served() as port, open_store(f"sparql+http://127.0.0.1:{port}/query") as server:
        for each in (store, server):
            put(each, *NEWS)
        assert merge(server).events == merge(store).events == 4
        assert derived(server) == derived(store) != {}
        for each in (store, server):
            take(each, "a")
            judge(each, event("b-0"), event("c-0"), "different", who="ana")
        assert (merge(server).read, merge(store).read) == (2, 0)  # what is elsewhere is read each time
        assert derived(server) == derived(store)
        undo(server, judgements(server)[0].name, who="ben")
        undo(store, judgements(store)[0].name, who="ben")
        merge(server)
        merge(store)
        assert derived(server) == derived(store)
