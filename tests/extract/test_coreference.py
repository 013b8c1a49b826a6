"""Words that point back: pronouns, 'the group', surnames, acronyms, capitals for governments, 'the attack'."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    # pronouns
    row("pronoun: they", "The militants raided Dapchi on Monday. They abducted 12 girls.", an("Abduction", actors="militants", targets="girls")),
    row("pronoun: he", "President Emmanuel Macron arrived in Beirut on Thursday. He met Lebanese President Joseph Aoun.", an("Talks", actors="Emmanuel Macron; Joseph Aoun")),
    row("pronoun: she speaks", "Foreign Minister Annalena Baerbock spoke in Berlin. She said Russia had bombed a clinic.", an("AirStrike|Bombing|ArmedAttack", actors="Russia", targets="clinic", claimants="Annalena Baerbock")),
    row("pronoun: it for a state", "Iran denied the report. It said Israel had attacked the site.", an("ArmedAttack", actors="Israel", claimants="Iran")),
    row("pronoun: its possessive", "Ukraine said on Monday that its drones had hit a warship.", an("DroneAttack", actors="Ukraine", targets="warship")),
    row("pronoun: we in a quotation", '"We struck the airbase with six drones," said Commander Robert Brovdi.', an("DroneAttack", actors="Robert Brovdi|we|Ukraine", claimants="Robert Brovdi")),
    row("pronoun: expletive it", "It was quiet in Aleppo on Monday. It rained.", absent="any"),
    # definite descriptions
    row("the group", "Al-Shabab stormed a hotel in Mogadishu on Friday. The group also attacked a base in Barawe.", an("ArmedAttack", "attacked", actors="al-Shabab|al-Shabaab", targets="base; ?Barawe")),
    row("the militants", "Boko Haram overran a garrison near Chibok. The militants killed 11 soldiers.", an("ArmedAttack", "killed", actors="Boko Haram", targets="...; soldiers")),
    row("the minister", "Sergei Shoigu, Russia's defence minister, flew to Pyongyang. The minister met Kim Jong Un on Friday.", an("Talks", actors="Sergei Shoigu; Kim Jong Un")),
    row("the ministry", "Azerbaijan's defence ministry reported a clash on the border. The ministry said Armenian troops had shelled a village.", an("Shelling", actors="Armenia|Armenian troops", targets="village", claimants="Azerbaijan|defence ministry")),
    # surname and acronym
    row("surname after full name", "Volodymyr Zelenskyy spoke on Tuesday. Zelenskyy said Russia had attacked Odesa.", an("ArmedAttack", claimants="Volodymyr Zelenskyy"), entities={"Volodymyr Zelenskyy": {"class": "Person"}}),
    row("surname of an unknown person", "Deputy Governor Kwame Abara visited the ward. Abara said gunmen had killed six people.", an("ArmedAttack", claimants="Kwame Abara", targets="people")),
    row("surname possessive", "Omar al-Bashir ruled for 30 years. Soldiers ousted Bashir in April 2019.", an("Coup", actors="soldiers", targets="Omar al-Bashir")),
    row("acronym in brackets", "The Karen National Liberation Army (KNLA) holds the hills. The KNLA attacked a barracks in Kawkareik on Friday.", an("ArmedAttack", actors="Karen National Liberation Army", targets="barracks; ?Kawkareik")),
    row("acronym before its name", "The FDS, or Forces for Democracy in Saria, captured Belmin on Monday. The FDS then shelled Orsk.", an("Shelling", actors="FDS|Forces for Democracy in Saria", targets="Orsk")),
    row("known acronym", "The RSF seized a market in El Obeid. The Rapid Support Forces denied it.", an("TerritoryCaptured|ArmedAttack|Violence", actors="Rapid Support Forces|RSF")),
    row("alias: al-Shabaab spelt twice", "Al-Shabaab attacked Adale. Al-Shabab said it had killed nine soldiers.", an("ArmedAttack", "killed", claimants="al-Shabaab|Al-Shabaab|al-Shabab", targets="...; soldiers")),
    # capitals
    row("capital for government: accused", "Moscow accused Kyiv of attacking a passenger train.", an("Accusation", actors="Russia", targets="Ukraine"), an("ArmedAttack", actors="Ukraine", targets="passenger train|train")),
    row("capital for government: agreed", "Addis Ababa and Asmara signed a peace agreement in Jeddah.", an("Agreement", actors="Ethiopia; Eritrea", places="Jeddah")),
    row("capital stays a place", "A drone hit a tower block in Moscow on Sunday.", an("DroneAttack", places="Moscow")),
    row("capital as place and government", "Washington said a bomb had exploded near its embassy in Baghdad.", an("Bombing", places="Baghdad", claimants="United States")),
    row("Kremlin", "The Kremlin said Ukraine had attacked a dam.", an("ArmedAttack", actors="Ukraine", targets="dam", claimants="Kremlin|Russia")),
    row("White House", "The White House urged Israel to halt the operation.", an("Demand", actors="White House|United States", targets="Israel")),
    # events told again
    row("the strike: same event", "An Israeli air strike hit a bakery in Nabatieh. Rescuers said the strike killed seven people.", an("AirStrike", actors="Israel", counts=("Killed People 7 @ Rescuers",)), alone=True),
    row("the bombing: same event", "A suicide bomber blew himself up at a mosque in Kunduz. The bombing killed 50 worshippers.", an("Bombing", counts=("Killed Civilians|People 50",)), alone=True),
    row("the raid with its place", "Israeli troops raided Jenin on Wednesday. During the raid in Jenin, soldiers killed two gunmen.", an("ArmedAttack", actors="Israel|Israeli troops"), alone=True),
    row("the talks: same event", "Russia and Ukraine held talks in Istanbul on Monday. The talks lasted an hour.", an("Talks", actors="Russia; Ukraine", places="Istanbul", when="2025-06-02"), alone=True),
    row("the ceasefire: same event", "India and Pakistan agreed a ceasefire on Saturday. The ceasefire ended four days of shelling.", an("Ceasefire", actors="India; Pakistan"), absent="Talks"),
    row("the incident", "A car rammed into soldiers at a checkpoint near Hebron. Two soldiers were wounded in the incident.", an("ArmedAttack", counts=("Wounded Combatants 2",)), alone=True),
    row("it happened again: other day", "Shells hit Nikopol on Friday. Shells hit Nikopol again on Sunday.", an("Shelling", when="2025-05-30"), an("Shelling", when="2025-06-01"), alone=True),
    row("another attack is another", "Gunmen attacked a village in Ituri on Friday. Another attack in Beni killed five farmers.", an("ArmedAttack", places="Ituri|Ituri Province"), an("ArmedAttack", places="Beni"), alone=True),
    row("an earlier attack is another", "Rebels attacked Butembo on Monday. In an earlier attack, in March, they killed 20 people.", an("ArmedAttack", when="2025-06-02"), an("ArmedAttack", when="2025-03-01/2025-03-31"), alone=True),
    row("pronoun: them as object", "Gunmen seized five fishermen off Gaza. They released them on Sunday.", an("Release", actors="gunmen", targets="fishermen")),
    row("the country", "Rwanda backs the rebels, diplomats say. The country deployed 3,000 troops across the border in May.", an("Deployment", actors="Rwanda", targets="...; troops")),
    row("the city", "Russian troops reached Kostiantynivka in May. They shelled the city on Sunday.", an("Shelling", targets="Kostiantynivka")),
    row("the attack: same event", "Gunmen attacked a bus near Mopti on Sunday. The attack left ten passengers dead.", an("ArmedAttack", actors="gunmen", targets="bus; ?passengers", counts=("Killed People 10",), mentions="attacked; attack"), alone=True),
    # the same points in other words
    row("the gunmen", "Six gunmen stormed a school in Kagara. The gunmen abducted 27 pupils.", an("Abduction", actors="gunmen", targets="pupils")),
    row("the movement", "Hamas fired rockets at Ashkelon. The movement later released a hostage.", an("Release", actors="Hamas", targets="hostage")),
    row("the general", "General Abdel Fattah al-Burhan flew to Cairo. The general met Egyptian President Abdel Fattah al-Sisi.", an("Talks", actors="Abdel Fattah al-Burhan; Abdel Fattah al-Sisi|Abdel Fattah el-Sisi")),
    row("the raid: same event", "Soldiers stormed a camp in Jenin on Sunday. The raid left three people dead.", an("ArmedAttack", actors="soldiers", when="2025-06-01", counts=("Killed People 3",)), alone=True),
    row("the clash: same event", "Kyrgyz and Tajik guards clashed on the border. The clash left four dead.", an("ArmedClash", counts=("Killed People|Combatants 4",)), alone=True),
    row("second city, second attack", "Missiles hit Kharkiv and killed two people. In Sumy, a missile attack wounded nine.", an("MissileAttack", places="Kharkiv"), an("MissileAttack", places="Sumy"), alone=True),
    row("who is left open stays open", "A convoy was attacked near Bria. The driver said he had seen nobody.", an("ArmedAttack", actors="", targets="convoy"), alone=True),
]

OPEN: list[Row] = [
    row("the village", "Rebels entered Nyanzale on Friday. Soldiers shelled the village on Sunday.", an("Shelling", targets="Nyanzale")),
    row("both countries", "Thailand and Cambodia trade blame. Both countries deployed troops.", an("Deployment", actors="Thailand; Cambodia")),
    row("alias: IS", "Islamic State attacked a village near Deir ez-Zor. IS killed four shepherds.", an("ArmedAttack", "killed", actors="Islamic State", targets="...; shepherds")),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_coreference(one: Row) -> None:
    assert wrong(one) == []
