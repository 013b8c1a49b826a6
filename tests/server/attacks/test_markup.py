"""Markup that runs, grows or reads: scripts in pages and entities in XML do no harm."""

import time
from collections.abc import Iterator

import pytest

from tests.server.attacks.aims import OUTSIDE, graphs
from tests.server.serving import TURTLE, Served

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SCRIPT = "<script>alert(1)</script>"
BASE = "https://w3id.org/conflictkg/id/"
TENFOLD = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
LAUGHS = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a0 "ha ha ha ha ha ha ha ha ha ha">{TENFOLD}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="urn:s"><p xmlns="urn:">&a9;</p></rdf:Description>
</rdf:RDF>"""


@pytest.fixture(scope="module")
def scripted(served: Served) -> Iterator[Served]:
    """A server whose store has scripts wherever someone may write text, and IRIs that run when followed."""
    label, kind = "http://www.w3.org/2000/01/rdf-schema#label", "https://w3id.org/conflictkg/ns#"
    body = f"""
        <{BASE}entity/x'onmouseover=alert(1)> a <{kind}Entity> ;
            <{label}> "{SCRIPT}", "\\"><img src=x onerror=alert(1)>" ;
            <{kind}note> "{SCRIPT}" ; <{kind}{"x'y"}> <javascript:alert(1)>, <data:text/html,alert(1)> ;
            <http://www.w3.org/2002/07/owl#sameAs> <javascript:alert(2)> .
        <{BASE}article/a> a <{kind}Article> ; <http://purl.org/dc/terms/title> "{SCRIPT}" ; <{label}> "{SCRIPT}" ;
            <http://purl.org/dc/terms/source> <javascript:alert(3)> ; <https://schema.org/url> <javascript:alert(4)> ;
            <{kind}text> "{SCRIPT}" .
        <{BASE}claim/c> a <{kind}Claim> ; <{label}> "{SCRIPT}" ; <{kind}about> <{BASE}entity/x'onmouseover=alert(1)> ;
            <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}article/a> .
    """
    with served.client() as client:
        answer = client.put("/store?graph=urn:scripts", content=body.encode(), headers=TURTLE)
        assert answer.status_code == 201, answer.text
        yield served
        client.delete("/store?graph=urn:scripts", headers=TURTLE)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/sparql", "/id/entity/x'onmouseover=alert(1)", "/id/article/a", "/id/claim/c", f"/id/{SCRIPT}",
        f"/graph/{SCRIPT}", f"/{SCRIPT}", f"/search?q={SCRIPT}", f"/search?words={SCRIPT}", f"/?q={SCRIPT}",
        f"/sparql?query={SCRIPT}&format=html", f"/ns/{SCRIPT}", f"/store?graph={SCRIPT}", f"/static/{SCRIPT}",
    ],
)  # fmt: skip
def test_page_runs_nobody_s_script(scripted: Served, path: str) -> None:
    with scripted.client() as client:
        answer = client.get(path, headers=BROWSER)
    if "html" in answer.headers["Content-Type"]:
        assert SCRIPT not in answer.text
        assert "<img src=x" not in answer.text
        for attribute in ("href", "src", "action"):
            for quote in "\"'":
                assert f"{attribute}={quote}javascript:" not in answer.text
                assert f"{attribute}={quote}data:text/html" not in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        assert {"base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_show_what_scripts_say(scripted: Served) -> None:
    """They are escaped, not left out: else the tests above would see nothing."""
    with scripted.client() as client:
        page = client.get("/id/entity/x'onmouseover=alert(1)", headers=BROWSER).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE.replace("@", "file:///etc/passwd")], ids=["laughs", "file"])
def test_entities_of_xml_do_no_harm(served: Served, body: str) -> None:
    with served.client() as client:
        began = time.monotonic()
        headers = TURTLE | {"Content-Type": "application/rdf+xml"}
        answer = client.put("/store?graph=urn:hit", content=body, headers=headers)
        assert answer.status_code in (400, 413, 503), answer.text
        assert time.monotonic() - began < 8
        assert "urn:hit" not in graphs(client)
        assert "root:" not in answer.text
