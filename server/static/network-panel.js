// What is said beside the graph of the node or the link that is chosen.
import { button, count, linked, make } from "./network-make.js";

const LISTED = 60;
const WIKIDATA = "https://www.wikidata.org/wiki/";

export function hint() {
  return [
    make("p", {
      className: "quiet",
      textContent: "Choose a node or a link to see what is known of it. A double click brings a node’s neighbours.",
    }),
  ];
}

// The node: what it is, what can be done with it, and what it is joined to. `act` has what can be done.
export function ofNode(node, setup, act) {
  const { label, href, degree = 0, more } = node.data();
  const name = node.data("class");
  const can = [];
  if (more || !degree) can.push(button(more ? `Expand (${more} more)` : "Expand", () => act.expand(node)));
  can.push(
    button("Only its neighbourhood", () => act.keep(node)),
    button("Hide", () => act.hide(node)),
  );
  const heading = make("h2", { className: `thing c-${name}` }, linked(label, href));
  const type = setup.types[node.data("type")];
  const kind = [setup.classes[name]?.label, type === label ? "" : type].filter(Boolean).join(", ");
  const drawn = count(node.connectedEdges().length, "link");
  return [
    heading,
    make("p", { className: "quiet", textContent: kind }),
    facts(node.data()),
    make("p", { className: "acts" }, ...can),
    make("h3", { textContent: degree ? `${drawn} of ${degree.toLocaleString("en")}` : drawn }),
    links(node, act),
  ];
}

function facts({ start, end, qid, role, trigger, outlet, issued }) {
  const list = make("dl", { className: "known" });
  const add = (name, value) => value && list.append(make("dt", { textContent: name }), make("dd", {}, value));
  add("When", days(start, end));
  add("Words", trigger && `“${trigger}”`);
  add("Role", role);
  add("Outlet", outlet);
  add("Published", issued);
  const items = qid ? String(qid).split("; ") : [];
  add("Wikidata", items.length && make("span", {}, ...items.map((each) => linked(each, WIKIDATA + each))));
  return list;
}

const days = (start, end) => (start && end && start !== end ? `${start} to ${end}` : (start ?? end));

// The links of a node, each leading to who is at its other end.
function links(node, act) {
  const edges = node
    .connectedEdges()
    .not(".off")
    .sort((a, b) => b.data("weight") - a.data("weight"))
    .toArray();
  const list = make("ul", { className: "links" });
  for (const edge of edges.slice(0, LISTED)) {
    const out = edge.source().id() === node.id();
    const other = out ? edge.target() : edge.source();
    const words = out ? `${edge.data("caption")} →` : `← ${edge.data("caption")}`;
    const name = button(other.data("label"), () => act.choose(other, true), {
      className: `plain thing c-${other.data("class")}`,
    });
    list.append(make("li", {}, make("span", { className: "quiet", textContent: words }), " ", name));
  }
  if (edges.length > LISTED)
    list.append(make("li", { className: "quiet", textContent: `and ${count(edges.length - LISTED, "other")}` }));
  return list;
}

// A link: from whom to whom, how often and when. Where events are links, it leads to those events.
export function ofEdge(edge, setup, act) {
  const { label, weight, mutual, start, end, name, asserted, denied } = edge.data();
  const ends = [edge.source(), edge.target()].map((node) =>
    button(node.data("label"), () => act.choose(node, true), { className: `plain thing c-${node.data("class")}` }),
  );
  const list = make("dl", { className: "known" });
  const add = (key, value) =>
    value && list.append(make("dt", { textContent: key }), make("dd", { textContent: value }));
  add("When", days(start, end));
  add("Events", weight > 1 ? String(weight) : "");
  add("Asserted", asserted ? `of ${count(asserted, "event")}` : "");
  add("Denied", denied ? `of ${count(denied, "event")}` : "");
  const parts = [make("h2", { textContent: label }), make("p", {}, ends[0], mutual ? " ↔ " : " → ", ends[1]), list];
  if (setup.types[name]) parts.push(make("p", {}, linked("The events behind it", events(edge, setup))));
  return parts;
}

// The view of the events that one link stands for, as a query that says which they are.
function events(edge, setup) {
  const [one, other] = [edge.source().id(), edge.target().id()].map((iri) => `<${iri}>`);
  const whom = edge.data("mutual") ? `ckg:actor ${other}` : `ckg:target/ckg:owner? ${other}`;
  const event = `?event ckg:eventType ckg:${edge.data("name")} ; ckg:actor ${one} ; ${whom} .`;
  const query = `PREFIX ckg: <${setup.namespace}>
SELECT ?event WHERE {
  ${event}
}`;
  return `/network?${new URLSearchParams({ view: "events", query })}`;
}
