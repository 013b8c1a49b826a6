"""Who says it: the claimant of each claim, through verbs of saying, quotations, chains, and the article's own voice."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import OUTLET, Row, an, row, table

# fmt: off
ROWS = [
    # verbs of saying
    row("X said that", "Governor Oleh Syniehubov said that Russian shells had hit Kupiansk.", an("Shelling", claimants="Oleh Syniehubov")),
    row("X said", "The governor said shells had hit Kupiansk.", an("Shelling", claimants="governor")),
    row(", X said", "Shells hit Kupiansk on Sunday, Governor Oleh Syniehubov said.", an("Shelling", claimants="Oleh Syniehubov")),
    row(", said X", "Shells hit Kupiansk on Sunday, said Governor Oleh Syniehubov.", an("Shelling", claimants="Oleh Syniehubov")),
    row("X told Y that", "Prime Minister Shehbaz Sharif told parliament that India had bombed a mosque.", an("AirStrike|Bombing", claimants="Shehbaz Sharif")),
    row("announced", "The Philippine coast guard announced that Chinese ships had rammed a patrol boat.", an("ArmedAttack|Violence", claimants="Philippine coast guard|Philippine Coast Guard|Philippines")),
    row("confirmed the attack", "Nigeria's army confirmed the attack on a base in Borno.", an("ArmedAttack", claimants="Nigeria|army|Nigerian Army")),
    row("in the middle", "The bomb, police said, killed three people in Jos.", an("Bombing", claimants="police")),
    row("that-clause with two events", "Kyiv said Russia had shelled Nikopol and bombed Izium.", an("Shelling", claimants="Ukraine"), an("AirStrike|Bombing", claimants="Ukraine")),
    row("two speakers agree", "The mayor and the governor said a drone had hit the port.", an("DroneAttack", claimants="mayor; governor")),
    row("a statement said", "A statement from the Houthis said they had attacked a ship.", an("ArmedAttack", claimants="Houthis|Houthi movement")),
    row("in a statement", "The army said in a statement that rebels had attacked Djugu.", an("ArmedAttack", claimants="army")),
    row("wrote on Telegram", "Drones attacked the refinery, Governor Roman Busargin wrote on Telegram.", an("DroneAttack", claimants="Roman Busargin")),
    row("as X said", "As the mayor said on Friday, shells hit two schools in Kherson.", an("Shelling", claimants="mayor")),
    # according to
    row("according to, at the end", "Gunmen killed nine people in Tahoua, according to the governor.", an("ArmedAttack", claimants="governor")),
    row("according to, at the start", "According to the United Nations, militias attacked a camp in Ituri.", an("ArmedAttack", claimants="United Nations")),
    row("according to with a number", "The strike killed 12 people, according to the health ministry in Gaza.", an("~Violence", counts=("Killed People 12 @ health ministry|Gaza Health Ministry|health ministry in Gaza",))),
    # quotations
    row("quotation with tag", '"Russian missiles struck the bakery," Mayor Ihor Terekhov said.', an("MissileAttack", claimants="Ihor Terekhov")),
    row("quotation ends", '"We are tired," said Leila Haddad, a teacher. Israeli jets bombed Tyre on Sunday.', an("AirStrike|Bombing", claimants=OUTLET)),
    # claimed and denied
    row("claimed", "The Houthis claimed they had attacked an American destroyer.", an("ArmedAttack", claimants="Houthis|Houthi movement", factuality="Asserted")),
    row("claimed responsibility", "The Pakistani Taliban claimed responsibility for the bombing in Peshawar.", an("Bombing", claimants="Pakistani Taliban|Tehrik-i-Taliban Pakistan|Taliban", actors="Pakistani Taliban|Tehrik-i-Taliban Pakistan")),
    row("denied: X attacked", "Rwanda denied that its troops had attacked Goma.", an("ArmedAttack", claimants="Rwanda", factuality="Denied")),
    row("denied responsibility", "A bomb exploded in Beirut on Sunday. Israel denied responsibility for the bombing.", an("Bombing", factuality="Denied", claimants="Israel")),
    row("one says, the other denies", "Azerbaijan said Armenian troops had shelled a village. Armenia denied the shelling.", an("Shelling", factuality="Asserted", claimants="Azerbaijan"), alone=True),
    # chains
    row("X told the agency", "A militia attacked Djugu, the mayor told Reuters.", an("ArmedAttack", claimants="mayor")),
    row("medium reports on its own", "Al Jazeera reported that Israeli jets had bombed Saida.", an("AirStrike|Bombing", claimants="Al Jazeera")),
    row("said X had said", "The spokesman said the general had said that rebels attacked Bor.", an("ArmedAttack", claimants="general")),
    # anonymous
    row("officials", "Gunmen killed six people in Plateau state, officials said.", an("ArmedAttack", claimants="officials"), entities={"officials": {"class": "Group"}}),
    row("activists", "Activists said jets had bombed Maarat al-Numan.", an("AirStrike|Bombing", claimants="activists"), entities={"Activists": {"class": "Group"}}),
    row("witnesses", "Soldiers opened fire on mourners in Mandalay, witnesses said.", an("ArmedAttack", claimants="witnesses"), entities={"witnesses": {"class": "Group"}}),
    row("a security source", "A security source said drones had hit the airport in Erbil.", an("DroneAttack", claimants="security source|source")),
    row("US officials", "American officials said Iran had fired two missiles at a base.", an("MissileAttack", claimants="United States|American officials")),
    row("residents said by telephone", "Residents said by telephone that troops had shelled Babanusa.", an("Shelling", claimants="residents")),
    # own voice
    row("own voice", "Gunmen attacked a hotel in Bamako on Sunday.", an("ArmedAttack", claimants=OUTLET), entities={OUTLET: {"class": "NewsOutlet"}}),
    row("own voice beside a speaker", "Shells hit Uvira on Sunday. The mayor said drones had attacked Bukavu.", an("Shelling", claimants=OUTLET), an("DroneAttack", claimants="mayor")),
    row("own voice: said of something else", "Shells hit Uvira on Sunday, and the mayor said schools would stay shut.", an("Shelling", claimants=OUTLET)),
    row("own voice in a relative clause", "The minister, whose convoy was attacked by gunmen in May, said elections would be held.", an("ArmedAttack", claimants=OUTLET)),
    row("own voice: after-clause of a statement", "The president spoke after rebels captured Goma.", an("TerritoryCaptured", claimants=OUTLET)),
    # pressure needs no claimant but the outlet
    row("accuser claims what he accuses of", "Sudan accused the Emirates of arming the militia.", an("MilitaryAid", claimants="Sudan"), an("Accusation", actors="Sudan", targets="United Arab Emirates|Emirates")),
    row("reported attack: object", "The Observatory reported an air strike on Daraa.", an("AirStrike", claimants="Observatory|Syrian Observatory for Human Rights")),
    row("passive: was reported by", "The shelling of Uvira was reported by residents.", an("Shelling", claimants="residents")),
    row("quotation over sentences", '"They shelled the market," said Amina Yusuf, a nurse. "Then they attacked the clinic."', an("Shelling", claimants="Amina Yusuf"), an("ArmedAttack", claimants="Amina Yusuf")),
    row("curly quotation", "“Gunmen abducted the driver,” said Musa Bello, a trader. “They also attacked a police post.”", an("Abduction", claimants="Musa Bello"), an("ArmedAttack", claimants="Musa Bello")),
    row("denied: the attack", "Ukraine denied attacking the bus.", an("ArmedAttack", claimants="Ukraine", factuality="Denied")),
    row("denied it", "Gunmen attacked a hotel in Bamako. The separatists denied any involvement in the attack.", an("ArmedAttack", factuality="Denied", claimants="separatists")),
    row("the other denies", "Azerbaijan said Armenian troops had shelled a village. Armenia denied the shelling.", an("Shelling", factuality="Denied", claimants="Armenia"), alone=True),
    row("media quoting", "Rebels captured Tessit, Reuters reported, citing local officials.", an("TerritoryCaptured", claimants="local officials|officials")),
    row("agency quoted X as saying", "The TASS news agency quoted the governor as saying that drones attacked Tula.", an("DroneAttack", claimants="governor")),
    # the same points in other words
    row("quotation of three sentences", '"Soldiers shelled us," said Rahel Tesfay, a farmer. "They burned the church. They killed my brother."', an("Shelling", claimants="Rahel Tesfay"), an("ArmedAttack", "killed", claimants="Rahel Tesfay")),
    row("paragraph of quotation", 'Colonel Sani Umar spoke in Maiduguri.\n\n"Our troops attacked two camps," he said. "They captured 15 fighters."', an("ArmedAttack", claimants="Sani Umar")),
    row("citing, in front", "Citing security officials, Reuters reported that gunmen had attacked a prison.", an("ArmedAttack", claimants="security officials|officials")),
    row("quoted by", "Drones hit a refinery in Samara, the governor was quoted by Interfax as saying.", an("DroneAttack", claimants="governor")),
    row("rejected an accusation", "Kigali rejected reports that its soldiers had shelled a camp.", an("Shelling", claimants="Rwanda", factuality="Denied")),
    row("said no, in words", "A spokesman said the army had not attacked the hospital.", an("ArmedAttack", claimants="spokesman", factuality="Denied")),
    row("neither confirmed nor denied", "Israel neither confirmed nor denied the strike on Isfahan.", an("~Violence"), absent="Talks"),
    row("no claim of responsibility", "A bomb exploded in Kabul. No group claimed responsibility for the attack.", an("Bombing", actors="", claimants=OUTLET), alone=True),
    row("insisted", "Addis Ababa insisted that it had withdrawn its troops.", an("Withdrawal", claimants="Ethiopia")),
    row("satellite images showed", "Satellite images showed that missiles had hit the airbase.", an("MissileAttack", claimants=f"{OUTLET}|satellite images")),
    row("speaker with a long office", "Filippo Grandi, the head of the United Nations refugee agency, said militias had attacked a camp.", an("ArmedAttack", claimants="Filippo Grandi")),
    row("he said, of a man named before", "Mayor Ivan Fedorov spoke to reporters. A missile hit a clinic, he said.", an("MissileAttack", claimants="Ivan Fedorov")),
]

OPEN: list[Row] = [
    row("per X", "Rebels killed nine soldiers, per the defence ministry.", an("ArmedAttack", claimants="defence ministry")),
    row("quotation: tag in the middle", '"The rebels attacked at dawn," Colonel Diallo said. "They killed four soldiers."', an("ArmedAttack", claimants="Diallo|Colonel Diallo"), absent="Talks"),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_attribution(one: Row) -> None:
    assert wrong(one) == []
