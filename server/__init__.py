"""The endpoint over HTTP: SPARQL, pages for people, IRIs that dereference, the ontology.

`serve` starts the processes of a server and runs until it is stopped; `create_app` gives the Flask application that
answers all but queries there.
"""

from server.app import create_app
from server.run import serve

__all__ = ["create_app", "serve"]
