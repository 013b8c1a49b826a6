// What is written of events: rows of the table, and the content of a popup. All text is set as text.
import { inWords } from "./days.js";

const IN_POPUP = 20;
const CKG = "https://w3id.org/conflictkg/ns#";
const SAFE = /^[^\s<>"{}|\\^`]+$/;

export const make = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
};

/** The address of the page about an IRI: on this server, else the IRI if it is on the web, else none. */
function address(iri, base) {
  const path = (text) => text.replace(/[^\w\-./:@!$&'()*+,;=~%]/gu, encodeURIComponent);
  if (iri.startsWith(base)) return `/id/${path(iri.slice(base.length))}`;
  return /^https?:\/\//.test(iri) ? iri : null;
}

function link(iri, words, base) {
  const href = address(iri, base);
  return href ? make("a", { href }, words) : make("span", {}, words);
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const several = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

/** What `/export` tells of events, asked for when it is first wanted. */
class Details {
  constructor() {
    this.known = new Map();
  }

  of(iri) {
    return this.known.get(iri) || {};
  }

  async learn(iris) {
    const unknown = iris.filter((iri) => !this.known.has(iri));
    if (!unknown.length) return;
    const body = new URLSearchParams([["format", "geojson"], ...unknown.map((iri) => ["node", iri])]);
    const answer = await fetch("/export", { method: "POST", body });
    if (!answer.ok) return;
    for (const { id, properties } of (await answer.json()).features) this.known.set(id, properties);
  }
}

export class Told {
  constructor(events, base) {
    this.events = events;
    this.base = base;
    this.details = new Details();
  }

  learn(numbers) {
    return this.details.learn(numbers.map((n) => this.events.iris[n]));
  }

  what(n) {
    const { iris, codes, code, tops, top } = this.events;
    const words = capital(codes[code[n]].label);
    return { words: link(iris[n], words, this.base), class: `what t-${tops[top[n]]}` };
  }

  when(n) {
    const { start, end, starts } = this.events;
    const words = inWords(start[n], end[n]);
    return words ? make("time", { datetime: starts[n] }, words) : make("span", { class: "quiet" }, "no date");
  }

  /** A row of the table; what is not known yet is left empty. */
  row(n) {
    const what = this.what(n);
    const cells = ["actors", "targets", "places", "outlet"].map((name) => make("td", { class: name }));
    const when = make("td", { class: "when" }, this.when(n));
    const row = make("tr", {}, when, make("td", { class: what.class }, what.words), ...cells);
    this.fill(row, n);
    return row;
  }

  fill(row, n) {
    const { actors = [], targets = [], place, outlets = [] } = this.details.of(this.events.iris[n]);
    const where = place ?? this.events.spots[this.events.spotOf[n]]?.name ?? "";
    const texts = [actors.join(", "), targets.join(", "), where, outlets.join(", ")];
    texts.forEach((text, number) => { row.cells[number + 2].textContent = text; });
  }

  /** What a spot of the map holds, the newest first; `grown` is called when what had to be asked for is there. */
  spot({ name, shown }, grown) {
    const newest = shown.slice(0, IN_POPUP);
    const head = make("h3", {}, name || "Here", make("span", { class: "quiet" }, ` ${several(shown.length, "event")}`));
    const list = make("ul", {}, ...newest.map((n) => this.entry(n)));
    const content = make("div", { class: "spot", tabindex: "-1" }, head, list);
    if (shown.length > IN_POPUP) {
      content.append(make("p", { class: "quiet" }, `The newest ${IN_POPUP}. Zoom in, and the list below has more.`));
    }
    this.complete(newest, list).then(grown, grown); // without an answer, what is known has to do
    return content;
  }

  async complete(newest, list) {
    const [, articles] = await Promise.all([this.learn(newest), this.articles(newest)]);
    newest.forEach((n, number) => {
      list.children[number].append(...this.lines(n));
      for (const { article, title } of articles.get(this.events.iris[n]) || []) {
        const words = title ? title.value : "Article";
        list.children[number].append(make("p", { class: "article" }, link(article.value, words, this.base)));
      }
    });
  }

  entry(n) {
    const what = this.what(n);
    return make("li", {}, make("p", {}, make("span", { class: what.class }, what.words), " · ", this.when(n)));
  }

  /** What is known of an event from `/export`: who and whom, the numbers, and how often it is told. */
  lines(n) {
    const known = this.details.of(this.events.iris[n]);
    const { actors = [], targets = [], counts = [], claims, articles, factuality = [] } = known;
    const [by, to] = [actors.join(", "), targets.join(", ")];
    const doubts = factuality.filter((each) => each !== "Asserted").map((each) => each.toLowerCase());
    const said = claims ? [`${several(claims, "claim")} in ${several(articles, "article")}`, ...doubts].join(", ") : "";
    const lines = [to ? `${by || "?"} → ${to}` : by, ...counts, said];
    return lines.filter(Boolean).map((line) => make("p", {}, line));
  }

  /** The articles that tell of events, by the event's IRI. */
  async articles(numbers) {
    const iris = numbers.map((n) => this.events.iris[n]).filter((iri) => SAFE.test(iri));
    const query = `PREFIX ckg: <${CKG}> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?event ?article ?title { VALUES ?event { ${iris.map((iri) => `<${iri}>`).join(" ")} }
  ?claim ckg:about ?event ; ckg:reportedIn ?article OPTIONAL { ?article dcterms:title ?title } } ORDER BY ?title`;
    const headers = { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" };
    const answer = await fetch("/sparql", { method: "POST", body: query, headers });
    const found = new Map();
    if (!answer.ok) return found; // the page of the event leads to its article too
    for (const row of (await answer.json()).results.bindings) {
      found.set(row.event.value, [...(found.get(row.event.value) || []), row]);
    }
    return found;
  }
}
