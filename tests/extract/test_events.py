"""Which words of a text are events, and of what type; and which are none."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest

from tests.extract.reading import wrong
from tests.extract.rows import Row, an, row, table

# fmt: off
ROWS = [
    # verbs
    row("verb: shelled", "Rapid Support Forces gunners shelled a displacement camp outside El Fasher on Sunday.", an("Shelling", "shelled"), alone=True),
    row("verb: bombed", "Myanmar's air force bombed a monastery in Sagaing on Monday.", an("AirStrike|Bombing", "bombed"), alone=True),
    row("verb: struck with missiles", "Iran struck two bases in northern Iraq with ballistic missiles.", an("MissileAttack", "struck"), alone=True),
    row("verb: fired rockets at", "Fighters in Gaza fired a dozen rockets at Ashkelon on Saturday.", an("Shelling|MissileAttack", "fired"), alone=True),
    row("verb: ambushed", "Gunmen ambushed an army convoy in northern Burkina Faso.", an("ArmedAttack", "ambushed"), alone=True),
    row("verb: clashed", "Congolese troops clashed with M23 rebels near Sake on Friday.", an("ArmedClash", "clashed"), alone=True),
    row("verb: captured a town", "The Arakan Army captured the town of Kyauktaw from the junta last week.", an("TerritoryCaptured", "captured"), alone=True),
    row("verb: withdrew", "Ethiopian troops withdrew from the Somali town of Garbaharey.", an("Withdrawal", "withdrew"), alone=True),
    row("verb: deployed", "Kenya deployed 400 police officers to Haiti.", an("Deployment", "deployed"), alone=True),
    row("verb: abducted", "Bandits abducted 30 villagers in Zamfara state on Sunday.", an("Abduction", "abducted"), alone=True),
    row("verb: detained", "Belarusian security agents detained three journalists in Minsk.", an("Arrest", "detained"), alone=True),
    row("verb: freed", "Hamas freed two Thai hostages on Thursday.", an("Release", "freed"), alone=True),
    row("verb: swapped prisoners", "Armenia and Azerbaijan swapped 34 prisoners of war on Wednesday.", an("PrisonerExchange", "swapped"), alone=True),
    row("verb: fled", "About 2,000 families fled the fighting around Bunagana.", an("Flight", "fled")),
    row("verb: evacuated", "Authorities evacuated 300 residents from villages near Kupiansk.", an("Evacuation", "evacuated"), alone=True),
    row("verb: accused", "Pakistan accused India of shelling villages along the Line of Control.", an("Accusation", "accused"), an("Shelling", "shelling"), alone=True),
    row("verb: urged", "Qatar urged Israel to lift the blockade.", an("Demand", "urged")),
    row("verb: threatened to attack", "The Houthis threatened to attack American warships.", an("Threat", "threatened")),
    row("verb: vowed to retaliate", "Iran vowed to retaliate against Israel.", an("Threat", "vowed")),
    row("verb: visited", "Chancellor Friedrich Merz visited Kyiv on Saturday.", an("Visit", "visited"), alone=True),
    row("verb: toppled", "Soldiers toppled President Mohamed Bazoum in July 2023.", an("Coup", "toppled"), alone=True),
    row("verb: protested", "Thousands of people protested against the war in Tel Aviv on Saturday.", an("Protest", "protested"), alone=True),
    row("verb: sanctioned", "The United States sanctioned two Rwandan generals on Thursday.", an("Sanction", "sanctioned"), alone=True),
    row("verb: intercepted", "Israeli air defences intercepted a missile from Yemen early on Sunday.", an("Interception", "intercepted"), absent="MissileAttack"),
    # eventive nouns
    row("noun: the bombing of", "The bombing of the Ahmadi mosque in Kabul shocked the city.", an("Bombing", "bombing"), alone=True),
    row("noun: a ceasefire", "A ceasefire between India and Pakistan took effect on Saturday.", an("Ceasefire", "ceasefire"), alone=True),
    row("noun: the killing of", "The killing of a Druze cleric by gunmen in Sweida raised tensions.", an("ArmedAttack", "killing"), alone=True),
    row("noun: withdrawal", "The withdrawal of French troops from Chad was completed in January.", an("Withdrawal", "withdrawal"), alone=True),
    row("noun: sanctions on", "The European Union imposed sanctions on three Belarusian judges.", an("Sanction", "sanctions"), alone=True),
    row("noun: talks", "Talks between Kosovo and Serbia resumed in Brussels on Thursday.", an("Talks", "Talks"), alone=True),
    row("noun: arrest of", "The arrest of two opposition leaders in Bamako drew crowds.", an("Arrest", "arrest"), alone=True),
    row("noun: kidnapping of", "The kidnapping of 15 schoolgirls in Kebbi was condemned by parents.", an("Abduction", "kidnapping"), alone=True),
    row("noun: release of", "Qatar welcomed the release of five hostages by Hamas.", an("Release", "release"), alone=True),
    # light verbs
    row("light verb: carried out an attack", "Islamic State carried out an attack on a church in Damascus.", an("ArmedAttack", "attack"), alone=True),
    row("light verb: launched an offensive", "Syrian rebels launched an offensive against government forces in Aleppo.", an("ArmedAttack|ArmedClash", "offensive"), alone=True),
    row("light verb: opened fire", "Two men opened fire on worshippers outside a mosque in Kano.", an("ArmedAttack", "opened fire"), alone=True),
    row("light verb: held talks", "Japan and the Philippines held talks in Manila.", an("Talks", "talks"), alone=True),
    row("light verb: staged a coup", "Officers staged a coup in Gabon in August 2023.", an("Coup", "coup"), alone=True),
    row("light verb: paid a visit", "Iranian President Masoud Pezeshkian paid a visit to Muscat.", an("Visit", "visit"), alone=True),
    row("light verb: took prisoner", "The rebels took 12 soldiers prisoner near Masisi.", an("Arrest|Abduction"), alone=True),
    row("light verb: took hostage", "Gunmen took 20 passengers hostage in Balochistan.", an("Abduction"), alone=True),
    # nominal compounds
    row("compound: drone attack", "A drone attack on a fuel depot in Sevastopol started a fire.", an("DroneAttack", "drone attack"), alone=True),
    row("compound: car bomb attack", "A car bomb attack on a police station killed six officers in Mogadishu.", an("Bombing", "car bomb"), alone=True),
    row("compound: suicide bombing", "A suicide bombing at a wedding in Kabul killed 63 guests.", an("Bombing", "suicide bombing"), alone=True),
    row("compound: peace talks", "Peace talks between the Congolese government and M23 opened in Doha.", an("Talks", "talks"), alone=True),
    row("compound: artillery fire", "Artillery fire hit two villages near Pokrovsk on Sunday.", an("Shelling"), alone=True),
    row("compound: knife attack", "A knife attack at a bus station in Haifa left one man dead.", an("ArmedAttack", "attack"), alone=True),
    row("compound: military drills", "China began military drills around Taiwan on Tuesday.", an("Exercise", "drills"), alone=True),
    # particles
    row("particle: shot down", "Saudi forces shot down two Houthi drones over Jizan.", an("Interception", "shot down"), absent="DroneAttack; ArmedAttack", alone=True),
    row("particle: took over", "The militia took over the airport in Zintan.", an("TerritoryCaptured", "took over"), alone=True),
    row("particle: blew up", "Saboteurs blew up a railway bridge near Tokmak.", an("Bombing", "blew up"), alone=True),
    row("particle: pulled out", "French troops pulled out of Gao in August.", an("Withdrawal", "pulled out"), alone=True),
    row("particle: gunned down", "Masked men gunned down a mayor in Michoacan.", an("ArmedAttack", "gunned down"), alone=True),
    # passives
    row("passive: was shelled", "The town of Nikopol was shelled twice on Monday.", an("Shelling", "shelled"), alone=True),
    row("passive: were abducted", "Three aid workers were abducted in Mali on Sunday.", an("Abduction", "abducted"), alone=True),
    row("passive: was seized", "The village was seized by separatists on Saturday.", an("TerritoryCaptured", "seized"), alone=True),
    row("passive: being attacked", "The convoy was being attacked by gunmen when helicopters arrived.", an("ArmedAttack", "attacked")),
    row("passive: reduced", "Two teachers killed in Sunday's ambush were buried in Djibo.", an("ArmedAttack", "ambush"), alone=True),
    # one happening, one event
    row("one event: strike that killed", "An Israeli air strike that hit a school in Gaza City killed 15 people.", an("AirStrike"), alone=True),
    row("one event: attack left dead", "The attack on the base left nine soldiers dead and 14 wounded.", an("ArmedAttack", "attack"), alone=True),
    row("two events: bomb, then gunmen", "A suicide bomber blew himself up at the gate before gunmen stormed the compound.", an("Bombing"), an("ArmedAttack", "stormed"), alone=True),
    row("two events: two places", "Russian missiles hit Dnipro on Monday and drones struck Odesa on Tuesday.", an("MissileAttack"), an("DroneAttack"), alone=True),
    row("verb: met", "Turkish Foreign Minister Hakan Fidan met his Syrian counterpart in Ankara on Tuesday.", an("Talks", "met"), alone=True),
    row("verb: signed a ceasefire", "Colombia's government and the ELN signed a ceasefire in Havana.", an("Ceasefire"), alone=True),
    row("noun: air strikes on", "Air strikes on Port Sudan continued for a third day.", an("AirStrike", "Air strikes"), alone=True),
    row("light verb: came under fire", "A United Nations convoy came under fire near Tyre on Monday.", an("ArmedAttack|Shelling|Violence", "fire"), alone=True),
    row("light verb: conducted strikes", "American forces conducted air strikes against al-Shabab near Kismayo.", an("AirStrike", "air strikes"), alone=True),
    row("compound: prisoner swap", "Kyiv and Moscow carried out a prisoner swap on Friday.", an("PrisonerExchange", "prisoner swap"), alone=True),
    row("compound: missile strike", "A missile strike on Sumy killed 34 people on Palm Sunday.", an("MissileAttack", "missile strike"), alone=True),
    row("compound: rocket fire", "Rocket fire from Lebanon wounded two farmers in Metula.", an("Shelling|MissileAttack"), alone=True),
    row("particle: set off a bomb", "A man set off a bomb in a market in Quetta, killing nine shoppers.", an("Bombing"), alone=True),
    row("metaphor: bombarded with questions", "Reporters bombarded the minister with questions about the budget.", absent="any"),
    row("metaphor: battle for the leadership", "The battle for the leadership of the party ends on Friday.", absent="any"),
    row("metaphor: fired a minister", "President Tinubu fired his defence minister on Monday.", absent="Violence"),
    row("business: trade deal", "The company signed a deal with a German supplier.", absent="any"),
]

NONE = [
    # metaphor
    row("metaphor: attacked the bill", "Opposition senators attacked the bill as a gift to the rich.", absent="any"),
    row("metaphor: war on drugs", "The war on drugs has cost the city millions of dollars.", absent="any"),
    row("metaphor: fight against cancer", "She won her fight against cancer last year.", absent="any"),
    row("metaphor: struck a chord", "The song struck a chord with young Sudanese.", absent="any"),
    row("metaphor: struck a tone", "The chancellor struck a conciliatory tone in Brussels.", absent="any"),
    row("metaphor: shot down the proposal", "Lawmakers shot down the proposal on Thursday.", absent="any"),
    row("metaphor: shelled out", "The ministry shelled out three million dollars for new offices.", absent="any"),
    row("metaphor: target date", "The government missed its target for new homes.", absent="any"),
    row("metaphor: killed the deal", "The dispute over fish killed the deal between Norway and Britain.", absent="Violence"),
    row("metaphor: stormed out", "The delegate stormed out of the hall.", absent="Violence"),
    row("metaphor: heart attack", "The former general died of a heart attack in Cairo.", absent="any"),
    row("metaphor: launched a website", "The ministry launched a website for veterans.", absent="any"),
    row("metaphor: captured the mood", "Her photographs captured the mood of the capital.", absent="any"),
    row("metaphor: raided the fridge", "The film's hero raids the fridge at midnight.", absent="any"),
    # labour, blaze, weather
    row("labour: strike", "Rail workers in France began a two-day strike over pay on Monday.", absent="Violence"),
    row("labour: went on strike", "Doctors went on strike in Nairobi.", absent="Violence"),
    row("labour: hunger strike", "The prisoner has been on hunger strike for 40 days.", absent="Violence"),
    row("blaze: fire destroyed", "A fire destroyed a textile factory in Dhaka on Sunday.", absent="any"),
    row("blaze: firefighters battled", "Firefighters battled a blaze in the hills above Athens.", absent="any"),
    row("blaze: wildfire killed", "A wildfire killed three people near Valparaiso.", absent="any"),
    row("weather: storm hit", "Storm Boris hit Poland on Saturday, killing four people.", absent="any"),
    row("weather: lightning strike", "A lightning strike killed two hikers in the Tatra mountains.", absent="any"),
    row("accident: bus crash", "A bus crash near Lima killed 12 passengers.", absent="any"),
    row("accident: gas explosion", "A gas explosion in a flat in Manchester wounded two people.", absent="any"),
    row("accident: earthquake", "The earthquake struck Kahramanmaras at dawn and killed thousands.", absent="any"),
    # sport, business, court
    row("sport: beat", "Ukraine beat Iceland 2-1 in Wroclaw and captured the last place at the tournament.", absent="any"),
    row("sport: shot", "Salah shot wide after an hour and Liverpool withdrew him.", absent="any"),
    row("sport: striker hit the post", "The striker hit the post in the second half.", absent="any"),
    row("business: takeover", "The takeover of the Dutch brewer by a Danish rival was agreed on Friday.", absent="any"),
    row("business: price war", "Two airlines are locked in a price war.", absent="any"),
    row("business: bombshell", "The bank's bombshell results hit shares on Tuesday.", absent="any"),
    row("business: seized market share", "The carmaker seized market share from its rivals.", absent="any"),
    row("court: sentenced for murder", "A court in Lyon sentenced a man to 20 years for the murder of his wife.", absent="any"),
    row("court: trial over fraud", "The trial of the banker accused of fraud began in Zurich.", absent="any"),
    row("court: sexual assault", "The actor denied a charge of sexual assault.", absent="any"),
    row("court: arrest warrant", "The court issued an arrest warrant for the president.", absent="Arrest"),
    # states, names, history of nothing
    row("state: troops are there", "About 5,000 American troops are in Iraq.", absent="any"),
    row("state: is held by", "The town is held by the rebels.", absent="any"),
    row("name: peace institute", "The Institute for the Study of War is based in Washington.", absent="any"),
    row("name: War Museum", "The exhibition at the Imperial War Museum in London runs until May.", absent="any"),
    row("name: ministry", "The Ministry of Defence in London moved its offices.", absent="any"),
    row("peace: nothing happens", "Farmers in the valley planted wheat on Monday after a dry winter.", absent="any"),
    row("doctrine: attack helicopter", "The army bought six attack helicopters.", absent="Violence"),
    row("doctrine: fighter jet", "Fighter jets cost more than the country can pay.", absent="any"),
    row("title line: noun pile", "Kharkiv missile strike death toll rise fears\n\nThe mayor will speak at noon.", absent="any", title="Kharkiv missile strike death toll rise fears"),
]

OPEN: list[Row] = [
    row("compound: hostage deal", "Israel and Hamas reached a hostage deal in Doha in January.", an("Agreement|PrisonerExchange"), alone=True),
    row("metaphor: under fire for", "The prime minister came under fire for his handling of the economy.", absent="any"),
    row("verb: retaken", "Somali troops retook the port of Harardhere from al-Shabab on Monday.", an("TerritoryCaptured", "retook"), alone=True),
    row("noun: fighting", "Fighting between the army and rebels near Goma killed dozens of people.", an("ArmedClash", "Fighting"), alone=True),
    row("particle: shot it down", "A drone crossed the border, and Polish jets shot it down.", an("Interception"), absent="ArmedAttack"),
    row("metaphor: explosion of prices", "An explosion of food prices hit families across Nigeria.", absent="any"),
    row("sport: attack and defence", "Brazil's attack was too fast for Serbia's defence on Thursday.", absent="any"),
]
# fmt: on


@pytest.mark.parametrize("one", table([*ROWS, *NONE], open_=OPEN))
def test_events(one: Row) -> None:
    assert wrong(one) == []
