// Completes the words of the vocabulary: classes, properties and codes, as the description of the endpoint tells them.
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const OWL = "http://www.w3.org/2002/07/owl#";
const SKOS = "http://www.w3.org/2004/02/skos/core#";
const VOID = "http://rdfs.org/ns/void#";
const KINDS = {
  [`${OWL}Class`]: "class",
  [`${OWL}ObjectProperty`]: "property",
  [`${OWL}DatatypeProperty`]: "property",
  [`${RDF}Property`]: "property",
  [`${SKOS}Concept`]: "code",
};
const LINE = /^(\S+) <([^>]*)> (.+) \.$/; // of N-Triples
const MOST = 60; // words that are offered at a time
const NO = 4;
const AGAIN = 3000; // milliseconds until a description that had no numbers yet is asked for anew

// The triples of a description: [subject, property, value], IRIs and the text of literals without their marks.
function* triples(text) {
  for (const line of text.split("\n")) {
    const [, subject, property, value] = LINE.exec(line) ?? [];
    if (subject) yield [bare(subject), property, bare(value)];
  }
}

function bare(term) {
  if (term.startsWith("<")) return term.slice(1, -1);
  return term.startsWith('"') ? term.slice(1, term.lastIndexOf('"')).replace(/\\(.)/g, "$1") : term;
}

// The terms that a description tells of, by IRI: what each is, its label, how often it is used, which codes it takes.
export function terms(text) {
  const found = new Map(), parts = new Map();
  const kept = (map, key, blank) => map.get(key) ?? map.set(key, blank).get(key);
  const term = (iri) => kept(found, iri, { iri, kind: "", label: "", uses: 0, types: [], range: "" });
  const part = (node) => kept(parts, node, { iri: "", uses: 0 });
  const reads = {
    [`${RDF}type`]: (subject, value) => {
      if (KINDS[value]) term(subject).kind ||= KINDS[value];
      else term(subject).types.push(value);
    },
    [`${RDFS}label`]: (subject, value) => { term(subject).label = value; },
    [`${SKOS}prefLabel`]: (subject, value) => { term(subject).label = value; },
    [`${RDFS}range`]: (subject, value) => { term(subject).range = value; },
    [`${VOID}class`]: (node, value) => { part(node).iri = value; term(value).kind ||= "class"; },
    [`${VOID}property`]: (node, value) => { part(node).iri = value; term(value).kind ||= "property"; },
    [`${VOID}entities`]: (node, value) => { part(node).uses = Number(value); },
    [`${VOID}triples`]: (node, value) => { part(node).uses = Number(value); },
  };
  for (const [subject, property, value] of triples(text)) reads[property]?.(subject, value);
  for (const { iri, uses } of parts.values()) if (iri && uses) term(iri).uses = uses;
  return { all: [...found.values()].filter((each) => each.kind), counted: parts.size > 0 };
}

// The word that the cursor is in or at the end of, by the text: of "armed" the tokenizer makes an "a" and a rest.
function wordOf(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor(), text = yasqe.getDoc().getLine(line);
  const start = text.slice(0, ch).search(/[\w:-]*$/);
  const [rest] = /^[\w-]*/.exec(text.slice(ch));
  return { line, start, end: ch + rest.length, begun: text.slice(start, ch), before: text.slice(0, start) };
}

