"""The text index: what is found, in which files, by whom, and that nothing typed is an error."""

import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError
from kg.store.text import TextIndex

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
MENTION = NamedNode("https://w3id.org/conflictkg/ns#mention")
TITLE = NamedNode("http://purl.org/dc/terms/title")
PREF = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
EXACT = NamedNode("https://w3id.org/conflictkg/ns#exact")
TEXT = NamedNode("https://w3id.org/conflictkg/ns#text")

SEARCHER = """
import sys
from pathlib import Path
from kg.store.text import TextIndex
with TextIndex(Path(sys.argv[1]), read_only=True) as index:
    print(*(node.value for node, _ in index.search(sys.argv[2])))
"""


def node(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def said(name: str, text: str, predicate: NamedNode = LABEL, language: str | None = None) -> Triple:
    return Triple(node(name), predicate, Literal(text, language=language))


def found(index: TextIndex, words: str, *, limit: int = 1000, prefix: bool = False) -> list[str]:
    """The names of the nodes that a search finds, best first."""
    return [
        hit.value.removeprefix("https://example.org/") for hit, _ in index.search(words, limit=limit, prefix=prefix)
    ]


def elsewhere(path: Path, words: str) -> str:
    """What another process finds."""
    command = [sys.executable, "-c", SEARCHER, str(path), words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "text?100%.sqlite"


@pytest.fixture
def index(path: Path) -> Iterator[TextIndex]:
    """An index of a few names and sentences."""
    with TextIndex(path) as opened:
        opened.rebuild(
            [
                said("seville", "Séville", language="fr"),
                said("odesa", "Одеса", language="uk"),
                said("zap", "Zaporizhzhia"),
                said("kyiv", "Kyiv"),
                said("s1", "Drones struck a power plant near Zaporizhzhia on Monday.", EXACT),
                said("s2", "Both sides agreed to a cease-fire in Kyiv.", EXACT),
                said("s3", "Fire broke out before talks could cease; NOT AND OR NEAR.", EXACT),
                said("article", "The whole text of it", TEXT),
                Triple(BlankNode("b"), LABEL, Literal("Nameless")),
                Triple(node("link"), LABEL, node("Seville")),
            ]
        )
        yield opened


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("seville", "seville"),
        ("SÉVILLE", "seville"),
        ("одеса", "odesa"),
        ("Kyjiv", ""),
        ("zaporizhzhia", "s1 zap"),
        ("zaporizhzhia drones", "s1"),
        ("zapor", ""),
        ("zapor*", "s1 zap"),
        ("zaporizhzhia -drones", "zap"),
        ('zaporizhzhia -"power plant"', "zap"),
        ("zaporizhzhia - drones", "s1"),
        ("-drones", ""),
        ('"power plant"', "s1"),
        ('"plant power"', ""),
        ('"power pla"*', "s1"),
        ('"power plant', "s1"),
        ("cease-fire", "s2"),
        ("cease fire", "s2 s3"),
        ("fire AND NOT near OR talks", "s3"),
        ("text:seville", ""),
        ("(seville)", "seville"),
        ("whole", ""),
        ("nameless", ""),
        ("", ""),
        (' "" * - "-" ', ""),
        ("\0seville\ud800", "seville"),
    ],
)
def test_finds(index: TextIndex, words: str, names: str) -> None:
    assert sorted(found(index, words)) == names.split()


def test_last_word_may_be_a_beginning(index: TextIndex) -> None:
    assert found(index, "drones zap", prefix=True) == ["s1"]
    assert found(index, "drone zap", prefix=True) == []
    assert found(index, "cease-f", prefix=True) == ["s2"]
    assert found(index, "zaporizhzhia -dro", prefix=True) == ["zap", "s1"]


def test_letter_in_two_characters_is_the_same_letter(index: TextIndex) -> None:
    apart = unicodedata.normalize("NFD", "Йосип")
    assert apart != "Йосип"
    index.rebuild([said("together", "Йосип"), said("apart", apart)])
    assert found(index, "йосип") == found(index, apart.lower()) == ["apart", "together"]


def test_name_comes_before_a_sentence_with_it_and_limit_keeps_the_best(index: TextIndex) -> None:
    (first, high), (second, low) = index.search("kyiv")
    assert (first, second) == (node("kyiv"), node("s2"))
    assert 1 >= high > low > 0
    assert index.search("kyiv", limit=1) == [(node("kyiv"), high)]
    assert index.search("kyiv", limit=0) == []


def test_equal_scores_are_in_the_order_of_iris(index: TextIndex) -> None:
    index.rebuild([said(name, "Ivanivka") for name in ("c", "a", "d", "b")])
    assert found(index, "ivanivka") == ["a", "b", "c", "d"]
    assert found(index, "ivanivka", limit=2) == ["a", "b"]


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("", "label name sentence span title"),
        ("label", "label"),
        ("name", "name"),
        ("title", "title"),
        ("sentence", "sentence"),
        ("span", "span"),
        ("name title", "name title"),
    ],
)
def test_search_of_some_fields(index: TextIndex, fields: str, names: str) -> None:
    index.rebuild(
        [
            said("label", "Goma"),
            said("name", "Goma", PREF),
            said("title", "Goma falls", TITLE),
            said("sentence", "Goma has fallen today.", EXACT),
            said("span", "in Goma", EXACT),
        ]
    )
    hits = index.search("gom*", fields=fields.split())
    assert sorted(hit.value.rpartition("/")[2] for hit, _ in hits) == names.split()
    assert index.search("goma -g*", fields=fields.split()) == []


