"""How far an event is so: asserted, denied, possible, planned, hypothetical."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    row("asserted: past", "Rebels captured Walikale.", an("TerritoryCaptured", factuality="Asserted")),
    row("asserted: perfect", "Russia has withdrawn its troops from the base.", an("Withdrawal", factuality="Asserted")),
    row("asserted: going on", "Israeli troops are shelling Beit Hanoun.", an("Shelling", factuality="Asserted")),
    row("asserted: said", "The army said rebels had captured Walikale.", an("TerritoryCaptured", factuality="Asserted")),
    row("asserted: may as a month", "In May rebels captured Walikale.", an("TerritoryCaptured", factuality="Asserted")),
    row("asserted: managed to", "The rebels managed to shoot down a helicopter.", an("Interception", factuality="Asserted")),
    row("asserted: condemned", "France condemned the bombing of a hospital in Kharkiv.", an("Bombing", factuality="Asserted")),
    # negation
    row("negation: did not attack", "The troops did not attack the village.", an("ArmedAttack", factuality="Denied")),
    row("negation: never", "Russia never withdrew its troops from Transnistria.", an("Withdrawal", factuality="Denied")),
    row("negation: no talks", "No talks were held in Geneva.", an("Talks", factuality="Denied")),
    row("negation: failed to capture", "The rebels failed to capture the airport in Goma.", an("TerritoryCaptured", factuality="Denied")),
    row("negation: was cancelled", "The talks between Serbia and Kosovo were cancelled.", an("Talks", factuality="Denied")),
    row("negation: foiled", "Turkish police foiled a bomb attack in Istanbul.", an("Bombing", factuality="Denied")),
    row("negation: without attacking", "The ships passed without attacking the port.", an("ArmedAttack", factuality="Denied")),
    row("negation: in another clause", "The army did not comment after rebels captured Walikale.", an("TerritoryCaptured", factuality="Asserted")),
    row("negation: not only", "The militia not only attacked the camp but burned it.", an("ArmedAttack", factuality="Asserted")),
    row("negation: nobody was hurt", "Drones attacked the refinery but did not damage it.", an("DroneAttack", factuality="Asserted")),
    # planned
    row("planned: will", "Ethiopia will withdraw its troops from Somalia.", an("Withdrawal", factuality="Planned")),
    row("planned: plans to", "Poland plans to deploy 10,000 troops on its border with Belarus.", an("Deployment", factuality="Planned")),
    row("planned: vowed to", "Hezbollah vowed to attack Israeli cities.", an("ArmedAttack|Threat", factuality="Planned|Asserted")),
    row("planned: threatened to", "The rebels threatened to bomb the dam.", an("AirStrike|Bombing|Threat", factuality="Planned|Asserted")),
    row("planned: agreed to", "Hamas agreed to release ten hostages.", an("Release", factuality="Planned")),
    row("planned: is to", "The French president is to visit Chisinau on Wednesday.", an("Visit", factuality="Planned")),
    row("planned: ordered", "President Putin ordered the army to bomb the city.", an("AirStrike|Bombing", factuality="Planned")),
    # possible
    row("possible: may have", "Rebels may have captured the town.", an("TerritoryCaptured", factuality="Possible")),
    row("possible: suspected", "A suspected drone attack damaged a tanker off Malta.", an("DroneAttack", factuality="Possible")),
    row("possible: apparently", "Russian troops apparently captured the village.", an("TerritoryCaptured", factuality="Possible")),
    row("possible: tried to", "Gunmen tried to storm the presidential palace in Ndjamena.", an("ArmedAttack", factuality="Possible")),
    row("possible: might", "China might invade Taiwan.", an("~Violence|TerritoryCaptured", factuality="Possible")),
    # hypothetical
    row("hypothetical: if", "If Russia attacks Latvia, the alliance will respond.", an("ArmedAttack", factuality="Hypothetical")),
    row("hypothetical: would", "Iran would bomb the bases in Qatar if war came.", an("AirStrike|Bombing", factuality="Hypothetical")),
    row("hypothetical: unless", "Israel will bomb the site unless inspectors return.", an("AirStrike|Bombing", factuality="Hypothetical|Planned")),
    row("hypothetical: urged to", "The pope urged Israel and Hamas to sign a ceasefire.", an("Ceasefire|Agreement", factuality="Hypothetical")),
    row("hypothetical: demanded release", "Families demanded the release of the hostages.", an("Release", factuality="Hypothetical")),
    row("hypothetical: should", "The Security Council should sanction the generals, he said.", an("Sanction", factuality="Hypothetical")),
    row("hypothetical: fears of", "Fears of an attack on Rafah grew on Monday.", an("ArmedAttack", factuality="Hypothetical|Possible")),
    row("hypothetical: to prevent", "Police were sent to prevent clashes between the two groups.", an("ArmedClash", factuality="Hypothetical|Denied|Possible")),
    row("negation: refused to meet", "The Taliban refused to meet Pakistani officials.", an("Talks", factuality="Denied")),
    row("planned: announced it would", "Niger's junta announced that it would release the detained ministers.", an("Release", factuality="Planned")),
    row("planned: adjective", "The planned prisoner exchange between Israel and Hamas was postponed.", an("PrisonerExchange", factuality="Planned|Denied")),
    row("planned: scheduled for", "Talks between the United States and Iran are scheduled for Sunday.", an("Talks", factuality="Planned")),
    row("possible: believed to have", "The militants are believed to have abducted the priest.", an("Abduction", factuality="Possible")),
    row("hypothetical: call for", "The United Nations called for a ceasefire in Sudan.", an("Ceasefire", factuality="Hypothetical")),
]

OPEN: list[Row] = [
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_factuality(one: Row) -> None:
    assert wrong(one) == []
