"""The header of a `.rq` file: comment lines `# title:`, `# description:`, `# parameter:` before the query itself.

A query that calls another server has a line `# first:` too: a SELECT of one column to be asked before. What that finds
stands in the query as `$found`, because Oxigraph sends a SERVICE clause as it is, without what it knows by then.
"""

from __future__ import annotations

import re

from kg.errors import UsageError
from kg.queries.named import TYPES, NamedQuery, Parameter

_FIELD = re.compile(r"# (title|description|parameter|first): (.+)")
_PARAMETER = re.compile(r'(\w+) (\w+) = ("[^"]*"|\S+) -- (.+)')


def read(name: str, text: str) -> NamedQuery:
    """The query that a `.rq` file holds. Raises UsageError, with the line, for a header that can't be read."""
    lines = text.splitlines(keepends=True)
    fields: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            body = "".join(lines[number - 1 :])
            break
        if line.startswith("#   ") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line[1:].strip()}")
        elif match := _FIELD.fullmatch(line.strip()):
            fields.append((match[1], match[2]))
        else:
            raise UsageError(f"{name}.rq, line {number}: a header line is title, description, parameter or first")
    else:
        raise UsageError(f"{name}.rq has no query after its header")
    said = dict(fields)
    parameters = tuple(_parameter(name, value) for field, value in fields if field == "parameter")
    first = said.get("first", "")
    used = set(re.findall(r"\$(\w+)", first + body))
    declared = {parameter.name for parameter in parameters} | ({"found"} if first else set())
    if used != declared or not said.keys() >= {"title", "description"}:
        raise UsageError(f"{name}.rq needs a title, a description and a parameter line for each $name, and no other")
    return NamedQuery(name, said["title"], said["description"], parameters, body, first)


def _parameter(name: str, value: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None or match[2] not in TYPES:
        raise UsageError(f"{name}.rq: `{value}` is not `name type = default -- description`, of {', '.join(TYPES)}")
    return Parameter(match[1], match[2], match[3].strip('"'), match[4])