def test_field_that_there_is_none_of(index: TextIndex) -> None:
    with pytest.raises(QueryError, match="there is no field 'nome' to search, but label, name, title, sentence, span"):
        index.search("kyiv", fields=["nome"])


def test_text_that_is_the_words_comes_first_and_counts_as_one(index: TextIndex) -> None:
    often = [Triple(node("oblast"), MENTION, node(f"m{n}")) for n in range(50)]
    index.rebuild([said("oblast", "Zürich Oblast"), said("zurich", "Zürich"), said("port", "Port of Zürich"), *often])
    scores = dict(index.search("ZURICH*"))
    assert next(iter(scores)) == node("zurich")
    assert scores[node("zurich")] == 1
    assert scores[node("oblast")] < 1


def test_of_names_that_fit_alike_the_one_mentioned_oftener_comes_first(index: TextIndex) -> None:
    mentions = [Triple(node("b"), MENTION, node(f"m{n}")) for n in range(3)]
    names = [said(name, f"Ivan {name}") for name in ("a", "b", "c")]
    index.rebuild([*names, *mentions, Triple(node("c"), MENTION, node("m9"))])
    assert found(index, "ivan") == ["b", "c", "a"]
    assert found(index, "ivan", limit=1) == ["b"]


def test_file_of_another_version(index: TextIndex, path: Path) -> None:
    index.close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.execute("CREATE TABLE more (a)")
    other.close()
    with TextIndex(path, read_only=True) as read:
        assert not read.is_current
        with pytest.raises(StoreError, match="another version's text index: open the store for writing once"):
            read.search("kyiv")
    with TextIndex(path) as written:
        assert written.needs_rebuild
        assert written.recover(lambda _: True) == -1
        written.prepare([], [said("lviv", "Lviv")], emptied=True)
        written.finish()
        written.rebuild([said("odesa", "Odesa")])
        assert written.is_current
        assert not written.needs_rebuild
        assert found(written, "odesa") == ["odesa"]


@pytest.mark.parametrize("size", [10, 100, 5000])
def test_damaged_file_is_made_anew(index: TextIndex, path: Path, size: int) -> None:
    index.close()
    path.write_bytes(b"not a database " * size)
    with TextIndex(path) as again:
        assert again.needs_rebuild
        again.rebuild([said("odesa", "Odesa")])
        assert found(again, "odesa") == ["odesa"]


def test_missing_file(path: Path) -> None:
    with TextIndex(path, read_only=True) as read:
        assert not read.is_current
        with pytest.raises(StoreError, match="no text index yet: opening the store for writing makes it"):
            read.search("kyiv")
        with TextIndex(path) as written:
            assert written.needs_rebuild
            with pytest.raises(StoreError, match="no text index yet"):
                read.search("kyiv")
            written.rebuild([said("kyiv", "Kyiv")])
            assert found(read, "kyiv") == ["kyiv"]


def test_reader_writes_nothing_and_a_closed_index_tells(index: TextIndex, path: Path) -> None:
    with TextIndex(path, read_only=True) as read, pytest.raises(StoreError, match="opened for reading only"):
        read.prepare([], [said("lviv", "Lviv")])
    index.close()
    for closed in (index, read):
        with pytest.raises(StoreError, match="has been closed"):
            closed.search("kyiv")


def test_other_process_reads_while_one_writes(index: TextIndex, path: Path) -> None:
    met = []

    def triples() -> Iterable[Triple]:
        yield said("odesa", "Kyiv")
        met.append(elsewhere(path, "kyiv"))  # in the middle of the transaction

    index.rebuild(triples())
    assert met == ["https://example.org/kyiv https://example.org/s2"]
    assert elsewhere(path, "kyiv") == "https://example.org/odesa"
    index.prepare([said("odesa", "Kyiv")], [])
    assert elsewhere(path, "kyiv") == "https://example.org/odesa"
    index.finish()
    assert elsewhere(path, "kyiv") == ""
    index.close()
    assert elsewhere(path, "kyiv") == ""


def test_rebuild_that_fails_leaves_the_index(index: TextIndex) -> None:
    def triples() -> Iterable[Triple]:
        yield said("lviv", "Lviv")
        raise StoreError("the disk is gone")

    with pytest.raises(StoreError, match="the disk is gone"):
        index.rebuild(triples())
    assert (found(index, "lviv"), found(index, "seville")) == ([], ["seville"])


TYPED = st.text() | st.text(st.sampled_from("a \"*-^:(){}+,.'\0\ud800éй\u0301")) | st.text(st.characters(codec=None))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextIndex]:
    with TextIndex(tmp_path_factory.mktemp("text") / "index") as opened:
        opened.rebuild([said("a", "a é й -a"), said("b", "A a")])
        yield opened


@given(typed=TYPED, prefix=st.booleans())
def test_nothing_typed_is_an_error(small: TextIndex, typed: str, prefix: bool) -> None:
    scores = [score for _, score in small.search(typed, prefix=prefix)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_very_many_words_are_no_error(small: TextIndex) -> None:
    assert found(small, "a " * 5000) == ["a", "b"] or found(small, "a " * 5000) == ["b", "a"]
    assert found(small, " ".join(f"w{n}" for n in range(5000))) == []
    assert found(small, "é " + " ".join(f"-w{n}" for n in range(5000))) == ["a"]
