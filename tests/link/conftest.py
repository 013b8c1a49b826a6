"""The small world, built once."""

import pytest

from kg.names import Gazetteer
from tests.link import world


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer of `tests.link.world`."""
    return world.world(tmp_path_factory.mktemp("world") / "gazetteer")
