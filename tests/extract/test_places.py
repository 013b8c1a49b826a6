"""Where an event is: its own place, not every place of the sentence; the dateline only where nothing else is told."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    row("in", "Gunmen attacked a church in Owo.", an("ArmedAttack", places="Owo")),
    row("near", "A drone struck a bus near Marhanets.", an("DroneAttack", places="Marhanets", targets="bus")),
    row("outside", "Militants ambushed a patrol outside Maiduguri.", an("ArmedAttack", places="Maiduguri", targets="patrol")),
    row("at a facility", "A bomb exploded at Kabul airport.", an("Bombing", places="Kabul airport|Kabul International Airport|Hamid Karzai International Airport|Kabul")),
    row("target is the place", "Russia shelled Nikopol.", an("Shelling", places="Nikopol")),
    row("of a facility: its town", "Missiles hit a hospital in Dnipro.", an("MissileAttack", places="Dnipro", targets="hospital; ?Dnipro")),
    row("locative modifier", "Drones attacked the Sevastopol naval base.", an("DroneAttack", places="...; Sevastopol|Sevastopol naval base")),
    row("nested: village near a city", "Fighting raged in a village near Sumy in north-eastern Ukraine.", an("ArmedClash", places="village|Sumy|village near Sumy")),
    row("nested: town in a province", "Rebels attacked the town of Rutshuru in North Kivu province.", an("ArmedAttack", places="Rutshuru|town of Rutshuru")),
    row("fronted", "In Haiti, gangs attacked a prison.", an("ArmedAttack", places="Haiti", targets="prison")),
    row("two places", "Explosions were heard in Homs and Hama.", an("Bombing|Violence|~Violence", places="Homs; Hama")),
    row("river or sea", "Houthi fighters attacked a tanker in the Red Sea.", an("ArmedAttack", places="Red Sea", targets="tanker")),
    row("border", "Soldiers clashed on the border between Thailand and Cambodia.", an("ArmedClash", places="border|?Thailand; ?Cambodia")),
    row("region with a compass word", "Jihadists killed 15 farmers in northern Benin.", an("ArmedAttack", places="Benin|northern Benin", targets="farmers")),
    # not its place
    row("not the speaker's place", "In Geneva, a UN spokesman said gunmen had attacked a clinic in Bor.", an("ArmedAttack", places="Bor")),
    row("not the reporter's place", "Speaking in Brussels, the minister said Russian jets had bombed Izium.", an("AirStrike|Bombing", places="Izium")),
    row("not the origin", "Iran fired missiles from Khuzestan at Haifa.", an("MissileAttack", places="Haifa", targets="Haifa")),
    row("not the actor's country", "French jets bombed a camp in Mali.", an("AirStrike|Bombing", places="Mali", actors="France|French jets")),
    row("not the victim's country", "Two Indian sailors were killed when a drone hit a ship off Yemen.", an("DroneAttack", places="Yemen", targets="ship; ?sailors")),
    row("not a destination of flight", "Residents of Kadugli fled to Uganda.", an("Flight", actors="residents")),
    row("not a later clause's place", "Gunmen killed a judge in Herat, and the president flew to Doha.", an("ArmedAttack", places="Herat", targets="judge")),
    row("not a comparison's place", "The attack in Bamako was the worst since one in Kidal.", an("ArmedAttack", places="Bamako")),
    row("place of the talks, not of the parties", "Officials from Armenia and Azerbaijan met in Tbilisi.", an("Talks", places="Tbilisi")),
    row("place of a visit", "The German chancellor visited Kyiv.", an("Visit", places="Kyiv")),
    row("place of a withdrawal", "American troops withdrew from Agadez.", an("Withdrawal", places="Agadez")),
    row("place of a deployment", "Kenya sent police officers to Haiti.", an("Deployment", places="Haiti", actors="Kenya")),
    # datelines
    row("dateline is not enough", "NAIROBI - Gunmen killed six people in Kismayo on Sunday.", an("ArmedAttack", places="Kismayo")),
    # carried over
    row("carried over", "Gunmen stormed a school in Kankara. They shot two guards.", an("ArmedAttack", places="Kankara")),
    row("none", "Gunmen killed three teachers on Sunday.", an("ArmedAttack", places="")),
    # within
    row("within: city of a country", "Gunmen attacked a bus in Peshawar.", an("ArmedAttack", places="Peshawar"), entities={"Peshawar": {"class": "Place"}}),
    row("within: village of a region", "Shells hit the village of Lyptsi in Kharkiv region.", an("Shelling", places="Lyptsi|village of Lyptsi")),
    row("dateline abroad, other sentence", "CAIRO (AP) - Shells hit a market in Omdurman. Jets bombed El Geneina.", an("Shelling", places="Omdurman"), an("AirStrike|Bombing", places="El Geneina|Geneina")),
    row("the city", "Soldiers entered Sennar on Sunday. A bomb exploded in the city on Monday.", an("Bombing", places="Sennar")),
    # the same points in other words
    row("between two towns", "Gunmen ambushed a bus on the road between Gao and Ansongo.", an("ArmedAttack", places="road|Gao; ?Ansongo; ?Gao")),
    row("speaker far away", "Speaking in Paris, President Zelenskyy said drones had hit Sumy.", an("DroneAttack", places="Sumy")),
    row("from is no place of it", "A man from Lyon was killed when a mine exploded in Popasna.", an("~Violence", places="Popasna")),
    row("visit and the next stop", "The envoy visited Juba on Monday before flying to Addis Ababa.", an("Visit", places="Juba")),
]

OPEN: list[Row] = [
    row("off a coast", "Pirates boarded a trawler off Somalia.", an("~Violence|Abduction|TerritoryCaptured", places="Somalia|off Somalia")),
    row("where-clause", "Soldiers went to Tine, where gunmen had killed six traders.", an("ArmedAttack", places="Tine")),
    row("city and its part", "A bomb exploded in the Karrada district of Baghdad.", an("Bombing", places="Karrada|Karrada district")),
    row("comma and country", "Gunmen attacked a mosque in Unguwar Mantau, Nigeria.", an("ArmedAttack", places="Unguwar Mantau")),
    row("comma and region", "Shells hit Vovchansk, in Kharkiv region.", an("Shelling", places="Vovchansk")),
    row("nested: the most specific", "In eastern Congo, rebels captured Nyabibwe.", an("TerritoryCaptured", places="Nyabibwe", targets="Nyabibwe")),
    row("dateline as a fallback", "GOMA, Democratic Republic of Congo - Rebels killed six park rangers on Sunday.", an("ArmedAttack", places="Goma", targets="park rangers|rangers")),
    row("there", "Rebels hold Kalemie. Troops attacked them there on Monday.", an("ArmedAttack", places="Kalemie")),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_places(one: Row) -> None:
    assert wrong(one) == []
