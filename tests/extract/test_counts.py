"""Numbers of an event: what was done to how many of what kind, and no count where the number is of something else."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    # forms
    row("digits", "A shell killed 7 civilians in Kherson.", an("Shelling", counts=("Killed Civilians 7",))),
    row("words", "A shell killed seven civilians in Kherson.", an("Shelling", counts=("Killed Civilians 7",))),
    row("thousands with a comma", "Rebels captured 1,200 soldiers in Goma.", an("Arrest|Abduction|Custody|ArmedClash|TerritoryCaptured", counts=("Captured Combatants 1200",))),
    row("dozens", "Air strikes killed dozens of people in Idlib.", an("AirStrike", counts=("Killed People 24..",))),
    row("a dozen", "Gunmen killed a dozen miners in Balochistan.", an("ArmedAttack", counts=("Killed People|Civilians 12",))),
    # bounds
    row("at least", "The strike killed at least 28 people in Rafah.", an("~Violence", counts=("Killed People 28..",))),
    row("more than", "The bombing killed more than 40 people in Karachi.", an("Bombing", counts=("Killed People 40..",))),
    row("over", "Ukraine destroyed over 40 Russian aircraft.", an("~Violence", counts=("Destroyed Aircraft 40..",))),
    row("up to", "The bomb killed up to 30 soldiers at a base in Gao.", an("Bombing", counts=("Killed Combatants ..30",))),
    row("nearly", "Militants abducted nearly 50 people in Kwara.", an("Abduction", counts=("Captured People ..50",))),
    row("no fewer than", "The raid left no fewer than 15 villagers dead.", an("ArmedAttack", counts=("Killed Civilians|People 15..",))),
    row("about is exact", "The ambush killed about 20 soldiers.", an("ArmedAttack", counts=("Killed Combatants 20",))),
    row("or more", "Shells killed ten or more civilians in El Fasher.", an("Shelling", counts=("Killed Civilians 10..",))),
    row("x of the y", "Ukraine's air force shot down 52 of the 80 drones.", an("Interception", counts=("Intercepted Drones 52 of 80",))),
    # measures
    row("killed and wounded", "The bomb killed five people and wounded 12 others.", an("Bombing", counts=("Killed People 5", "Wounded People 12"))),
    row("dead and injured", "The attack left nine soldiers dead and 14 injured.", an("ArmedAttack", counts=("Killed Combatants 9", "Wounded People|Combatants 14"))),
    row("died", "Four children died when a shell hit a house in Kharkiv.", an("Shelling", counts=("Killed Children 4",))),
    row("death toll", "The death toll from the bombing rose to 38.", an("Bombing", counts=("Killed People 38",))),
    row("claimed lives", "The suicide attack claimed 17 lives in Bannu.", an("Bombing", counts=("Killed People 17",))),
    row("captured", "Ukrainian troops captured 15 Russian soldiers near Kupiansk.", an("Arrest|Abduction|Custody|ArmedClash", counts=("Captured Combatants 15",))),
    row("released", "Azerbaijan released 32 prisoners on Friday.", an("Release", counts=("Released Prisoners 32",))),
    row("exchanged each", "Russia and Ukraine exchanged 390 prisoners each.", an("PrisonerExchange", counts=("Released Prisoners 390",))),
    row("fled", "About 4,000 people fled the town.", an("Flight", counts=("Displaced People 4000",))),
    row("evacuated", "Police evacuated 150 residents from Vovchansk.", an("Evacuation", counts=("Displaced Civilians|People 150",))),
    row("launched", "Russia launched 120 drones at Ukraine overnight.", an("DroneAttack", counts=("Launched Drones 120",))),
    row("launched two kinds", "Russia launched 479 drones and 20 missiles at Ukraine.", an("DroneAttack|MissileAttack|AirStrike", counts=("Launched Drones 479", "Launched Missiles 20"))),
    row("shot down two kinds", "Air defences shot down 270 drones and ten cruise missiles.", an("Interception", counts=("Intercepted Drones 270", "Intercepted CruiseMissiles 10"))),
    row("struck", "Israeli jets struck 60 military sites in Syria.", an("AirStrike", counts=("Struck MilitarySites 60",))),
    # kinds
    row("kind: women and children", "Shells killed six women and four children in Kadugli.", an("Shelling", counts=("Killed Civilians|People 6", "Killed Children 4"))),
    row("kind: journalists", "An Israeli strike killed five journalists in Khan Younis.", an("AirStrike|ArmedAttack", counts=("Killed Journalists 5",))),
    row("kind: aid workers", "Gunmen killed three aid workers in Malakal.", an("ArmedAttack", counts=("Killed AidWorkers 3",))),
    row("kind: both sides", "The clash killed four soldiers and nine rebels.", an("ArmedClash", counts=("Killed Combatants 4", "Killed Combatants 9"))),
    row("kind: hostages", "Hamas released eight hostages on Thursday.", an("Release", counts=("Released Hostages 8",))),
    # rival numbers
    row("rival: launched and shot down", "Ukraine's air force said it shot down 52 of 80 drones. Russia's defence ministry said all 80 hit their targets.", an("Interception", counts=("Intercepted Drones 52 of 80 @ Ukrainian Air Force|Ukraine|air force",))),
    row("rival: two tolls", "The mayor said the missile strike killed three people. The governor said the strike killed five people.", an("MissileAttack", counts=("Killed People 3 @ mayor", "Killed People 5 @ governor"))),
    row("rival: one speaker then the outlet", "Rebels killed 12 soldiers in Mopti, the army said. The rebels said they had killed 30 soldiers in the attack.", an("ArmedAttack", counts=("Killed Combatants 12 @ army", "Killed Combatants 30 @ rebels"))),
    # no counts
    row("none: a year", "Gunmen killed people in Bucha in 2022.", an("ArmedAttack", counts=())),
    row("none: an age", "A sniper killed a 19-year-old student in Nablus.", an("ArmedAttack", counts=("Killed Civilians|People 1",))),
    row("none: a rank", "The drone struck the headquarters of the 47th Brigade.", an("DroneAttack", counts=())),
    row("none: a time", "At 3 a.m. missiles hit a hotel in Kramatorsk.", an("MissileAttack", counts=())),
    row("none: a duration", "The army shelled Bahri for 12 hours.", an("Shelling", counts=())),
    row("none: age of the war", "Rebels attacked Wau in the 12th year of the war.", an("ArmedAttack", counts=())),
    row("none: nobody hurt", "A drone hit a warehouse in Odesa, but no one was hurt.", an("DroneAttack", counts=())),
    row("hyphened words", "The blast killed twenty-three worshippers in Kunduz.", an("Bombing", counts=("Killed Civilians|People 23",))),
    row("1.5 million", "Fighting in Khartoum has displaced 1.5 million people.", an("ArmedClash|Displacement|Flight|Evacuation", counts=("Displaced People 1500000",))),
    row("tens of thousands", "Tens of thousands of people fled Goma.", an("Flight", counts=("Displaced People 20000..",))),
    row("a couple of", "A drone wounded a couple of soldiers near Pokrovsk.", an("DroneAttack", counts=("Wounded Combatants 2",))),
    row("two dozen", "Rockets wounded two dozen people in Ashdod.", an("Shelling|MissileAttack", counts=("Wounded People 24",))),
    row("several is no number", "Rockets wounded several people in Ashdod.", an("Shelling|MissileAttack", counts=())),
    row("six to eight", "The mine killed six to eight soldiers.", an("~Violence", counts=("Killed Combatants 6..8",))),
    row("destroyed", "The strikes destroyed 12 tanks near Robotyne.", an("~Violence", counts=("Destroyed Tanks 12",))),
    row("damaged", "The drones damaged 14 homes in Belgorod.", an("DroneAttack", counts=("Damaged Homes 14",))),
    # the same points in other words
    row("scores", "The blast wounded scores of shoppers in Kano.", an("Bombing", counts=("Wounded People|Civilians 40..",))),
    row("hundreds of thousands", "The fighting displaced hundreds of thousands of people.", an("Displacement|ArmedClash|Flight", counts=("Displaced People 200000..",))),
    row("forty-one", "Forty-one soldiers were killed in an ambush near Inates.", an("ArmedAttack", counts=("Killed Combatants 41",))),
    row("three or four", "Gunmen killed three or four guards.", an("ArmedAttack", counts=("Killed People|Combatants|Civilians 3..4",))),
    row("almost 2,000", "Almost 2,000 people fled Bunagana.", an("Flight", counts=("Displaced People ..2000",))),
    row("fewer than", "Fewer than 20 soldiers surrendered in Sake.", an("Withdrawal|Arrest|Custody|~Control", counts=("Captured Combatants ..20",))),
    row("out of: half is none", "Half of the drones were shot down.", an("Interception", counts=())),
    row("toll stands at", "The death toll from the attack stands at 61.", an("ArmedAttack", counts=("Killed People 61",))),
    row("bringing the toll to", "A soldier died of his wounds on Monday, bringing the toll from the ambush to nine.", an("ArmedAttack", counts=("Killed People|Combatants 9", "? Killed Combatants 1"))),
    row("fired two kinds", "Hezbollah fired 60 rockets and four drones at Haifa.", an("~Violence", counts=("Launched Rockets 60", "Launched Drones 4"))),
    row("missiles of a brand", "Russia fired six Iskander missiles at Odesa.", an("MissileAttack", counts=("Launched Missiles|BallisticMissiles 6",))),
    row("surviving: none", "Twelve passengers survived the attack on the bus.", an("ArmedAttack", counts=())),
    row("none: population", "Rebels captured Sake, a town of 60,000 people.", an("TerritoryCaptured", counts=())),
    row("none: date", "On 12 May soldiers attacked a clinic in Bhamo.", an("ArmedAttack", counts=())),
    row("none: ordinal", "Gunmen attacked the town for the third time.", an("ArmedAttack", counts=())),
    row("none: name with a number", "M23 attacked Masisi.", an("ArmedAttack", counts=())),
    row("a man", "A sniper killed a man in Bakhmut.", an("ArmedAttack", counts=("? Killed People|Civilians 1",))),
    row("passive", "Six police officers were killed and two were injured in an ambush near Tillaberi.", an("ArmedAttack", counts=("Killed People|Combatants 6", "Wounded People|Combatants 2"))),
    row("deployed", "Kenya deployed 400 police officers to Haiti.", an("Deployment", counts=("Deployed People|Combatants 400",))),
    row("none: age after a name", "Soldiers shot dead Mahmoud Hassan, 23, in Jenin.", an("ArmedAttack", counts=("? Killed People|Civilians 1",))),
    row("none: money", "Kidnappers abducted a banker and demanded $2 million.", an("Abduction", counts=("? Captured People|Civilians 1",))),
    row("noun: barrage of", "A barrage of 30 rockets hit Sderot.", an("Shelling|MissileAttack", counts=("Launched Rockets 30",))),
]

OPEN: list[Row] = [
    row("a few dozen", "Police detained a few dozen marchers in Tbilisi.", an("Arrest", counts=("Captured People|Civilians 24..",))),
    row("a number of is no number", "The army detained a number of students in Dhaka.", an("Arrest", counts=())),
    row("killed with a colon of kinds", "Shells killed nine people, among them two nurses, in Bahri.", an("Shelling", counts=("Killed People 9", "Killed People|Civilians 2"))),
    row("noun phrase: killing of 12", "The killing of 12 students by gunmen shocked Jos.", an("ArmedAttack", counts=("Killed People|Civilians 12",))),
    row("none: temperature and speed", "The drone flew at 180 km/h before it hit the silo.", an("DroneAttack", counts=())),
    row("hundreds", "Bandits abducted hundreds of schoolchildren in Niger state.", an("Abduction", counts=("Captured Children 200..",))),
    row("between 4 and 6", "The mine killed between four and six soldiers.", an("~Violence", counts=("Killed Combatants 4..6",))),
    row("x out of y", "Air defences intercepted 30 out of 36 missiles.", an("Interception", counts=("Intercepted Missiles 30 of 36",))),
    row("missing", "Three soldiers were killed and four are missing after an ambush.", an("ArmedAttack", counts=("Killed Combatants 3", "Missing Combatants|People 4"))),
    row("supplied", "Germany sent 18 tanks to Ukraine.", an("MilitaryAid", counts=("Supplied Tanks 18",))),
    row("kind: including", "An air strike killed ten people, including three children, in Gaza City.", an("AirStrike", counts=("Killed People 10", "Killed Children 3"))),
    row("rival: according to", "The bombing killed 20 people according to police, and 35 according to hospital workers.", an("Bombing", counts=("Killed People 20 @ police", "Killed People 35 @ hospital workers|workers"))),
    row("rival: same number, two speakers", "The mayor said the bomb killed three people. Police also said the bomb killed three people.", an("Bombing", counts=("Killed People 3 @ mayor", "Killed People 3 @ police"))),
    row("none: a distance", "Rebels attacked a mine 30 kilometres north of Beni.", an("ArmedAttack", counts=())),
    row("none: per cent", "The bombing cut 40 percent of the city's power.", an("Bombing", counts=())),
    row("none: model number", "Ukraine fired ATACMS at a depot 110 km from the border.", an("~Violence", counts=())),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_counts(one: Row) -> None:
    assert wrong(one) == []
