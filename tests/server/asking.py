"""What tests send to a server and how they read its answers."""

import httpx

EX = "https://example.org/"
PREFIX = f"PREFIX e: <{EX}> "
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def at(client: httpx.Client, path: str) -> str:
    """The whole address of a path on the client's server."""
    return str(client.base_url).rstrip("/") + path


def bindings(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a table that was asked for as JSON, every term as its text."""
    assert answer.status_code == 200, answer.text
    return [{name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]]


def select(client: httpx.Client, query: str, **graphs: str | list[str]) -> list[dict[str, str]]:
    """The rows of a query, in which `e:` is https://example.org/; `graphs` are parameters of the protocol."""
    params = {name.replace("_", "-"): value for name, value in graphs.items()}
    return bindings(client.post("/sparql", params=params, content=PREFIX + query, headers=QUERY))


def ask(client: httpx.Client, query: str) -> bool:
    """The answer to an ASK query, in which `e:` is https://example.org/."""
    answer = client.post("/sparql", content=PREFIX + query, headers=QUERY)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


def update(client: httpx.Client, text: str) -> None:
    """Does an update, in which `e:` is https://example.org/."""
    answer = client.post("/update", content=PREFIX + text, headers=UPDATE)
    assert answer.status_code == 200, answer.text


def graphs(client: httpx.Client) -> dict[str, int]:
    """How many triples each named graph has."""
    query = "SELECT ?g (COUNT(?s) AS ?n) { GRAPH ?g { OPTIONAL { ?s ?p ?o } } } GROUP BY ?g"
    return {row["g"].removeprefix(EX): int(row["n"]) for row in select(client, query)}
