"""What holds for every test: none sees what the person who runs them has set or built for the program."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Runs the tests without the user's own gazetteer, judgements or cache, and without variables that name them."""
    patch = pytest.MonkeyPatch()
    for name in [name for name in os.environ if name.startswith("KG_")]:
        patch.delenv(name)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
    yield
    patch.undo()
