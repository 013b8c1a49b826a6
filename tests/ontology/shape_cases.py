"""One valid graph, and changes to it that each break one rule: Turtle to remove and to add, and what then fails."""

from typing import NamedTuple

PREFIXES = """
@prefix : <urn:x:> .
@prefix ckg: <https://w3id.org/conflictkg/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

TEXT = "🚀 Élan said 52 of 80 drones were shot down."

VALID = f"""
:article a ckg:Article ; dcterms:identifier "a1" ; dcterms:publisher :outlet ;
    dcterms:issued "2025-06-02"^^xsd:date ;
    schema:sha256 "{"0" * 64}" ; ckg:text "{TEXT}" ; ckg:sketch "AAAA"^^xsd:base64Binary .
:outlet a ckg:NewsOutlet, ckg:Organization, ckg:Agent ; rdfs:label "Outlet" .
:ukraine a ckg:State, ckg:Organization, ckg:Agent, ckg:Place ; rdfs:label "Ukraine" .
:kyiv a ckg:Place ; rdfs:label "Kyiv" ; ckg:within :ukraine .
:mayor a ckg:Person, ckg:Agent ; rdfs:label "Mayor" ; ckg:country :ukraine ; ckg:memberOf :ukraine .
:house a ckg:Asset ; rdfs:label "house" ; ckg:kind ckg:Homes ; ckg:owner :mayor .
:trigger a ckg:Mention ; ckg:inArticle :article ; ckg:start 33 ; ckg:end 42 ; ckg:exact "shot down" .
:sentence a ckg:Mention ; ckg:inArticle :article ; ckg:start 2 ; ckg:end 43 ; ckg:exact "{TEXT[2:]}" .
:event a ckg:Event ; ckg:eventType ckg:Interception ; ckg:trigger :trigger ; ckg:confidence 0.9 ;
    ckg:actor :ukraine ; ckg:target :house ; ckg:mediator :ukraine ; ckg:place :kyiv ; ckg:weapon ckg:Drones ;
    ckg:startDate "2025-06-01"^^xsd:date ; ckg:endDate "2025-06-02"^^xsd:date ; ckg:precision time:unitDay ;
    ckg:incident :incident .
:incident a ckg:Incident ; ckg:eventType ckg:Interception ; ckg:partOf :war ; ckg:reports 2 ; ckg:estimate :estimate .
:estimate a ckg:Estimate ; ckg:measure ckg:Intercepted ; ckg:counted ckg:Drones ; ckg:low 50 ; ckg:count 52 ;
    ckg:high 60 ; prov:wasDerivedFrom :claim .
:war a ckg:Conflict .
:claim a ckg:CountClaim, ckg:Claim ; ckg:about :event ; ckg:reportedIn :article ; ckg:factuality ckg:Asserted ;
    ckg:claimant :mayor ; ckg:mention :sentence ; ckg:confidence 0.8 ; ckg:cue "said" ;
    ckg:measure ckg:Intercepted ; ckg:counted ckg:Drones ; ckg:affected :ukraine ;
    ckg:count 52 ; ckg:total 80 .
:plain a ckg:Claim ; ckg:about :event ; ckg:reportedIn :article ; ckg:factuality ckg:Denied ;
    ckg:claimant :outlet ; ckg:mention :sentence .
:run a ckg:Extraction ; prov:used :article .
:kyiv skos:prefLabel "Kyiv", "Kyiv"@en, "Київ"@uk ; geo:hasGeometry :point ;
    skos:exactMatch wd:Q1, <https://sws.geonames.org/2/>, <urn:x/entity/kyiv-1> .
:point a geo:Geometry ; geo:asWKT "POINT(30.5 50.45)"^^geo:wktLiteral .
:link a rdf:Statement ; rdf:subject :kyiv ; rdf:predicate skos:exactMatch ; rdf:object wd:Q1 ; rdf:value 1.0 ;
    rdfs:comment "label of Kyiv" .
