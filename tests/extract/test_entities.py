"""What the names and phrases of a text are: their class, whose they are, and the offices of persons."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import OUTLET, Row, an, row, table

# fmt: off
ROWS = [
    # classes
    row("state", "Russia attacked Ukraine.", entities={"Russia": {"class": "State"}, "Ukraine": {"class": "State"}}),
    row("state with an article", "Envoys from the Netherlands and the Gambia met in Banjul.", entities={"Netherlands|The Netherlands": {"class": "State"}, "Gambia|The Gambia": {"class": "State"}}),
    row("state: short form", "The UK sanctioned two Georgian officials.", an("Sanction", actors="United Kingdom"), entities={"United Kingdom": {"class": "State"}}),
    row("state: old name", "Jets bombed a school in Burma.", entities={"Myanmar|Burma": {"class": "State"}}),
    row("state no actor: Georgia or Jordan as a name", "Jordan said it had intercepted an Iranian drone.", an("Interception", actors="Jordan"), entities={"Jordan": {"class": "State"}}),
    row("armed group", "Hezbollah attacked an outpost on the border.", an("ArmedAttack", actors="Hezbollah"), entities={"Hezbollah": {"class": "ArmedGroup"}}),
    row("armed group: Al-Shabab", "Al-Shabab attacked a base in Adale.", an("ArmedAttack"), entities={"al-Shabaab|Al-Shabab": {"class": "ArmedGroup"}}),
    row("armed group: M23", "M23 captured Nyabibwe.", an("TerritoryCaptured"), entities={"M23|March 23 Movement": {"class": "ArmedGroup"}}),
    row("armed group: ELN", "The ELN abducted four soldiers in Arauca.", an("Abduction"), entities={"National Liberation Army|ELN": {"class": "ArmedGroup"}}),
    row("armed group with a common noun", "Boko Haram fighters raided Chibok.", an("ArmedAttack"), entities={"Boko Haram": {"class": "ArmedGroup"}}),
    row("armed force: air force", "Ukraine's air force said it had shot down nine drones.", an("Interception"), entities={"Ukrainian Air Force|Ukraine's air force|air force": {"class": "ArmedForce", "country": "Ukraine"}}),
    row("armed force: IDF", "The Israel Defense Forces said it had bombed a tunnel.", entities={"Israel Defense Forces": {"class": "ArmedForce", "country": "Israel"}}),
    row("government body", "Russia's Defence Ministry said drones had attacked Tula.", entities={"Ministry of Defence of the Russian Federation|Russian Ministry of Defence|Defence Ministry|Russia's Defence Ministry|Ministry of Defence": {"class": "GovernmentBody", "country": "Russia"}}),
    row("government body: Pentagon", "The Pentagon said it had bombed a camp in Somalia.", entities={"Pentagon|United States Department of Defense": {"class": "GovernmentBody", "country": "United States"}}),
    row("international organisation", "The African Union urged Sudan's army to sign a ceasefire.", an("Demand", actors="African Union"), entities={"African Union": {"class": "InternationalOrganization"}}),
    row("international organisation: acronym", "NATO deployed two battalions to Romania.", an("Deployment"), entities={"NATO|North Atlantic Treaty Organization": {"class": "InternationalOrganization"}}),
    row("outlet", "Al Jazeera said jets had bombed Saida.", entities={"Al Jazeera": {"class": "NewsOutlet"}}),
    row("outlet: the publisher", "Jets bombed Saida.", entities={OUTLET: {"class": "NewsOutlet"}}),
    row("group", "Gunmen killed three farmers in Benue.", entities={"gunmen": {"class": "Group", "kind": "Combatants"}, "farmers": {"class": "Group"}}),
    row("group: children", "A shell killed four children in Donetsk.", entities={"children": {"class": "Group", "kind": "Children"}}),
    row("group: aid workers", "Militiamen abducted two aid workers in Jonglei.", entities={"aid workers": {"class": "Group", "kind": "AidWorkers"}}),
    row("group of a country", "Two Filipino sailors were abducted off Nigeria.", entities={"sailors|Filipino sailors": {"class": "Group", "country": "Philippines"}}),
    row("asset: home", "A drone hit an apartment block in Sumy.", entities={"apartment block": {"class": "Asset", "kind": "Homes"}}),
    row("armed force: Revolutionary Guards", "Iran's Revolutionary Guards seized a tanker.", entities={"Islamic Revolutionary Guard Corps|Revolutionary Guards|Iran's Revolutionary Guards": {"class": "ArmedForce", "country": "Iran"}}),
    row("asset: hospital", "Jets bombed a hospital in Idlib.", entities={"hospital": {"class": "Asset", "kind": "Hospitals"}}),
    row("asset: energy", "Drones hit a power station near Rivne.", entities={"power station": {"class": "Asset", "kind": "EnergyFacilities"}}),
    row("asset with an owner", "Ukraine destroyed a Russian warship near Feodosia.", entities={"Russian warship|warship": {"class": "Asset", "kind": "Ships", "owner": "Russia"}}),
    row("place: city", "Shells hit Kherson.", an("Shelling", places="Kherson"), entities={"Kherson": {"class": "Place"}}),
    row("place: sea", "Houthis attacked a ship in the Red Sea.", entities={"Red Sea": {"class": "Place"}}),
    # where the model errs
    row("corrected: Kharkiv", "Kharkiv was shelled on Sunday.", an("Shelling", targets="Kharkiv"), entities={"Kharkiv": {"class": "Place"}}),
    row("corrected: Khan Younis", "Israeli tanks shelled Khan Younis.", an("Shelling", targets="Khan Younis"), entities={"Khan Younis": {"class": "Place"}}),
    row("corrected: Sumy", "A missile hit Sumy.", entities={"Sumy": {"class": "Place"}}),
    row("corrected: Deir ez-Zor", "Militiamen attacked an oil field in Deir ez-Zor.", entities={"Deir ez-Zor": {"class": "Place"}}),
    row("corrected: El Fasher", "El Fasher was shelled again.", entities={"El Fasher": {"class": "Place"}}),
    row("corrected: Houthis", "The Houthis fired a missile at Eilat.", an("MissileAttack"), entities={"Houthis|Houthi movement": {"class": "ArmedGroup"}}),
    row("corrected: Hamas", "Hamas freed two hostages.", entities={"Hamas": {"class": "ArmedGroup"}}),
    row("corrected: Taliban", "Taliban fighters captured Kunduz.", entities={"Taliban": {"class": "ArmedGroup"}}),
    row("corrected: Wagner", "Wagner mercenaries captured Soledar.", entities={"Wagner Group|Wagner": {"class": "ArmedGroup"}}),
    # persons
    row("title: minister", "Defence Minister Rustem Umerov said drones had hit Kyiv.", entities={"Rustem Umerov": {"class": "Person", "role": "Defence Minister", "country": "Ukraine"}}),
    row("title with a demonym", "Iranian Foreign Minister Abbas Araghchi met envoys in Geneva.", entities={"Abbas Araghchi": {"class": "Person", "role": "Foreign Minister|Iranian Foreign Minister", "country": "Iran"}}),
    row("title with a possessive", "Rwanda's president, Paul Kagame, said rebels had captured Uvira.", entities={"Paul Kagame": {"class": "Person", "role": "president|Rwanda's president", "country": "Rwanda"}}),
    row("title after a comma", "Rebels captured Uvira, said Jean Bosco, the governor of South Kivu.", entities={"Jean Bosco": {"class": "Person", "role": "governor|governor of South Kivu|the governor of South Kivu"}}),
    row("title: invented person", "Interior Minister Tomas Veldhuizen said gunmen had attacked a mosque.", entities={"Tomas Veldhuizen": {"class": "Person", "role": "Interior Minister"}}),
    row("title: rank", "General Idris Obare said rebels had attacked Wau.", entities={"Idris Obare": {"class": "Person", "role": "General"}}),
    row("title: spokesman of a group", "Hamas spokesman Khalid Nasser said Israel had bombed a school.", entities={"Khalid Nasser": {"class": "Person", "role": "spokesman|Hamas spokesman", "member_of": "Hamas"}}),
    row("title: mayor of a city", "Mayor Vitali Klitschko of Kyiv said a drone had hit a tower.", entities={"Vitali Klitschko": {"class": "Person", "role": "Mayor"}}),
    row("title: former", "Former President Dmitry Medvedev threatened Poland.", entities={"Dmitry Medvedev": {"class": "Person", "role": "Former President"}}),
    row("person: leader of an armed group", "Abdul-Malik al-Houthi, leader of the Houthis, vowed to attack more ships.", entities={"Abdul-Malik al-Houthi|Abdul Malik al-Houthi|Abdul-Malik Badreddin al-Houthi": {"class": "Person", "role": "leader"}}),
    row("person with an age", "Soldiers shot Yusuf Hamdan, 31, near Hebron.", entities={"Yusuf Hamdan": {"class": "Person"}}),
    row("one person, two names", "Volodymyr Zelensky spoke in Rome. Mr Zelensky said missiles had hit Dnipro.", entities={"Volodymyr Zelenskyy|Volodymyr Zelensky": {"class": "Person"}}),
    # one node, two faces
    row("country is one node", "Iran said a bomb had exploded in southern Iran.", an("Bombing", places="Iran|southern Iran", claimants="Iran"), entities={"Iran": {"class": "State"}}),
    row("weapons are kinds, no entities", "Militants attacked a convoy with rockets and drones.", an("ArmedAttack|DroneAttack|Shelling", weapons="Rockets; Drones")),
]

OPEN: list[Row] = [
    row("armed group unknown: by its noun", "The Free Dawn Brigades, a rebel group, captured Tabarat.", entities={"Free Dawn Brigades": {"class": "ArmedGroup"}}),
    row("title: spokesman for an army", "Nadav Oren, a spokesman for the Israeli military, said jets had bombed Tyre.", entities={"Nadav Oren": {"class": "Person", "role": "spokesman|a spokesman"}}),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_entities(one: Row) -> None:
    assert wrong(one) == []
