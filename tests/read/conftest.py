"""A web site for the tests of what is fetched."""

from collections.abc import Iterator

import pytest

from kg.read.manners import manners
from tests.read.site import Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    manners.cache_clear()  # a site of another test may have had the same port
    with served() as each:
        yield each
