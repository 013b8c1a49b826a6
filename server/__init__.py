"""The endpoint over HTTP: SPARQL, pages for people, IRIs that dereference, the ontology.

`create_app` gives the WSGI application over an open store; `serve` opens a store and runs the application.
"""

from server.app import create_app
from server.run import serve

__all__ = ["create_app", "serve"]
