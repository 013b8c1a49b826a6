"""The day of the event: in words, against the day of publication, with its precision. Published Tuesday, 3 June 2025."""
# ruff: noqa: E501 - a row a line reads as a table

from datetime import date

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, at, row, table

# fmt: off
ROWS = [
    # single days
    row("weekday", "Shells hit Nikopol on Sunday.", an("Shelling", when="2025-06-01", precision="Day")),
    row("weekday before a verb", "On Saturday, gunmen attacked a convoy near Gao.", an("ArmedAttack", when="2025-05-31")),
    row("weekday without a preposition", "Rebels Monday attacked a barracks in Kawkareik.", an("ArmedAttack", when="2025-06-02")),
    row("weekday of publication", "Drones hit Odesa on Tuesday.", an("DroneAttack", when="2025-06-03")),
    row("last Tuesday", "Drones hit Odesa last Tuesday.", an("DroneAttack", when="2025-05-27")),
    row("Monday morning", "A bomb exploded in Quetta on Monday morning.", an("Bombing", when="2025-06-02", precision="Day")),
    row("yesterday", "Israeli jets bombed Baalbek yesterday.", an("AirStrike|Bombing", when="2025-06-02")),
    row("today", "Fighting broke out near Masisi today.", an("ArmedClash", when="2025-06-03")),
    row("earlier today", "A car bomb exploded in Mogadishu earlier today.", an("Bombing", when="2025-06-03")),
    row("this morning", "Two missiles struck Kryvyi Rih this morning.", an("MissileAttack", when="2025-06-03")),
    row("two days ago", "Bandits abducted a priest two days ago.", an("Abduction", when="2025-06-01")),
    row("weekday as possessive", "Sunday's attack on the church in Goma killed 12 people.", an("ArmedAttack", when="2025-06-01")),
    row("weekday as modifier", "The Saturday bombing in Peshawar killed nine people.", an("Bombing", when="2025-05-31")),
    row("not the day on which a toll is raised", "The death toll from a bombing in Quetta rose to 15 on Monday.", an("Bombing", when="")),
    # nights, parts
    row("overnight", "Russian drones attacked Sumy overnight.", an("DroneAttack", when="2025-06-02/2025-06-03")),
    row("last night", "Israeli forces raided Nablus last night.", an("ArmedAttack", when="2025-06-02/2025-06-03")),
    row("at the weekend", "Clashes broke out in Tripoli at the weekend.", an("ArmedClash", when="2025-05-31/2025-06-01")),
    # weeks, months, years
    row("last week", "The Arakan Army captured Ann last week.", an("TerritoryCaptured", when="2025-05-26/2025-06-01", precision="Week")),
    row("this week", "Rebels attacked three villages in Ituri this week.", an("ArmedAttack", when="2025-06-02/2025-06-03|2025-06-02/2025-06-08", precision="Week")),
    row("last month", "Mali's army bombed Kidal last month.", an("AirStrike|Bombing", when="2025-05-01/2025-05-31", precision="Month")),
    row("in March", "M23 captured Walikale in March.", an("TerritoryCaptured", when="2025-03-01/2025-03-31", precision="Month")),
    row("in November: of last year", "Rebels seized Aleppo in November.", an("TerritoryCaptured", when="2024-11-01/2024-11-30", precision="Month")),
    row("month and year", "Hamas fighters attacked Israel in October 2023.", an("ArmedAttack", when="2023-10-01/2023-10-31")),
    row("early May", "Indian jets bombed two camps in early May.", an("AirStrike|Bombing", when="2025-05-01/2025-05-10", precision="Month")),
    row("in 2021", "The Taliban captured Kabul in 2021.", an("TerritoryCaptured", when="2021-01-01/2021-12-31", precision="Year")),
    row("last year", "Militants attacked the port of Gwadar last year.", an("ArmedAttack", when="2024-01-01/2024-12-31", precision="Year")),
    # dates
    row("date: 7 October 2023", "Gunmen attacked Kibbutz Beeri on 7 October 2023.", an("ArmedAttack", when="2023-10-07")),
    row("date: American order", "Gunmen attacked Kibbutz Beeri on October 7, 2023.", an("ArmedAttack", when="2023-10-07")),
    row("date without a year", "Shells hit a market in Donetsk on May 14.", an("Shelling", when="2025-05-14")),
    row("date of last year", "Shells hit a market in Donetsk on 21 December.", an("Shelling", when="2024-12-21")),
    row("date with an ordinal", "A mine killed two farmers on the 9th of May.", an("~Violence", when="2025-05-09")),
    row("date: abbreviated", "Troops withdrew from Chad on Jan. 30.", an("Withdrawal", when="2025-01-30")),
    # ranges
    row("range: from to", "The army shelled the camp from Friday to Sunday.", an("Shelling", when="2025-05-30/2025-06-01")),
    row("since a year", "Russian-backed separatists have shelled Avdiivka since 2014.", an("Shelling", when="2014-01-01/2025-06-03", precision="Year")),
    row("since a month", "Drones have attacked Port Sudan since May.", an("DroneAttack", when="2025-05-01/2025-06-03")),
    row("since a weekday", "Troops have shelled Bhamo since Saturday.", an("Shelling", when="2025-05-31/2025-06-03")),
    row("over the past two days", "Over the past two days, jets bombed Saada.", an("AirStrike|Bombing", when="2025-06-01/2025-06-03")),
    # one against another
    row("two days earlier", "Gunmen attacked Djibo on Sunday. Two days earlier, they had attacked a convoy.", an("ArmedAttack", "attacked", when="2025-06-01"), an("ArmedAttack", targets="convoy", when="2025-05-30"), alone=True),
    row("the next day", "Rebels entered Uvira on Friday. The next day they shelled the port.", an("Shelling", when="2025-05-31")),
    row("the same day", "A bomb exploded in Jos on 12 May. The same day gunmen attacked a bus in Kaduna.", an("Bombing", when="2025-05-12"), an("ArmedAttack", when="2025-05-12"), alone=True),
    row("each its own day", "Drones hit Odesa on Friday and missiles struck Kyiv on Sunday.", an("DroneAttack", when="2025-05-30"), an("MissileAttack", when="2025-06-01"), alone=True),
    row("carried on in the next sentence", "Gunmen attacked a market in Zamfara on Sunday. They abducted 30 traders.", an("Abduction", when="2025-06-01")),
    # not the statement's day
    row("statement's day: said on Monday", "The governor said on Monday that a missile had struck Poltava.", an("MissileAttack", when="")),
    row("statement's day and event's day", "The army said on Monday that drones attacked Sumy on Saturday.", an("DroneAttack", when="2025-05-31")),
    row("statement's day at the end", "Shells hit a school in Nikopol on Saturday, the mayor said on Monday.", an("Shelling", when="2025-05-31")),
    row("day of another clause", "The minister, who arrived on Sunday, met Syria's president on Monday.", an("Talks", when="2025-06-02")),
    # datelines
    row("dateline date alone", "GOMA, June 2, 2025 - M23 rebels captured a hill near Sake.", an("TerritoryCaptured", when="|2025-06-02")),
    # future
    row("future: next week", "Russia and Ukraine will hold talks in Istanbul next week.", an("Talks", when="2025-06-09/2025-06-15", factuality="Planned")),
    row("future: on Friday", "The envoys will meet in Geneva on Friday.", an("Talks", when="2025-06-06", factuality="Planned")),
    row("future: in July", "Ethiopian troops will withdraw from Baidoa in July.", an("Withdrawal", when="2025-07-01/2025-07-31", factuality="Planned")),
    # none
    row("none", "Gunmen attacked a convoy near Gao.", an("ArmedAttack", when="")),
    row("none: recently", "Rebels recently captured two villages in Shan state.", an("TerritoryCaptured", when="")),
    row("none: about a week ago", "Bandits abducted the judge about a week ago.", an("Abduction", when="")),
    row("none: an age", "Gunmen shot Amir Saleh, 43, in Basra.", an("ArmedAttack", when="")),
    row("none: no publication date", "Shells hit Nikopol on Sunday.", an("Shelling", when=""), published=None),
    row("full date without publication", "Shells hit Nikopol on 1 June 2025.", an("Shelling", when="2025-06-01"), published=None),
    # zones
    row("zone: late evening in the east", "Drones hit Odesa on Tuesday.", an("DroneAttack", when="2025-06-03"), published=at(2025, 6, 3, 23, "+03:00")),
    row("zone: early morning in the east", "Drones hit Odesa overnight.", an("DroneAttack", when="2025-06-02/2025-06-03"), published=at(2025, 6, 3, 1, "+09:00")),
    row("zone: evening in the west", "Drones hit Odesa yesterday.", an("DroneAttack", when="2025-06-02"), published=at(2025, 6, 3, 22, "-08:00")),
    row("year turns", "Gunmen attacked a club on Tuesday.", an("ArmedAttack", when="2024-12-31"), published=date(2025, 1, 2)),
    row("year turns: in December", "Rebels captured Bria in December.", an("TerritoryCaptured", when="2024-12-01/2024-12-31"), published=date(2025, 1, 2)),
    row("Friday night", "Gunmen stormed a bar in Durán on Friday night.", an("ArmedAttack", when="2025-05-30")),
    row("overnight on Sunday", "Drones attacked Kyiv overnight into Sunday.", an("DroneAttack", when="2025-05-31/2025-06-01")),
    row("date beside a weekday", "Gunmen attacked a school in Kebbi on Thursday, May 22.", an("ArmedAttack", when="2025-05-22")),
    row("statement's day: told reporters", "Rebels had captured the bridge, General Sule told reporters on Monday.", an("TerritoryCaptured", when="")),
    row("none: a number like a year", "Russia fired 2014 shells at Kherson.", an("Shelling", when="")),
    # the same points in other words
    row("late on Thursday", "Gunmen attacked a mosque in Kunduz late on Thursday.", an("ArmedAttack", when="2025-05-29")),
    row("the previous day", "Rebels shelled Uvira on Friday. The previous day they had captured the port.", an("TerritoryCaptured", when="2025-05-29")),
    row("three days later", "Gunmen abducted a judge on 20 May. Three days later soldiers freed her.", an("Release", when="2025-05-23")),
    row("on Sunday night into Monday", "Drones attacked Odesa on the night of 1 June.", an("DroneAttack", when="2025-06-01|2025-06-01/2025-06-02")),
    row("history beside news", "Shells hit Goma on Sunday. M23 first captured the city in 2012.", an("Shelling", when="2025-06-01"), an("TerritoryCaptured", when="2012-01-01/2012-12-31"), alone=True),
    row("until a month is no day of it", "The ceasefire, signed on 12 May, lasts until October.", an("Ceasefire", when="2025-05-12")),
    row("summer", "Troops captured Bambari in late 2024.", an("TerritoryCaptured", when="2024-10-01/2024-12-31|2024-07-01/2024-12-31|2024-09-01/2024-12-31|2024-01-01/2024-12-31")),
    row("may: a modal, no month", "The army may attack the town.", an("ArmedAttack", when="")),
    row("hours ago", "Missiles hit Kryvyi Rih hours ago.", an("MissileAttack", when="|2025-06-03|2025-06-02/2025-06-03")),
]

OPEN: list[Row] = [
    row("a fortnight is vague enough", "Rebels captured the mine some weeks ago.", an("TerritoryCaptured", when="")),
    row("before: background has no day", "A bomb exploded in Taiz on Sunday. The rebels have attacked journalists before.", an("Bombing", when="2025-06-01"), an("ArmedAttack", targets="journalists", when="")),
    row("week of", "Militants raided nine villages in the first week of May.", an("ArmedAttack", when="2025-05-01/2025-05-07|2025-05-01/2025-05-10")),
    row("range: between dates", "Between 5 and 12 May, Russian guns shelled Kherson daily.", an("Shelling", when="2025-05-05/2025-05-12")),
    row("a day after", "Iran fired missiles at Haifa on Sunday, a day after Israel bombed Isfahan.", an("MissileAttack|Shelling", when="2025-06-01"), an("AirStrike|Bombing", when="2025-05-31"), alone=True),
    row("dateline date is no event's", "KHARTOUM, May 30 - Shells hit a hospital in Omdurman on Thursday.", an("Shelling", when="2025-05-29")),
]
# fmt: on


@pytest.mark.parametrize("one", table(ROWS, open_=OPEN))
def test_times(one: Row) -> None:
    assert wrong(one) == []
