"""Who did it to whom, with what: through the grammar that stands between a trigger and its roles."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    # plain
    row("subject and object", "Russia attacked Ukraine.", an("ArmedAttack", actors="Russia", targets="Ukraine")),
    row("passive with by", "A police post in Mandera was attacked by al-Shabab.", an("ArmedAttack", actors="al-Shabab|al-Shabaab", targets="police post; ?Mandera")),
    row("passive without an agent", "The embassy in Khartoum was shelled on Monday.", an("Shelling", actors="", targets="embassy")),
    row("object of a preposition", "Hezbollah fired rockets at an Israeli barracks near Kiryat Shmona.", an("Shelling|MissileAttack", actors="Hezbollah", targets="barracks; ?Israel", weapons="Rockets")),
    # control
    row("control: vowed to attack", "Al-Qaeda vowed to attack the oil fields of Hadramawt.", an("ArmedAttack|Threat", actors="al-Qaeda|Al-Qaeda")),
    row("control: began shelling", "Government troops began shelling rebel positions in Kachin on Sunday.", an("Shelling", actors="government troops", targets="rebel positions|positions; ?rebels")),
    row("control: managed to capture", "The rebels managed to capture the radio station in Bukavu.", an("TerritoryCaptured", actors="rebels", targets="radio station|station")),
    row("participle: killing", "Gunmen opened fire in a bar in Guayaquil, killing six people.", an("ArmedAttack", actors="gunmen", targets="?bar; people")),
    # coordination
    row("coordination: verbs share a subject", "Militiamen entered the village and abducted two nurses.", an("Abduction", actors="militiamen", targets="nurses")),
    row("coordination: subjects", "Britain and France sanctioned four Iranian officials.", an("Sanction", actors="Britain|United Kingdom; France", targets="officials; ?Iran")),
    row("coordination: objects", "The army shelled Bahri and Omdurman on Saturday.", an("Shelling", actors="army", targets="Bahri|Khartoum North; Omdurman")),
    row("coordination: objects of killed", "The blast killed a driver and two passengers in Herat.", an("Bombing", targets="driver; passengers")),
    # apposition
    row("apposition: name then office", "Ismail Haniyeh, the political leader of Hamas, met Qatar's prime minister in Doha.", an("Talks", actors="Ismail Haniyeh|Hamas; Qatar|prime minister")),
    row("apposition: place", "Shells hit Avdiivka, a town north of Donetsk.", an("Shelling", targets="Avdiivka")),
    # relatives
    row("relative: who attacked", "The gunmen who attacked the hotel in Kismayo wore uniforms.", an("ArmedAttack", actors="gunmen", targets="hotel")),
    row("relative: which was bombed", "The hospital, which Syrian jets bombed in March, has reopened.", an("AirStrike|Bombing", actors="Syria|Syrian jets", targets="hospital")),
    row("relative: that killed", "Investigators searched the site of a bombing that killed 20 worshippers in Peshawar.", an("Bombing", targets="worshippers")),
    row("reduced relative: fired by", "A missile fired by the Houthis struck a tanker in the Red Sea.", an("MissileAttack", actors="Houthis|Houthi movement", targets="tanker", weapons="Missiles")),
    row("reduced relative: soldiers killed", "Relatives buried three soldiers killed by a roadside bomb near Timbuktu.", an("Bombing", targets="soldiers")),
    # nominal arguments
    row("noun: X's attack on Y", "Russia's attack on Kharkiv lasted all night.", an("ArmedAttack", actors="Russia", targets="Kharkiv")),
    row("noun: killing of X by Y", "The killing of two priests by bandits in Kaduna angered the bishop.", an("ArmedAttack", actors="bandits", targets="priests")),
    row("noun: attack by X on Y", "An attack by Houthi rebels on a cargo ship killed three sailors.", an("ArmedAttack", actors="Houthis|Houthi rebels|Houthi movement", targets="cargo ship|ship; sailors")),
    row("noun: talks between X and Y", "Talks between Sudan and Ethiopia on the dam broke down.", an("Talks", actors="Sudan; Ethiopia")),
    row("noun: X's talks with Y", "Syria's talks with Israel were held in Baku.", an("Talks", actors="Syria; Israel")),
    row("noun: sanctions by X against Y", "Sanctions by the European Union against Belarus were extended.", an("Sanction", actors="European Union", targets="Belarus")),
    row("noun: deployment of X by Y", "The deployment of North Korean soldiers by Russia changed the battle for Kursk.", an("Deployment", actors="Russia", targets="North Korea|soldiers|North Korean soldiers")),
    row("noun: clashes between", "Clashes between Sudanese soldiers and paramilitary fighters spread to Obeid.", an("ArmedClash", actors="Sudan|Sudanese soldiers; fighters")),
    row("noun: hyphenated pair", "US-Iran talks will be held in Oman on Friday.", an("Talks", actors="United States; Iran")),
    # demonyms and vehicles
    row("demonym: Syrian jets", "Syrian jets bombed Idlib on Thursday.", an("AirStrike", actors="Syria|Syrian jets", targets="Idlib")),
    row("demonym: American officials", "American officials met Taliban envoys in Doha.", an("Talks", actors="United States|American officials; Taliban|Taliban envoys")),
    row("demonym: victim", "Gunmen killed two Chinese engineers in Balochistan.", an("ArmedAttack", actors="gunmen", targets="engineers; ?China")),
    row("demonym: not the target", "Turkish police detained a Swedish journalist in Istanbul.", an("Arrest", actors="Turkey|Turkish police", targets="Swedish journalist|journalist")),
    # groups, assets, facilities
    row("group: residents", "Soldiers beat and arrested residents of the camp.", an("Arrest", actors="soldiers", targets="residents")),
    row("group: eight civilians", "Shelling killed eight civilians in Donetsk.", an("Shelling", targets="civilians; ?Donetsk")),
    row("asset: apartment block", "A Russian missile struck a nine-storey apartment block in Kryvyi Rih.", an("MissileAttack", actors="Russia", targets="apartment block")),
    row("asset: named facility", "Drones attacked the Taganrog airfield.", an("DroneAttack", targets="Taganrog airfield|airfield", weapons="Drones")),
    row("target: of interception", "The navy shot down 18 drones and three missiles in the Red Sea.", an("Interception", actors="navy", targets="drones; missiles")),
    # mediators
    row("mediator: mediated by", "Talks between Rwanda and Congo, mediated by Qatar, resumed in Doha.", an("Talks", actors="Rwanda; Congo|Democratic Republic of the Congo|DR Congo", mediators="Qatar")),
    row("mediator: brokered", "The United States brokered a ceasefire between Israel and Hezbollah.", an("Ceasefire", actors="Israel; Hezbollah", mediators="United States")),
    row("mediator: hyphenated", "A Saudi-brokered truce between Sudan's army and the RSF collapsed.", an("Ceasefire", actors="Sudan|army|Sudanese Armed Forces; RSF|Rapid Support Forces", mediators="Saudi Arabia")),
    row("mediator: hosted talks", "Switzerland hosted talks between China and the United States.", an("Talks", actors="China; United States", mediators="Switzerland")),
    # pressure
    row("accusation: of shelling", "Thailand accused Cambodia of firing rockets at a hospital.", an("Accusation", actors="Thailand", targets="Cambodia"), an("Shelling|MissileAttack", actors="Cambodia", targets="hospital")),
    row("accusation: blamed on", "Mali's army blamed the massacre on jihadists.", an("Accusation", actors="Mali|army|Malian Armed Forces", targets="jihadists")),
    row("threat: against", "North Korea threatened South Korea with a nuclear strike.", an("Threat", actors="North Korea", targets="South Korea")),
    # aid, custody, flight
    row("humanitarian aid", "The World Food Programme delivered food aid to families in El Fasher.", an("HumanitarianAid", actors="World Food Programme", targets="families; ?El Fasher")),
    row("release: from", "The Taliban released an American tourist from prison.", an("Release", actors="Taliban", targets="American tourist|tourist")),
    row("flight: people are actors", "Thousands of villagers fled into Thailand.", an("Flight", actors="villagers", targets="")),
    row("evacuation: people are targets", "Soldiers evacuated 200 patients from the hospital.", an("Evacuation", actors="soldiers", targets="patients")),
    row("exchange: parties", "Russia and Ukraine exchanged 390 prisoners each on Friday.", an("PrisonerExchange", actors="Russia; Ukraine", targets="prisoners")),
    # carried over
    row("carried over: noun after sentence", "Hezbollah attacked an Israeli outpost on Monday. Two soldiers were wounded in the attack.", an("ArmedAttack", actors="Hezbollah"), alone=True),
    row("carried over: target", "Ukraine struck the Crimean Bridge on Tuesday. The strike damaged two pillars.", an("~Violence", actors="Ukraine", targets="...; Crimean Bridge"), alone=True),
    # what no role is
    row("speaker is no actor", "The governor said a drone had hit a bus.", an("DroneAttack", actors="", targets="bus", weapons="Drones", claimants="governor")),
    row("place is no actor", "A bomb exploded in Baghdad.", an("Bombing", actors="", places="Baghdad")),
    row("claimed responsibility", "Islamic State claimed responsibility for the bombing of a church in Damascus.", an("Bombing", actors="Islamic State", targets="church; ?Damascus", claimants="Islamic State")),
    row("weapon by with", "Russian forces struck a thermal power plant with cruise missiles.", an("MissileAttack", actors="Russia|Russian forces", targets="thermal power plant|power plant", weapons="CruiseMissiles")),
    row("weapon by using", "Rebels attacked the airfield using drones.", an("DroneAttack", actors="rebels", targets="airfield", weapons="Drones")),
    row("coordination: three parties", "Officials from Turkey, Iran and Russia met in Astana.", an("Talks", actors="Turkey; Iran; Russia")),
    row("apposition: group named after", "A rebel group, the Allied Democratic Forces, attacked a church in Komanda.", an("ArmedAttack", actors="Allied Democratic Forces", targets="church; ?Komanda")),
    row("noun: Israeli strikes", "Israeli strikes killed 12 people in Khan Younis.", an("AirStrike|ArmedAttack", actors="Israel", targets="people; ?Khan Younis")),
    row("noun: strike hit", "A Ukrainian strike hit a bridge in Kherson region.", an("~Violence", actors="Ukraine", targets="bridge")),
    row("demonym: Ukrainian drones", "Ukrainian drones attacked a chemical plant in Tula.", an("DroneAttack", actors="Ukraine", targets="chemical plant; ?Tula", weapons="Drones")),
    row("asset: nuclear plant", "Shells landed near the Zaporizhzhia nuclear power plant.", an("Shelling", targets="...")),
    row("aid: supplied with", "Germany supplied Ukraine with two air defence systems.", an("MilitaryAid", actors="Germany", targets="Ukraine", weapons="AirDefenceSystems")),
    row("aid: delivered to", "Iran delivered missiles to Russia.", an("MilitaryAid", actors="Iran", targets="Russia", weapons="Missiles")),
    # the same points in other words
    row("reduced relative: drones launched by", "Drones launched by Ukraine struck a depot in Engels.", an("DroneAttack", actors="Ukraine", targets="depot; ?Engels", weapons="Drones")),
    row("relative: whose", "The rebels, whose fighters attacked Goma in January, want talks.", an("ArmedAttack", targets="Goma")),
    row("control: forced to withdraw", "The army was forced to withdraw from Wad Madani.", an("Withdrawal", actors="army")),
    row("control: were ordered to evacuate", "Residents of Beit Lahia were ordered to leave by the Israeli army.", absent="Violence"),
    row("control: accused of, infinitive", "Mali accuses Algeria of supporting jihadists.", an("Accusation", actors="Mali", targets="Algeria")),
    row("apposition: person before", "An Islamic State commander, Abu Omar, was killed by a coalition air strike near Raqqa.", an("AirStrike", actors="coalition", targets="Abu Omar|commander|Islamic State commander; ?Islamic State")),
    row("noun: the group's shelling of", "The militia's shelling of Tripoli airport damaged two planes.", an("Shelling", actors="militia", targets="Tripoli airport|airport|Mitiga International Airport|Tripoli International Airport; ?planes")),
    row("noun: withdrawal of X from Y", "The withdrawal of Turkish troops from Idlib began on Monday.", an("Withdrawal", actors="Turkey|Turkish troops")),
    row("demonym: Pakistani jets", "Pakistani jets struck two camps in Paktika.", an("AirStrike", actors="Pakistan|Pakistani jets", targets="camps")),
    row("demonym: a Russian drone", "A Russian drone killed a nurse in Nikopol.", an("DroneAttack", actors="Russia", targets="nurse; ?Nikopol", weapons="Drones")),
    row("demonym of a place, no actor", "Two Kyiv hospitals were damaged by missiles.", an("MissileAttack", actors="", targets="hospitals|Kyiv hospitals")),
    row("held captives killed", "Prime Minister Kenji Ito confirmed that the engineers held at the gas plant had been killed.", an("ArmedAttack", targets="engineers", claimants="Kenji Ito")),
    row("passive then a person: no actor", "Five attackers were captured alive on Saturday. Emir Mokhtar Saleh leads the group.", an("Arrest", actors="", targets="attackers")),
    row("abduction: passive by", "Eleven pilgrims were kidnapped by gunmen on the road to Kaduna.", an("Abduction", actors="gunmen", targets="pilgrims")),
    row("mediator: with help of", "Israel and Hamas swapped prisoners with the mediation of Egypt.", an("PrisonerExchange", actors="Israel; Hamas", mediators="Egypt")),
    row("control: sent X to seize", "The junta sent troops to seize the town of Loikaw.", an("TerritoryCaptured", targets="Loikaw|town")),
]

OPEN: list[Row] = [
    row("reduced relative: rockets fired by", "Rockets fired by militants from Gaza hit a house in Sderot.", an("Shelling|MissileAttack", actors="militants", targets="house; ?Sderot", weapons="Rockets")),
    row("coordination: two agents, by", "The convoy was attacked by bandits and deserters.", an("ArmedAttack", actors="bandits; deserters", targets="convoy")),
    row("joint passive: struck and killed by", "Abu Omar was struck and killed by a coalition air strike near Raqqa.", an("AirStrike", actors="coalition", targets="Abu Omar"), alone=True),
    row("noun: attack against, from", "Attacks by separatists against Cameroon's army have increased.", an("ArmedAttack", actors="separatists", targets="Cameroon|army|Cameroonian Armed Forces")),
    row("land is no target", "The alliance has liberated 40 villages and 700 square miles of desert.", an("TerritoryCaptured", actors="alliance", targets="villages; ?desert")),
    row("mediator: hosted by", "Peace talks hosted by Kenya between Sudan's generals failed.", an("Talks", mediators="Kenya")),
    row("aid: gave X weapons", "Norway gave Ukraine six fighter jets.", an("MilitaryAid", actors="Norway", targets="Ukraine", weapons="Aircraft")),
    row("aid: package for", "Washington announced a new package of military aid for Ukraine.", an("MilitaryAid", actors="United States", targets="Ukraine")),
    row("visit: host is no actor", "Pope Leo visited Lebanon on Sunday.", an("Visit", places="Lebanon")),
    row("control: used X to strike", "Ukraine used drones to strike an airbase near Saratov.", an("DroneAttack", actors="Ukraine", targets="airbase; ?Saratov", weapons="Drones")),
    row("reduced relative: carried out by", "An attack carried out by Boko Haram on a market in Borno killed nine traders.", an("ArmedAttack", actors="Boko Haram", targets="market; traders")),
    row("reduced relative: captured by", "The villages captured by the Taliban lie along the highway.", an("TerritoryCaptured", actors="Taliban", targets="villages")),
    row("noun: X's capture of Y", "M23's capture of Goma alarmed Burundi.", an("TerritoryCaptured", actors="M23|March 23 Movement", targets="Goma")),
    row("noun: arrest of X by Y", "The arrest of a newspaper editor by Tunisian police was criticised.", an("Arrest", actors="Tunisia|Tunisian police", targets="newspaper editor|editor")),
    row("asset: ship", "Iranian commandos seized a Portuguese-flagged container ship in the Strait of Hormuz.", an("~Violence|TerritoryCaptured|Abduction|Custody|Arrest", actors="Iran|Iranian commandos", targets="container ship|ship")),
    row("demand: called on X to", "The Security Council called on the militia to leave the city.", an("Demand", actors="Security Council|United Nations Security Council", targets="militia")),
    row("carried over: place", "Gunmen attacked a mine in Balochistan on Friday. They killed 20 miners.", an("ArmedAttack", actors="gunmen", places="Balochistan|Balochistan Province", targets="mine; ?miners"), alone=True),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_roles(one: Row) -> None:
    assert wrong(one) == []
