"""The query behind a network: what a reader can run, change and take along to get the same edges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import ontology
from kg.export import Selection, View
from ontology import NAMESPACE, Property
from server.iris import node
from server.pages.network.address import Address
from server.pages.prefixed import prefixed

OURS = re.compile(f"<{re.escape(NAMESPACE)}([A-Za-z]+)>")


def network_query(address: Address) -> str:
    """SPARQL for what the address asks for: a CONSTRUCT of its edges or, where events are edges, a table of them.

    A query of the reader's own is given back as it is. Limits are not in it, nor is what was hidden.
    """
    chosen = address.selection
    if chosen.query:
        return chosen.query
    query = _acts(address, chosen) if address.view.source else _edges(address, chosen)
    return prefixed(OURS.sub(r"ckg:\1", query))


def _edges(address: Address, chosen: Selection) -> str:
    """The edges of a view that keeps events as nodes: all between the nodes that are drawn."""
    ends = "\n".join(
        f"  {{ SELECT DISTINCT {end} WHERE {{\n{_drawn(address, chosen, end)}\n  }} }}" for end in ("?from", "?to")
    )
    return f"""CONSTRUCT {{ ?from ?property ?to }} WHERE {{
{ends}
  ?from ?property ?to .
  VALUES ?property {{ {_listed(sorted(address.view.edges))} }}
}}"""


def _drawn(address: Address, chosen: Selection, name: str) -> str:
    """Binds the variable to the nodes that are drawn."""
    view, steps = address.view, _either(address.view.edges.values())
    back = "|".join(f"^<{iri}>" for iri in sorted(view.edges))
    near = (*chosen.around, *dict.fromkeys(address.expand))
    parts = []
    if chosen.nodes:
        parts.append(f"VALUES {name} {{ {_listed(chosen.nodes)} }}")
    elif not chosen.around:
        parts.append(f"{_indented(chosen.pattern)}\n      ?event {_to_claims(view)}({steps})? {name} .")
    if near:
        # What many events come to is no node of a network of events.
        classes = ("Event", "Incident") if chosen.narrows else ("Incident",)
        unmeant = "".join(f"\n      FILTER NOT EXISTS {{ {name} a ckg:{each} }}" for each in classes)
        parts.append(f"VALUES ?node {{ {_listed(near)} }} ?node ({steps}|{back})? {name} .{unmeant}")
    if near and chosen.narrows:
        reached = f"VALUES ?node {{ {_listed(near)} }} ?node ({steps}|{back})? ?event . BIND(?event AS {name})"
        parts.append(f"{_indented(chosen.pattern)}\n      {reached}")
    kinds = " UNION ".join(f"{{\n      {part}\n    }}" for part in parts)
    return f"    {kinds}{_of_classes(view, chosen, name)}"


def _to_claims(view: View) -> str:
    """The path from an event to what is told about it, where the view draws that."""
    about = [p for p in view.edges.values() if "Event" in p.range and p.domain & (view.spine - {"Event"})]
    return "".join(f"(^<{each.iri}>)?/" for each in about)


def _of_classes(view: View, chosen: Selection, name: str) -> str:
    """Keeps those of the classes that are wanted, what they are all joined by, and where the drawing starts."""
    if not chosen.classes:
        return ""
    kept = _ours(sorted(ontology.narrower(*chosen.classes) | view.spine))
    wanted = f"EXISTS {{ {name} a ?class VALUES ?class {{ {kept} }} }}"
    start = f"{name} IN ({_listed(chosen.around, ', ')}) || " if chosen.around else ""
    return f"\n    FILTER({start}{wanted})"


def _acts(address: Address, chosen: Selection) -> str:
    """Who acted on whom: a row for each edge, with how many events it stands for."""
    view, pointed = address.view, chosen.around or chosen.nodes
    meant = replace(chosen, around=(), nodes=(), sides=pointed)
    first = ""
    if address.expand:
        added = replace(chosen, articles=(), entities=(), places=(), around=(), nodes=(), sides=address.expand)
        first = "".join(_party(view, (meant.pattern, added.pattern), name) for name in ("?who", "?whom"))
        meant = replace(added, sides=())
    among = ""
    if chosen.nodes:
        nodes = _listed(chosen.nodes, ", ")
        among = f"\n  FILTER(?who IN ({nodes}) && ?whom IN ({nodes}))"
    return f"""SELECT ?who ?type ?whom (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  {first}{meant.pattern}
  ?event ckg:eventType ?type .
  {{ ?event <{view.source}> ?who ; <{view.target}>/<{view.owner}>? ?whom }}
  UNION {{
    ?event <{view.source}> ?who, ?whom .
    VALUES ?type {{ {_ours(sorted(view.mutual))} }}
    FILTER(STR(?who) < STR(?whom))
  }}
  ?who a ckg:Agent . ?whom a ckg:Agent .
  FILTER(?who != ?whom){among}{_kinds(view, chosen, "?who")}{_kinds(view, chosen, "?whom")}
}} GROUP BY ?who ?type ?whom ORDER BY DESC(?events)"""


def _kinds(view: View, chosen: Selection, name: str) -> str:
    return _of_classes(view, replace(chosen, around=chosen.around or chosen.nodes), name).replace("\n    ", "\n  ")


def _party(view: View, patterns: Iterable[str], name: str) -> str:
    """Binds the variable to those who act in the events, or are acted on."""
    ends = f"?event <{view.source}>|(<{view.target}>/<{view.owner}>?) {name} ."
    either = " UNION ".join(f"{{\n      {_indented(pattern)}\n    }}" for pattern in patterns)
    return f"{{ SELECT DISTINCT {name} WHERE {{\n    {either}\n    {ends}\n  }} }}\n  "


def _either(properties: Iterable[Property]) -> str:
    return "|".join(sorted(f"<{each.iri}>" for each in properties))


def _listed(iris: Iterable[str], between: str = " ") -> str:
    return between.join(str(node(iri)) for iri in iris)


def _ours(names: Iterable[str]) -> str:
    return _listed(NAMESPACE + name for name in names)


def _indented(pattern: str) -> str:
    return pattern.replace("\n", "\n    ")
