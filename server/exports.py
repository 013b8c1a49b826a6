"""`/export`: what is chosen by parameters, in a format that other tools open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.export import FORMATS, NETWORKS, views
from server.protocol import FORM, Refused, parameters

PATHS = ("/export", "/export/")
DEFAULT_VIEW = "events"
MOST_NODES = 10_000


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for. `given` has all parameters, of which the evaluator makes a selection."""

    format: str
    view: str
    given: Mapping[str, list[str]]

    @property
    def terms(self) -> dict[str, object]:
        """The job for an evaluator."""
        return {"job": "export", "format": self.format, "view": self.view, "given": dict(self.given)}

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        drawn = f"-{self.view}" if self.format in NETWORKS else ""
        return f"conflictkg{drawn}.{self.format}"


def export(method: str, query_string: str, content_type: str, body: bytes) -> Export:
    """The export that a request asks for. Raises Refused."""
    given = parameters(query_string, most=MOST_NODES)
    if method == "POST":
        media = content_type.partition(";")[0].strip().lower()
        if media != FORM:
            raise Refused(415, f"send what to export as {FORM}, not as {media or 'nothing'}", {"Accept-Post": FORM})
        try:
            sent = parameters(body.decode("utf8"), most=MOST_NODES)
        except UnicodeDecodeError as error:
            raise Refused(400, f"the parameters are not UTF-8: {error.reason}") from error
        for name, values in sent.items():
            given.setdefault(name, []).extend(values)
    format, view = (given.get(name, [""])[-1] for name in ("format", "view"))
    if format not in FORMATS:
        raise Refused(400, f"format must be one of {', '.join(FORMATS)}")
    if view and view not in views():
        raise Refused(400, f"view must be one of {', '.join(views())}")
    return Export(format, view or DEFAULT_VIEW, given)
