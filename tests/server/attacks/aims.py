"""What attacks aim at, and whether they hit it."""

import httpx

from tests.server.serving import ask, values

OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "@">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="urn:s"><p xmlns="urn:">&a;</p></rdf:Description>
</rdf:RDF>"""


def aimed(text: str, port: int) -> str:
    return text.replace("@port", str(port)).replace("@", f"http://127.0.0.1:{port}/")


def graphs(client: httpx.Client) -> set[str]:
    return set(values(ask(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")))
