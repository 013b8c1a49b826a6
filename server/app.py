"""The application factory: the settings of a server, its blueprints, and the headers that every answer carries."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

import ontology
import server.admin
import server.entity
import server.graphs
import server.health
import server.pages.home.page
import server.pages.incidents.page
import server.pages.map.page
import server.pages.network.page
import server.pages.review.page
import server.pages.search.page
import server.pages.taking
import server.sparql
import server.vocabulary
from kg.errors import KGError
from server.assets import add_assets
from server.iris import Names
from server.metrics import Metrics
from server.pages.home.overview import overview
from server.pool.settings import Settings
from server.pool.state import State
from server.protocol import Refused
from server.statistics import Latest, statistics
from server.stores import Asked, rows_of
from server.zipped import zipped

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
BLUEPRINTS = (
    server.pages.home.page.blueprint,
    server.pages.incidents.page.blueprint,
    server.pages.map.page.blueprint,
    server.pages.network.page.blueprint,
    server.pages.review.page.blueprint,
    server.pages.search.page.blueprint,
    server.pages.taking.blueprint,
    server.sparql.blueprint,
    server.graphs.blueprint,
    server.entity.blueprint,
    server.vocabulary.blueprint,
    server.health.blueprint,
    server.admin.blueprint,
)


def create_app(settings: Settings, metrics: Metrics | None = None) -> Flask:
    """The WSGI application of a server whose processes run in `settings.rundir`; `server.front` stands before it."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.body or None
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.query
    app.extensions["kg.settings"] = settings
    app.extensions["kg.state"] = State(Path(settings.rundir))
    app.extensions["kg.store"] = asked = Asked(settings)
    app.extensions["kg.names"] = names = Names.under(settings.base)
    app.extensions["kg.metrics"] = metrics or Metrics(Path(settings.rundir) / "metrics")
    app.extensions["kg.statistics"] = Latest(lambda: statistics(lambda sparql: rows_of(asked, sparql)))
    app.extensions["kg.overview"] = Latest(lambda: overview(lambda sparql: rows_of(asked, sparql)))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(title=settings.title, href=names.href, short=names.short, narrowest=ontology.narrowest)
    add_assets(app)
    app.after_request(_headers)
    app.after_request(zipped)
    app.register_error_handler(KGError, _known_error)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    settings: Settings = current_app.extensions["kg.settings"]
    if request.headers.get("Origin") in settings.origins:
        response.headers.setdefault("Access-Control-Allow-Origin", request.headers["Origin"])
        response.headers.add("Vary", "Origin")
    elif request.method in ("GET", "HEAD", "OPTIONS"):
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Access-Control-Expose-Headers", "Content-Location, Content-Type, ETag, Link")
    return response


def _known_error(error: KGError) -> Response:
    if error.http_status >= 500:
        current_app.logger.error("%s: %s", type(error).__name__, error)
    problem = _problem(error.http_status, str(error))
    if isinstance(error, Refused):
        problem.headers.extend(error.headers)
    return problem


def _http_error(error: HTTPException) -> Response:
    answer = error.get_response()
    problem = _problem(error.code or 500, error.description or error.name)
    for name, value in answer.headers.items():
        if name not in ("Content-Type", "Content-Length"):
            problem.headers[name] = value
    return problem


def _problem(status: int, message: str) -> Response:
    """The error as a page for a browser, as plain text for everybody else."""
    if request.method == "GET" and request.accept_mimetypes.best_match(["text/plain", "text/html"]) == "text/html":
        page = render_template("problem.html", status=status, message=message)
        return Response(page, status=status, mimetype="text/html", headers={"Vary": "Accept"})
    return Response(message + "\n", status=status, mimetype="text/plain", headers={"Vary": "Accept"})
