"""The formats and views stand where they are wanted before `kg.export` is loaded; all lists tell the same."""

from kg.cli.export import FORMATS, VIEWS
from kg.export import FORMATS as WRITTEN
from kg.export import views
from server.pages.taking import WAYS


def test_command_line_offers_what_can_be_written() -> None:
    assert set(FORMATS) == set(WRITTEN)
    assert set(VIEWS) == set(views())


def test_page_offers_what_can_be_written() -> None:
    assert {way.format for way in WAYS} == set(WRITTEN)
    assert len(WAYS) == len(WRITTEN)
