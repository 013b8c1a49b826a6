// Where nodes are put: all of them by a worker, or only those that have come, near what they are joined to.
import { MANY, softly } from "./network-look.js";

const IDEAL = 95; // length of an edge where few come
const FEW = 10;
const ROOM = 75; // between the middles of nodes, one above the other
const WIDE = 1.7; // times that is between those side by side, for their names
const STEPS = 90;

let worker,
  asked = 0;

// How much of the plane a node takes, with its name where names can be read.
function room({ label, size, font }, many) {
  if (many) return { width: size, height: size };
  return { width: Math.max(size, Math.min(14, label.length) * font * 0.38), height: size + font };
}

// The positions that a worker finds for nodes, `fresh` ones or from where they are; null where it is asked again.
export function positions(setup, nodes, edges, fresh) {
  worker ??= new Worker(setup.worker);
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const told = ({ data }) => {
      if (data.id !== id) return;
      worker.removeEventListener("message", told);
      resolve(id === asked ? new Map(data.positions.map(([node, x, y]) => [node, { x, y }])) : null);
    };
    worker.addEventListener("message", told);
    worker.onerror = (error) => reject(new Error(error.message || "it has failed"));
    worker.postMessage({
      id,
      fresh,
      scripts: setup.scripts,
      nodes: nodes.map(({ id: node, position, ...data }) => ({
        id: node,
        position,
        ...room(data, nodes.length >= MANY),
      })),
      edges: edges.map(({ source, target }) => ({ source, target })),
    });
  });
}

// Lays out anew what is shown; it moves softly from where it is.
export async function tidy(cy, setup) {
  const shown = cy.nodes().not(".off");
  const nodes = shown.map((node) => ({ ...node.data(), position: { ...node.position() } }));
  const edges = shown.edgesWith(shown).map((edge) => edge.data());
  const places = await positions(setup, nodes, edges, false);
  if (places) await moved(cy, places, shown.length >= MANY ? 350 : 700);
}

// Moves nodes to their places, all at once.
export function moved(cy, places, milliseconds) {
  const layout = cy.layout({
    name: "preset",
    fit: false,
    animate: softly(milliseconds) > 0,
    animationDuration: softly(milliseconds),
    animationEasing: "ease-in-out-cubic",
    positions: (node) => places.get(node.id()) ?? node.position(),
  });
  const ended = layout.promiseOn("layoutstop");
  layout.run();
  return ended;
}

// Places for nodes that have come, near those they are joined to. None of the others moves.
export function near(cy, come) {
  const places = new Map(
    cy
      .nodes()
      .difference(come)
      .map((node) => [node.id(), { ...node.position() }]),
  );
  const still = [...places.values()];
  const ideal = IDEAL * Math.max(1, Math.sqrt(come.length / FEW));
  const begun = start(come, places, still, ideal);
  const pulls = come.connectedEdges().map((edge) => [edge.source().id(), edge.target().id()]);
  const free = begun.map((id) => places.get(id));
  for (let step = 0; step < STEPS; step++) relax(free, still, pulls, places, begun, ideal, 12 * (1 - step / STEPS) + 1);
  return new Map(begun.map((id) => [id, places.get(id)]));
}

// Puts each node beside a neighbour that has a place, in a ring, and what has none below everything.
function start(come, places, still, ideal) {
  const waiting = come.toArray();
  const rings = new Map();
  const done = [];
  for (let found = true; found;) {
    found = false;
    for (const node of waiting.filter((each) => !places.has(each.id()))) {
      const parent = node
        .neighborhood()
        .nodes()
        .toArray()
        .find((each) => places.has(each.id()));
      if (!parent) continue;
      const turn =
        rings.get(parent.id()) ??
        rings.set(parent.id(), ringOf(places.get(parent.id()), still, ideal)).get(parent.id());
      places.set(node.id(), turn());
      done.push(node.id());
      found = true;
    }
  }
  const lowest = Math.max(0, ...still.map(({ y }) => y)) + 2 * ROOM;
  const left = Math.min(0, ...still.map(({ x }) => x));
  waiting
    .filter((each) => !places.has(each.id()))
    .forEach((node, i) => {
      places.set(node.id(), { x: left + (i % 12) * 1.6 * ROOM, y: lowest + Math.floor(i / 12) * ROOM });
      done.push(node.id());
    });
  return done;
}

// Gives places around a point, one after another, those first that point away from what is already there.
function ringOf({ x, y }, still, ideal) {
  const close = still.filter(
    (each) => Math.hypot(each.x - x, each.y - y) < 4 * ideal && (each.x !== x || each.y !== y),
  );
  const away = close.length ? Math.atan2(y - mean(close, "y"), x - mean(close, "x")) : 0;
  let count = 0;
  return () => {
    const ring = Math.floor(count / 12);
    const step = Math.ceil((count % 12) / 2) * (count % 2 ? 1 : -1) + (ring % 2) / 2;
    const angle = away + (step * Math.PI) / 6;
    const far = IDEAL * (1 + 0.6 * ring);
    count += 1;
    return { x: x + Math.cos(angle) * far, y: y + Math.sin(angle) * far };
  };
}

const mean = (points, axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;

// One step of springs and of room for each; only what is free moves, and no farther than `most`.
function relax(free, still, pulls, places, ids, ideal, most) {
  const push = free.map(() => ({ x: 0, y: 0 }));
  free.forEach((one, i) => {
    for (const other of still) apart(push[i], one, other, i);
    free.forEach((other, j) => i !== j && apart(push[i], one, other, i - j));
  });
  const index = new Map(ids.map((id, i) => [id, i]));
  for (const [source, target] of pulls) {
    const [one, other] = [places.get(source), places.get(target)];
    const length = Math.hypot(other.x - one.x, other.y - one.y) || 1;
    const pull = (0.12 * (length - ideal)) / length;
    const move = (id, sign) => {
      const each = push[index.get(id)];
      if (!each) return;
      each.x += sign * pull * (other.x - one.x);
      each.y += sign * pull * (other.y - one.y);
    };
    move(source, 1);
    move(target, -1);
  }
  free.forEach((each, i) => {
    const length = Math.hypot(push[i].x, push[i].y);
    const share = length > most ? most / length : 1;
    each.x += push[i].x * share;
    each.y += push[i].y * share;
  });
}

function apart(push, one, other, turn) {
  const x = (one.x - other.x) / WIDE,
    y = one.y - other.y;
  if (Math.abs(x) >= ROOM || Math.abs(y) >= ROOM) return;
  const length = Math.hypot(x, y);
  if (length >= ROOM) return;
  const strength = 0.5 * (ROOM - length);
  push.x += (length ? x / length : Math.cos(turn)) * strength; // those on one spot part each in a direction of its own
  push.y += (length ? y / length : Math.sin(turn)) * strength;
}
