"""What the cache of answers gives, keeps and lets go of."""

from server.cache import Cache, Kept


def kept(version: int, size: int) -> Kept:
    return Kept(version, (), b"x" * size)


def test_cache_gives_what_the_same_version_gave() -> None:
    cache = Cache(1600)
    cache.put("q", kept(1, 10))
    assert cache.get("q", 1) == kept(1, 10)
    assert cache.get("other", 1) is None
    assert cache.get("q", 2) is None
    assert cache.size == 0, "what is out of date takes no room"


def test_cache_lets_go_of_what_was_asked_longest_ago() -> None:
    cache = Cache(1600)
    for name in "abcdefghijklmnop":
        cache.put(name, kept(1, 100))
    assert cache.get("a", 1)
    cache.put("q", kept(1, 100))
    assert cache.get("a", 1)
    assert cache.get("b", 1) is None
    assert cache.size == 1600


def test_cache_keeps_no_answer_that_takes_much_of_it() -> None:
    cache = Cache(1600)
    cache.put("large", kept(1, 101))
    assert cache.get("large", 1) is None
    cache.put("fits", kept(1, 100))
    cache.put("fits", kept(2, 50))
    assert (cache.get("fits", 2), cache.size) == (kept(2, 50), 50)


def test_cache_of_nothing_keeps_nothing() -> None:
    cache = Cache(0)
    cache.put("q", kept(1, 1))
    assert cache.get("q", 1) is None
