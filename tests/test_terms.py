"""The vocabulary is a contract: nothing outside it is used, nothing in it is missing, and it stays small."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, URIRef

import ontology

ROOT = Path(__file__).parents[1]


def names(text: str) -> list[str]:
    return text.split()


CLASSES = names("""
    Event Incident Conflict Place Agent Person Group Organization State GovernmentBody InternationalOrganization
    ArmedForce ArmedGroup NewsOutlet Asset Article Mention Claim CountClaim Extraction EventType Measure Kind Factuality
""")
PROPERTIES = names("""
    eventType actor target weapon place mediator startDate endDate precision incident partOf trigger about claimant
    reportedIn factuality confidence cue measure counted affected count low high total mention inArticle start end exact
    text sketch country role memberOf within kind owner
""")
CODES = {
    "EventType": names("""
        Violence AirStrike DroneAttack MissileAttack Shelling Bombing ArmedClash ArmedAttack Interception
        Control TerritoryCaptured Withdrawal Mobilization Deployment Exercise Diplomacy Talks Agreement Ceasefire Visit
        Pressure Demand Threat Accusation Sanction Aid MilitaryAid HumanitarianAid Unrest Protest Riot Coup
        Custody Arrest Abduction Release PrisonerExchange Displacement Evacuation Flight
    """),
    "Measure": names("""
        Killed Wounded Missing Captured Released Displaced Launched Intercepted Destroyed Damaged Struck
        Deployed Supplied
    """),
    "Kind": names("""
        People Civilians Children Combatants Prisoners Hostages AidWorkers Journalists
        Weapons Drones Missiles BallisticMissiles CruiseMissiles Rockets Artillery Bombs Explosives Firearms
        ChemicalWeapons
        Equipment Aircraft Helicopters Ships Tanks Vehicles AirDefenceSystems
        Sites Buildings Homes Hospitals Schools EnergyFacilities MilitarySites Settlements Infrastructure
    """),
    "Factuality": names("Asserted Denied Possible Planned Hypothetical"),
}
USE = re.compile(r"""\bckg:([A-Za-z]\w*)|\bCKG\.([A-Za-z]\w*)|\bckg\(["']([A-Za-z]\w*)["']\)""")
SOURCES = [
    path
    for room in ("kg", "server", "ontology")
    for path in sorted((ROOT / room).rglob("*"))
    if path.suffix in {".py", ".rq", ".ttl", ".md", ".html", ".toml"}
    and not {"node_modules", "vendor"} & set(path.parts)
] + [path for path in [ROOT / "README.md"] if path.exists()]


def local_names(*kinds: URIRef) -> set[str]:
    graph = ontology.graph()
    return {str(term).removeprefix(ontology.NAMESPACE) for kind in kinds for term in graph.subjects(RDF.type, kind)
            if str(term).startswith(ontology.NAMESPACE)}  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_term_used_is_defined(path: Path) -> None:
    used = {name for match in USE.finditer(path.read_text("utf8")) for name in match.groups() if name}
    assert used - ontology.terms() == set()


def test_the_classes_are_the_contract() -> None:
    assert set(CLASSES) <= local_names(OWL.Class)


def test_the_properties_are_the_contract() -> None:
    assert set(PROPERTIES) <= local_names(OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.mark.parametrize("scheme", CODES)
def test_the_codes_are_the_contract(scheme: str) -> None:
    assert set(ontology.codes(scheme)) == set(CODES[scheme])


def test_the_vocabulary_stays_small() -> None:
    assert len(local_names(OWL.Class)) <= 26
    assert len(local_names(OWL.ObjectProperty, OWL.DatatypeProperty)) <= 40


def test_no_name_has_two_meanings() -> None:
    every = [*CLASSES, *PROPERTIES, *(name for found in CODES.values() for name in found)]
    assert sorted({name for name in every if every.count(name) > 1}) == []


def test_every_term_is_labelled_and_defined() -> None:
    graph = ontology.graph()
    skos = "http://www.w3.org/2004/02/skos/core#"
    for name in [*CLASSES, *PROPERTIES]:
        term = ontology.CKG[name]
        assert graph.value(term, RDFS.label), name
        assert graph.value(term, URIRef(skos + "definition")), name