// What the place of the cursor asks for: a class, a property, a code of some property, any term, or nothing.
export function wanted(yasqe) {
  const { line, start, begun, before } = wordOf(yasqe);
  const token = yasqe.getCompleteToken();
  if (/[?$@]$/.test(before) || /^\s*["'<#]/.test(token.string) || token.type === "comment") return null;
  const { state } = yasqe.getPreviousNonWsToken(line, { start });
  if (state.inPrefixDecl || /^\d/.test(begun)) return null;
  if (state.possibleNext.includes("a")) return { kind: "property" };
  if (!state.lastProperty) return begun.includes(":") ? { kind: "any" } : null;
  const prefixes = yasqe.getPrefixesFromQuery();
  const path = /(\S+)\s+$/.exec(before)?.[1].split(/[/|()*+?^!]+/) ?? []; // as in ckg:eventType/skos:broader*
  const after = [state.lastProperty, ...path].map((name) => whole(name, prefixes));
  if (state.lastProperty === "a" || after[0] === `${RDF}type`) return { kind: "class" };
  return { kind: "code", after };
}

function whole(name, prefixes) {
  if (name.startsWith("<")) return name.slice(1, -1);
  const [prefix, local] = name.split(":");
  return local === undefined || prefixes[prefix] === undefined ? "" : prefixes[prefix] + local;
}

// The terms that fit there, the likeliest first. An object that is no code can be anything, so nothing is proposed.
function fitting({ kind, after }, begun, all) {
  const word = begun.toLowerCase();
  return chosen(kind, after, begun, all)
    .map((each) => [rank(each, word), each])
    .filter(([place]) => place < NO)
    .sort(([one, a], [other, b]) => one - other || b.uses - a.uses || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(([, each]) => each);
}

function chosen(kind, after, begun, all) {
  if (kind === "class" || kind === "property") return all.filter((each) => each.kind === kind);
  const ranges = all.filter(({ iri }) => after?.includes(iri)).map(({ range }) => range);
  const codes = all.filter(({ kind: each, types }) => each === "code" && types.some((type) => ranges.includes(type)));
  return codes.length || !begun.includes(":") ? codes : all;
}

// How well a term fits what is begun: 0 is best, NO is not at all.
function rank({ name, label }, word) {
  const full = name.toLowerCase(), words = label.toLowerCase(), colon = word.indexOf(":") + 1;
  const local = full.slice(full.indexOf(":") + 1);
  if (!word) return full.startsWith("ckg:") ? 0 : 1;
  if (full.startsWith(word)) return 0;
  if (local.startsWith(word)) return 1;
  if (words.startsWith(word) || words.includes(` ${word}`)) return 2;
  return full.startsWith(word.slice(0, colon)) && local.includes(word.slice(colon)) ? 3 : NO;
}

function fill(element, { name, label, uses }) {
  const parts = [["name", name], ["label", label], ["uses", uses ? uses.toLocaleString("en") : ""]];
  for (const [kind, text] of parts) {
    element.append(Object.assign(document.createElement("span"), { className: `hint-${kind}`, textContent: text }));
  }
}

// The completer for YASQE. `address` is the endpoint, `known` writes IRIs for people.
export function vocabulary(address, known, prefixes) {
  let described = null;
  const ask = async () => {
    const answer = await fetch(address, { headers: { Accept: "application/n-triples" } });
    if (!answer.ok) throw new Error(`the description can't be had: ${answer.status}`);
    const { all, counted } = terms(await answer.text());
    if (!counted) setTimeout(() => { described = null; }, AGAIN);
    return all.map((each) => ({ ...each, name: known.prefixed(each.iri) })).filter((each) => each.name);
  };
  const description = () => (described ??= ask().catch((error) => { described = null; throw error; }));
  let offered = [];
  const insert = (yasqe, { name }) => {
    const prefix = name.split(":")[0], { line, start, end } = wordOf(yasqe);
    yasqe.getDoc().replaceRange(name, { line, ch: start }, { line, ch: end }, "complete");
    if (!(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
  };
  return {
    name: "vocabulary",
    bulk: false,
    onInitialize(yasqe) {
      yasqe.on("focus", () => description().catch(() => {})); // so that it is there when it is wanted
      yasqe.on("inputRead", (_, change) => {
        if (change.text[0] === ":" && wanted(yasqe)) yasqe.autocompleters.vocabulary?.autocomplete(false);
      });
    },
    isValidCompletionPosition: (yasqe) => wanted(yasqe) !== null,
    async get(yasqe) {
      const place = wanted(yasqe);
      try {
        offered = place ? fitting(place, wordOf(yasqe).begun, await description()) : [];
      } catch (error) {
        yasqe.showNotification("vocabulary", error.message);
        offered = [];
      }
      return offered.map((each) => each.name);
    },
    postprocessHints: (yasqe) => offered.map((each) => ({
      text: each.name,
      render: (element) => fill(element, each),
      hint: () => insert(yasqe, each),
    })),
  };
}
