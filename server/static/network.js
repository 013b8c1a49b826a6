// The network page: draws what the server says, and goes to another address wherever something is added or taken away.
import { added, cleared, draw, dress } from "./network-draw.js";
import { filters } from "./network-filters.js";
import { landmarks } from "./network-landmarks.js";
import { tidy } from "./network-layout.js";
import { legend } from "./network-legend.js";
import { dark, mark, palette, softly } from "./network-look.js";
import { count, make } from "./network-make.js";
import { changed, elementsOf, fetched, problemOf, take, valuesOf } from "./network-page.js";
import { hint, ofEdge, ofNode } from "./network-panel.js";
import { saveFile, savePng, saveSvg } from "./network-save.js";
import { fit, keys, whole, zoom } from "./network-view.js";

const byId = (id) => document.getElementById(id);
const tell = (id, text) => {
  byId(id).textContent = text;
};
const setup = JSON.parse(byId("setup").textContent);
const container = byId("graph");
const cy = globalThis.cytoscape && created();
const graph = { cy, setup, colours: palette(setup.classes) };

function created() {
  byId("stage").hidden = false;
  byId("table").open = false;
  return (container.cy = cytoscape({ container, minZoom: 0.04, maxZoom: 4, selectionType: "single" }));
}

// Draws a graph where there was none.
async function begun(elements) {
  container.classList.add("waiting");
  const words = byId("told").textContent;
  if (elements.nodes.length) tell("told", `Drawing ${count(elements.nodes.length, "node")} …`);
  if (!(await draw(graph, elements))) return;
  shown();
  cy.viewport(whole(cy));
  landmarks(cy);
  container.classList.remove("waiting");
  if (elements.nodes.length) tell("told", words);
}

// Draws what has changed; gives the nodes that have come.
async function redrawn(elements) {
  if (!cleared(cy, elements)) {
    await begun(elements);
    return [];
  }
  const come = await added(cy, elements);
  shown();
  return come;
}

// Brings everything beside the picture in step with it.
function shown() {
  cy.batch(() => mark(cy.nodes(), graph.colours));
  landmarks(cy, { anew: true });
  legend(cy, setup, told);
  byId("nodes").replaceChildren(...[...labels().keys()].map((value) => make("option", { value })));
  choose(cy.$(".chosen"));
}

// Says how much is drawn, and how much of it is to be seen.
function told() {
  const [all, off] = [cy.nodes().length, cy.nodes(".off").length];
  const of = off ? `${(all - off).toLocaleString("en")} of ` : "";
  tell("told", `${of}${count(all, "node")}, ${count(cy.edges().length, "link")}.`);
}

// The nodes by what they are called; where two are called alike, the class is told too.
function labels() {
  const found = new Map();
  cy.nodes().forEach((each) => {
    const { label } = each.data();
    const longer = `${label} (${setup.classes[each.data("class")]?.label ?? "other"})`;
    const name = [label, longer, `${longer} ${each.id().split("/").pop()}`].find((words) => !found.has(words));
    if (name) found.set(name, each);
  });
  return found;
}

// Goes to another address of the network. Gives the nodes that have come; null where it did not work.
async function go(address, { push = true } = {}) {
  container.setAttribute("aria-busy", "true");
  try {
    const found = await fetched(address);
    if (!found) return null;
    tell("problem", problemOf(found));
    if (problemOf(found)) return null;
    if (push) history.pushState({ depth: (history.state?.depth ?? 0) + 1 }, "", address);
    byId("undo").disabled = !history.state?.depth;
    const elements = elementsOf(found);
    take(found);
    return await redrawn(elements);
  } catch (error) {
    tell("problem", `That did not work: ${error.message}.`);
    return null;
  } finally {
    container.removeAttribute("aria-busy");
  }
}

// Lights what is chosen and what it is joined to, and tells of it.
function choose(what, centred = false) {
  cy.batch(() => {
    cy.$(".chosen, .lit, .by").removeClass("chosen lit by");
    if (what.empty()) return;
    what.addClass("chosen");
    const joined = what.isNode() ? what.connectedEdges() : what;
    joined.addClass("lit").connectedNodes().difference(what).addClass("by");
  });
  if (centred) cy.animate({ center: { eles: what } }, { duration: softly(300) });
  const said = what.empty() ? hint() : what.isNode() ? ofNode(what, setup, acts) : ofEdge(what, setup, acts);
  byId("panel").replaceChildren(...said);
}

const but = (name, node) => valuesOf(name).filter((iri) => iri !== node.id());

const acts = {
  choose,
  async expand(node) {
    const { label, degree, more } = node.data();
    choose(node);
    if (degree && !more) return tell("told", `All links of ${label} are drawn.`);
    const come = await go(changed({ expand: [...valuesOf("expand"), node.id()], hide: but("hide", node) }));
    const none = `No more of ${label} is known with these filters.`;
    return come && tell("told", come.length ? `${count(come.length, "node")} came to ${label}.` : none);
  },
  hide: (node) => go(changed({ hide: [...valuesOf("hide"), node.id()], expand: but("expand", node) })),
  keep(node) {
    const none = Object.fromEntries([...setup.starts, "expand", "hide", "limit"].map((name) => [name, []]));
    return go(changed({ ...none, view: [byId("filters").elements.view.value], around: [node.id()] }));
  },
};

async function tidyUp() {
  tell("told", "Tidying up …");
  await tidy(cy, setup);
  told();
  fit(cy);
}

function tools() {
  const clicks = {
    in: () => zoom(cy, 1),
    out: () => zoom(cy, -1),
    fit: () => fit(cy),
    tidy: tidyUp,
    undo: () => history.back(),
    png: () => savePng(cy, graph.colours),
    svg: () => saveSvg(cy, setup, graph.colours),
  };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
  byId("find").addEventListener("change", ({ target }) => {
    const found = labels().get(target.value);
    if (found) choose(found, true);
  });
  document.querySelector(".along").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-format]");
    if (!link || new URL(link.href).searchParams.has("query")) return;
    event.preventDefault();
    saveFile(cy, link);
  });
}

function listen() {
  let rest;
  cy.on("zoom", () => {
    clearTimeout(rest);
    rest = setTimeout(() => landmarks(cy), 150);
  });
  cy.on("tap", (event) => {
    container.focus({ preventScroll: true, focusVisible: false });
    choose(event.target === cy ? cy.collection() : event.target);
  });
  cy.on("dbltap", "node", (event) => acts.expand(event.target));
  keys(cy, choose);
  addEventListener("popstate", () => go(location.href, { push: false }));
  dark.addEventListener("change", () => {
    graph.colours = palette(setup.classes);
    dress(graph);
    cy.batch(() => mark(cy.nodes(), graph.colours, { all: true }));
  });
  new ResizeObserver(() => cy.resize()).observe(container);
}

async function begin() {
  byId("undo").disabled = !history.state?.depth;
  listen();
  tools();
  filters(byId("filters"), go);
  try {
    await begun(elementsOf(document));
    for (const iri of valuesOf("around").slice(0, 1)) choose(cy.getElementById(iri));
  } catch (error) {
    tell("problem", `The graph can’t be drawn: ${error.message}. The table below tells the same.`);
  }
}

// Without the library the page stays as the server made it.
if (cy) await begin();
