"""Our own queries made whole: readable, and runnable by themselves wherever they are taken."""

from __future__ import annotations

import re

from server.iris import PREFIXES

TERMS = re.compile(r'<[^<>\s]*>|"(?:[^"\\]|\\.)*"')
USED = re.compile(r"(?<![\w?$:-])([a-z]+):(?=[A-Za-z])")


def prefixed(sparql: str) -> str:
    """The query with a PREFIX line for each prefix that it uses."""
    names = sorted({name for name in USED.findall(TERMS.sub("", sparql)) if name in PREFIXES})
    return "\n".join([*(f"PREFIX {name}: <{PREFIXES[name]}>" for name in names), sparql.strip()])
