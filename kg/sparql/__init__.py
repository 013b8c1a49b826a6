"""SPARQL as our stores need it, between a text and Oxigraph.

`evaluate` turns an update into a Change, which `apply` does in one transaction; `rewritten` answers full-text search in
a query; `depth`, `chain` and `unescaped` are for whoever must judge a text before Oxigraph reads it.
"""

from kg.sparql.change import UNNAMED, Change, Union, apply, replacement, together, union_of
from kg.sparql.dataset import Dataset, from_clauses, merged
from kg.sparql.evaluate import evaluate
from kg.sparql.nesting import chain, depth
from kg.sparql.operations import Operation, loads, operations
from kg.sparql.search import MATCHES, Find, rewritten
from kg.sparql.tokens import Token, tokens, unescaped

__all__ = [
    "MATCHES",
    "Find",
    "UNNAMED",
    "Change",
    "Dataset",
    "Operation",
    "Token",
    "Union",
    "apply",
    "chain",
    "depth",
    "evaluate",
    "from_clauses",
    "loads",
    "merged",
    "operations",
    "replacement",
    "rewritten",
    "together",
    "tokens",
    "union_of",
    "unescaped",
]