:unknown a rdf:Statement ; rdf:subject :mayor ; rdf:predicate skos:exactMatch ; rdf:object rdf:nil ; rdf:value 0.0 ;
    rdfs:comment "nothing of its kind is known by this name" .
:weight a rdf:Statement ; rdf:subject :incident ; rdf:predicate ckg:actor ; rdf:object :ukraine ; ckg:reports 2 .
:doubt a rdf:Statement ; rdf:subject :event ; rdf:predicate prov:alternateOf ; rdf:object :other ; rdf:value 0.5 ;
    rdfs:comment "told apart" .
:judgement a rdf:Statement ; rdf:subject :event ; rdf:predicate prov:alternateOf ; rdf:object :other ;
    dcterms:type "unsure" .
"""


class Case(NamedTuple):
    """A change to the valid graph. `path` is the local name of the property that fails, None for the node itself."""

    removed: str
    added: str
    focus: str
    path: str | None
    constraint: str


CASES = {
    "claim about nothing": Case(":plain ckg:about :event .", "", "plain", "about", "MinCount"),
    "claim about two events": Case(
        "", ":plain ckg:about :e2 . :e2 a ckg:Event ; ckg:eventType ckg:Talks ; ckg:trigger :trigger .",
        "plain", "about", "MaxCount"),
    "claim about a place": Case(":plain ckg:about :event .", ":plain ckg:about :kyiv .", "plain", "about", "Class"),
    "claim in no article": Case(":plain ckg:reportedIn :article .", "", "plain", "reportedIn", "MinCount"),
    "claim without factuality": Case(":plain ckg:factuality ckg:Denied .", "", "plain", "factuality", "MinCount"),
    "claim with two factualities": Case("", ":plain ckg:factuality ckg:Planned .", "plain", "factuality", "MaxCount"),
    "claim with a code that is no factuality": Case(
        ":plain ckg:factuality ckg:Denied .", ":plain ckg:factuality ckg:Killed .", "plain", "factuality", "In"),
    "claim without claimant": Case(":plain ckg:claimant :outlet .", "", "plain", "claimant", "MinCount"),
    "claim by a thing": Case("", ":plain ckg:claimant :house .", "plain", "claimant", "Class"),
    "claim without mention": Case(":plain ckg:mention :sentence .", "", "plain", "mention", "MinCount"),
    "empty cue": Case("", ':plain ckg:cue "" .', "plain", "cue", "MinLength"),
    "confidence above one": Case("", ":plain ckg:confidence 1.5 .", "plain", "confidence", "MaxInclusive"),
    "confidence below nought": Case("", ":plain ckg:confidence -0.5 .", "plain", "confidence", "MinInclusive"),
    "confidence that is a double": Case("", ":plain ckg:confidence 5e-1 .", "plain", "confidence", "Datatype"),
    "count claim without a number": Case(":claim ckg:count 52 .", "", "claim", None, "Or"),
    "count claim without measure": Case(":claim ckg:measure ckg:Intercepted .", "", "claim", "measure", "MinCount"),
    "count claim with a measure that is none": Case(
        ":claim ckg:measure ckg:Intercepted .", ":claim ckg:measure ckg:Drones .", "claim", "measure", "In"),
    "count claim of nothing": Case(":claim ckg:counted ckg:Drones .", "", "claim", "counted", "MinCount"),
    "count claim of a kind that is none": Case(
        ":claim ckg:counted ckg:Drones .", ":claim ckg:counted ckg:Talks .", "claim", "counted", "Node"),
    "affected thing": Case(
        ":claim ckg:affected :ukraine .", ":claim ckg:affected :house .", "claim", "affected", "Class"),
    "count above total": Case(":claim ckg:count 52 .", ":claim ckg:count 90 .", "claim", "count", "LessThanOrEquals"),
    "negative count": Case(":claim ckg:count 52 .", ":claim ckg:count -1 .", "claim", "count", "MinInclusive"),
    "two counts": Case("", ":claim ckg:count 53 .", "claim", "count", "MaxCount"),
    "count that is no whole number": Case(
        ":claim ckg:count 52 .", ":claim ckg:count 52.5 .", "claim", "count", "Datatype"),
    "low above high": Case("", ":claim ckg:low 60 ; ckg:high 50 .", "claim", "low", "LessThanOrEquals"),
    "negative low": Case("", ":claim ckg:low -1 .", "claim", "low", "MinInclusive"),
    "negative high": Case("", ":claim ckg:high -1 .", "claim", "high", "MinInclusive"),
    "negative total": Case(
        ":claim ckg:count 52 . :claim ckg:total 80 .", ":claim ckg:low 1 ; ckg:total -1 .",
        "claim", "total", "MinInclusive"),
    "event without type": Case(":event ckg:eventType ckg:Interception .", "", "event", "eventType", "MinCount"),
    "event with two types": Case("", ":event ckg:eventType ckg:Talks .", "event", "eventType", "MaxCount"),
    "event with a type that is none": Case(
        ":event ckg:eventType ckg:Interception .", ":event ckg:eventType ckg:Bombs .", "event", "eventType", "In"),
    "event without trigger": Case(":event ckg:trigger :trigger .", "", "event", "trigger", "MinCount"),
    "event without claim": Case(
        "", ":e2 a ckg:Event ; ckg:eventType ckg:Talks ; ckg:trigger :trigger .", "e2", "^about", "MinCount"),
    "event that ends before it starts": Case(
        ':event ckg:endDate "2025-06-02"^^xsd:date .', ':event ckg:endDate "2025-05-02"^^xsd:date .',
        "event", "startDate", "LessThanOrEquals"),
    "date that is a time": Case(
        ':event ckg:endDate "2025-06-02"^^xsd:date . :event ckg:startDate "2025-06-01"^^xsd:date .',
        ':event ckg:endDate "2025-06-02T00:00:00"^^xsd:dateTime .', "event", "endDate", "Datatype"),
    "two start dates": Case("", ':event ckg:startDate "2025-06-02"^^xsd:date .', "event", "startDate", "MaxCount"),
    "precision that is none": Case(
        ":event ckg:precision time:unitDay .", ":event ckg:precision time:unitHour .", "event", "precision", "In"),
    "actor that is a thing": Case("", ":event ckg:actor :house .", "event", "actor", "Class"),
    "mediator that is a place": Case("", ":event ckg:mediator :kyiv .", "event", "mediator", "Class"),
    "target that is an article": Case("", ":event ckg:target :article .", "event", "target", "Or"),
    "place that is a person": Case("", ":event ckg:place :mayor .", "event", "place", "Class"),
    "weapon that is no kind": Case("", ":event ckg:weapon ckg:Shelling .", "event", "weapon", "Node"),
    "event of something else": Case(
        ":event ckg:incident :incident .",
        """:event ckg:incident :war .
           :e2 a ckg:Event ; ckg:eventType ckg:Talks ; ckg:trigger :trigger ; ckg:incident :incident .
           :c2 a ckg:Claim ; ckg:about :e2 ; ckg:reportedIn :article ; ckg:factuality ckg:Asserted ;
             ckg:claimant :outlet ; ckg:mention :sentence .""",
        "event", "incident", "Class"),
    "incident without type": Case(
        ":incident ckg:eventType ckg:Interception .", "", "incident", "eventType", "MinCount"),
    "incident of no conflict": Case(":incident ckg:partOf :war .", ":incident ckg:partOf :kyiv .",
        "incident", "partOf", "Class"),
    "incident that nothing tells": Case(
        ":event ckg:incident :incident .", "", "incident", "^incident", "MinCount"),
    "incident of no number of articles": Case(":incident ckg:reports 2 .", "", "incident", "reports", "MinCount"),
    "incident that no article tells": Case(
        ":incident ckg:reports 2 .", ":incident ckg:reports 0 .", "incident", "reports", "MinInclusive"),
    "estimate that is a conflict": Case(
        ":incident ckg:estimate :estimate .", ":incident ckg:estimate :war .", "incident", "estimate", "Class"),
    "estimate of no measure": Case(
        ":estimate ckg:measure ckg:Intercepted .", "", "estimate", "measure", "MinCount"),
    "estimate of no kind": Case(":estimate ckg:counted ckg:Drones .", "", "estimate", "counted", "MinCount"),
    "estimate without a best number": Case(":estimate ckg:count 52 .", "", "estimate", "count", "MinCount"),
    "estimate whose best number is above its high": Case(
        ":estimate ckg:count 52 .", ":estimate ckg:count 61 .", "estimate", "count", "LessThanOrEquals"),
    "estimate whose low is above its best number": Case(
        ":estimate ckg:low 50 .", ":estimate ckg:low 53 .", "estimate", "low", "LessThanOrEquals"),
    "estimate without a low": Case(":estimate ckg:low 50 .", "", "estimate", "low", "MinCount"),
    "estimate without a high": Case(":estimate ckg:high 60 .", "", "estimate", "high", "MinCount"),
    "estimate from nothing": Case(
        ":estimate prov:wasDerivedFrom :claim .", "", "estimate", "wasDerivedFrom", "MinCount"),
    "estimate from a claim without a number": Case(
        ":estimate prov:wasDerivedFrom :claim .", ":estimate prov:wasDerivedFrom :plain .",
        "estimate", "wasDerivedFrom", "Class"),
    "mention without article": Case(":trigger ckg:inArticle :article .", "", "trigger", "inArticle", "MinCount"),
    "mention without start": Case(":trigger ckg:start 33 .", "", "trigger", "start", "MinCount"),
    "mention without end": Case(":trigger ckg:end 42 .", "", "trigger", "end", "MinCount"),
    "mention without words": Case(':trigger ckg:exact "shot down" .', "", "trigger", "exact", "MinCount"),
    "mention of empty words": Case(
        ':trigger ckg:exact "shot down" .', ':trigger ckg:exact "" .', "trigger", "exact", "MinLength"),
    "mention that starts at its end": Case(
        ":trigger ckg:start 33 .", ":trigger ckg:start 42 .", "trigger", "start", "LessThan"),
    "mention that starts before the text": Case(
        ":trigger ckg:start 33 .", ":trigger ckg:start -1 .", "trigger", "start", "MinInclusive"),
    "article without identifier": Case(':article dcterms:identifier "a1" .', "", "article", "identifier", "MinCount"),
    "article without hash": Case(f':article schema:sha256 "{"0" * 64}" .', "", "article", "sha256", "MinCount"),
    "article with a hash that is none": Case(
        f':article schema:sha256 "{"0" * 64}" .', ':article schema:sha256 "abc" .', "article", "sha256", "Pattern"),
    "article with two texts": Case("", ':article ckg:text "Another." .', "article", "text", "MaxCount"),
    "article with two sketches": Case(
        "", ':article ckg:sketch "AAAB"^^xsd:base64Binary .', "article", "sketch", "MaxCount"),
    "article issued at no date": Case(
        ':article dcterms:issued "2025-06-02"^^xsd:date .', ':article dcterms:issued "Monday" .',
        "article", "issued", "Or"),
    "article published by a thing": Case(
        ":article dcterms:publisher :outlet .", ":article dcterms:publisher :house .", "article", "publisher", "Class"),
    "extraction of nothing": Case(":run prov:used :article .", "", "run", "used", "MinCount"),
    "agent without label": Case(':outlet rdfs:label "Outlet" .', "", "outlet", "label", "MinCount"),
    "place with an empty label": Case(
        ':kyiv rdfs:label "Kyiv" .', ':kyiv rdfs:label "" .', "kyiv", "label", "MinLength"),
    "asset without label": Case(':house rdfs:label "house" .', "", "house", "label", "MinCount"),
    "country that is a place only": Case(
        ":mayor ckg:country :ukraine .", ":mayor ckg:country :kyiv .", "mayor", "country", "Class"),
    "member of a place": Case(
        ":mayor ckg:memberOf :ukraine .", ":mayor ckg:memberOf :kyiv .", "mayor", "memberOf", "Class"),
    "within a thing": Case(":kyiv ckg:within :ukraine .", ":kyiv ckg:within :house .", "kyiv", "within", "Class"),
    "owned by a place": Case(":house ckg:owner :mayor .", ":house ckg:owner :kyiv .", "house", "owner", "Class"),
    "thing of a kind that is none": Case(
        ":house ckg:kind ckg:Homes .", ":house ckg:kind ckg:Talks .", "house", "kind", "Node"),
    "match that is a page": Case(
        ":kyiv skos:exactMatch wd:Q1 .", ":kyiv skos:exactMatch <http://www.wikidata.org/wiki/Q1> .",
        "kyiv", "exactMatch", "Pattern"),
    "match that is a property": Case("", ":mayor skos:exactMatch wd:P31 .", "mayor", "exactMatch", "Pattern"),
    "match that is a name": Case(
        "", ':mayor skos:exactMatch "http://www.wikidata.org/entity/Q1" .', "mayor", "exactMatch", "NodeKind"),
    "match that is elsewhere": Case(
        "", ":mayor skos:exactMatch <http://dbpedia.org/resource/Kyiv> .", "mayor", "exactMatch", "Pattern"),
    "decision about nothing": Case(":link rdf:subject :kyiv .", "", "link", "subject", "MinCount"),
    "decision about two": Case("", ":link rdf:subject :mayor .", "link", "subject", "MaxCount"),
    "decision on a label": Case(
        ":link rdf:predicate skos:exactMatch .", ":link rdf:predicate rdfs:label .", "link", "predicate", "In"),
    "decision for nothing": Case(":link rdf:object wd:Q1 .", "", "link", "object", "MinCount"),
    "decision for a name": Case(":link rdf:object wd:Q1 .", ':link rdf:object "Q1" .', "link", "object", "NodeKind"),
    "decision without a score": Case(":link rdf:value 1.0 .", "", "link", None, "Or"),
    "statement on a role without its number of articles": Case(":weight ckg:reports 2 .", "", "weight", None, "Or"),
    "statement on a role that no article makes": Case(
        ":weight ckg:reports 2 .", ":weight ckg:reports 0 .", "weight", "reports", "MinInclusive"),
    "judgement of another word": Case(
        ':judgement dcterms:type "unsure" .', ':judgement dcterms:type "alike" .', "judgement", "type", "In"),
    "score above one": Case(":link rdf:value 1.0 .", ":link rdf:value 1.2 .", "link", "value", "MaxInclusive"),
    "score below nought": Case(":link rdf:value 1.0 .", ":link rdf:value -0.1 .", "link", "value", "MinInclusive"),
    "score that is no decimal": Case(":link rdf:value 1.0 .", ":link rdf:value 1e0 .", "link", "value", "Datatype"),
    "decision without a reason": Case(
        ':link rdfs:comment "label of Kyiv" .', "", "link", None, "Or"),
    "decision of an empty reason": Case(
        ':link rdfs:comment "label of Kyiv" .', ':link rdfs:comment "" .', "link", "comment", "MinLength"),
    "two geometries": Case(
        "", ':kyiv geo:hasGeometry :p2 . :p2 a geo:Geometry ; geo:asWKT "POINT(0 0)"^^geo:wktLiteral .',
        "kyiv", "hasGeometry", "MaxCount"),
    "geometry that is a place": Case(
        ":kyiv geo:hasGeometry :point .", ":kyiv geo:hasGeometry :kyiv .", "kyiv", "hasGeometry", "Class"),
    "geometry without a point": Case(
        ':point geo:asWKT "POINT(30.5 50.45)"^^geo:wktLiteral .', "", "point", "asWKT", "MinCount"),
    "thing of two kinds": Case("", ":house ckg:kind ckg:Buildings .", "house", "kind", "MaxCount"),
}  # fmt: skip
