"""`/id/…` and `/graph/…`: every IRI that this store minted, as a page for people and as RDF for machines."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kg.errors import NotFound
from ontology import NAMESPACE
from server import media
from server.iris import node
from server.pages import page_of
from server.stores import names, rows, store

blueprint = Blueprint("entity", __name__)
FORMATS = tuple(media.GRAPH_TYPES)
HTML = "html"


@blueprint.get("/id/<path:path>")
def entity(path: str) -> AnyResponse:
    """What the store knows about `{base}{path}`; a suffix such as `.ttl` asks for a format as Accept does."""
    path, suffix = _suffix(path)
    iri = names().base + path
    format = suffix or _format()
    if format == HTML:
        return _page(iri, path)
    subject = node(iri)
    known = store().query(f"ASK {{ {{ {subject} ?p ?o }} UNION {{ ?s ?p {subject} }} }}")
    if not known.boolean:
        raise NotFound(f"nothing is known about {iri}")
    both = f"{{ {subject} ?p ?o }} UNION {{ ?s ?q {subject} }}"
    return _rdf(f"CONSTRUCT {{ {subject} ?p ?o . ?s ?q {subject} }} WHERE {{ {both} }}", format, f"/id/{path}")


@blueprint.get("/graph/<path:path>")
def graph(path: str) -> AnyResponse:
    """The named graph `{graphs}{path}` as RDF; a browser is sent on to the page of its article."""
    path, suffix = _suffix(path)
    iri = names().graphs + path
    named = node(iri)
    if not store().query(f"ASK {{ GRAPH {named} {{ ?s ?p ?o }} }}").boolean:
        raise NotFound(f"there is no graph {iri}")
    format = suffix or _format()
    if format != HTML:
        return _rdf(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {named} {{ ?s ?p ?o }} }}", format, f"/graph/{path}")
    articles = rows(
        f"SELECT ?article WHERE {{ GRAPH {named} {{ ?article a <{NAMESPACE}Article> }} }} ORDER BY ?article"
    )
    if not articles:
        raise NotFound(f"{iri} holds no article; ask for it as Turtle")
    return redirect(names().href(articles[0]["article"]) or "/", code=303)


def _page(iri: str, path: str) -> Response:
    classes = rows(f"SELECT ?class WHERE {{ {node(iri)} a ?class }}")
    page = page_of(iri, path, {row["class"].removeprefix(NAMESPACE) for row in classes})
    if page is None:
        raise NotFound(f"nothing is known about {iri}")
    return Response(page, mimetype="text/html", headers={"Vary": "Accept"})


def _rdf(sparql: str, format: str, path: str) -> Response:
    return Response(
        store().query(sparql).encode(format),
        content_type=media.content_type(format),
        headers={"Vary": "Accept", "Content-Location": f"{path}.{format}"},
    )


def _suffix(path: str) -> tuple[str, str | None]:
    """The path without its format's suffix, and the format."""
    stem, _, suffix = path.rpartition(".")
    return (stem, suffix) if stem and suffix in (*FORMATS, HTML) else (path, None)


def _format() -> str:
    """The format to answer in: Turtle where the client has no wish, 406 where it has one that can't be met."""
    format = media.chosen(request, (*FORMATS, HTML))
    return format or media.refuse((*FORMATS, HTML))
