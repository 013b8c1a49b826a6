// The nodes and links of the graph: drawn where there were none, or changed with nobody moving who stays.
import { moved, near, positions } from "./network-layout.js";
import { MANY, marked, sized, worded } from "./network-look.js";
import { style } from "./network-style.js";
import { fit, isWithin } from "./network-view.js";

const PORTION = 1000; // elements that are added at a time, so that the page answers in between
const OUT_OF_SIGHT = { x: 1e6, y: 1e6 };
const places = new Map(); // where nodes are that were taken away, for when they come back

const node = (data) => ({ group: "nodes", data: { ...data, ...sized(data.degree) } });
const edge = (data) => ({ group: "edges", data: { ...data, ...worded(data) } });
const frame = () => new Promise(requestAnimationFrame);

// How many of these edges each node has.
function degrees(edges) {
  const found = new Map();
  const add = (end) => found.set(end, (found.get(end) ?? 0) + 1);
  for (const { source, target } of edges) [source, target].forEach(add);
  return found;
}

// Draws a graph where there was none; whether it did, and was not asked for another meanwhile.
export async function draw({ cy, setup, colours }, { nodes, edges }) {
  const joined = degrees(edges);
  const mine = nodes.map((each) => node({ ...each, ...marked(each.degree, joined.get(each.id) ?? 0, colours) }));
  const asked = mine.map(({ data }) => data);
  const known = nodes.every(({ id }) => places.has(id));
  const found = known ? places : await positions(setup, asked, edges, true);
  if (!found) return false;
  for (const each of mine) each.position = { ...found.get(each.data.id) };
  dress({ cy, setup, colours }, nodes.length >= MANY);
  cy.viewport({ zoom: 1, pan: OUT_OF_SIGHT });
  const all = [...mine, ...edges.map(edge)];
  for (let i = 0; i < all.length; i += PORTION) {
    cy.add(all.slice(i, i + PORTION));
    await frame();
  }
  return true;
}

// Gives the graph its style, for few nodes or for many.
export function dress({ cy, setup, colours }, many = cy.nodes().length >= MANY) {
  cy.style(style(setup.classes, colours, many));
  cy.renderer().textureOnViewport = many; // moves a picture of the graph, and draws it anew when it rests
}

// Takes away what is not among the elements; whether anything stays.
export function cleared(cy, { nodes, edges }) {
  const wanted = new Set([...nodes, ...edges].map(({ id }) => id));
  const gone = cy.elements().filter((each) => !wanted.has(each.id()));
  gone.nodes().forEach((each) => places.set(each.id(), { ...each.position() }));
  gone.remove();
  return cy.nodes().nonempty();
}

// Adds those of the elements that are new, near what they are joined to. Gives the nodes that have come.
export async function added(cy, { nodes, edges }) {
  const isNew = ({ id }) => cy.getElementById(id).empty();
  const come = nodes.filter(isNew);
  cy.batch(() => {
    cy.add([...come.map(node), ...edges.filter(isNew).map(edge)]);
    for (const { id, degree } of nodes) cy.getElementById(id).data({ degree });
    for (const data of edges) cy.getElementById(data.id).data({ ...data, ...worded(data) });
  });
  const fresh = cy.collection(come.map(({ id }) => cy.getElementById(id)[0]));
  await settle(cy, fresh);
  return fresh;
}

// Puts nodes that have come to their places: where they were before, else near their neighbours.
async function settle(cy, come) {
  const known = come.filter((each) => places.has(each.id()));
  known.forEach((each) => each.position(places.get(each.id())));
  const others = come.difference(known);
  if (others.empty()) return;
  const found = near(cy, others);
  const start = (each) => each.neighborhood().nodes().difference(others)[0]?.position() ?? found.get(each.id());
  others.forEach((each) => each.position(start(each)));
  await moved(cy, found, 450);
  if (![...found.values()].every((place) => isWithin(cy, place))) fit(cy);
}
