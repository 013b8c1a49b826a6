// A view of results as a graph, for answers whose IRIs are joined: triples, or a table with several columns of IRIs.
import { script } from "./load.js";
import { positions } from "./network-layout.js";
import { graphOf, remembered } from "./sparql-answer.js";
import { icon, termElement } from "./sparql-names.js";

const ICON =
  "M4 1a2.5 2.5 0 0 1 2.4 3.2l3.5 2A2.5 2.5 0 1 1 9.6 9L6.2 11a2.5 2.5 0 1 1-.8-1.3" +
  "l3.5-2-.1-.6-3.5-2A2.5 2.5 0 1 1 4 1Z";
const DARK = matchMedia("(prefers-color-scheme: dark)");
const number = (value) => value.toLocaleString("en");
const lastPart = (iri) => iri.replace(/[/#]+$/, "").split(/[/#:]/).pop();
const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function told({ nodes, edges, left, leftEdges }) {
  const all = count(nodes.size + left.size, "node");
  const parts = [left.size ? `The first ${number(nodes.size)} of ${all}` : all, count(edges.size, "edge")];
  if (leftEdges) parts.push(`${count(leftEdges, "more edge")} left out`);
  return `${parts.join(", ")}.${left.size || leftEdges ? " The table has all." : ""}`;
}

// Asks the endpoint for names and classes of nodes that the answer doesn't name. What is not found stays an IRI.
async function lookUp(nodes, { endpoint, ckg }) {
  const lacks = (node) => !node.asked && node.type === "uri" && (!node.label || !node.types.size);
  const asked = nodes.filter((node) => lacks(node) && /^[^<>"{}|\\^`\s]+$/.test(node.iri));
  if (!asked.length) return;
  const values = asked.map((node) => `<${node.iri}>`).join(" ");
  const query = `PREFIX ckg: <${ckg}>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node (MIN(?name) AS ?label) (GROUP_CONCAT(DISTINCT STR(?class)) AS ?classes)
WHERE {
  VALUES ?node { ${values} }
  OPTIONAL {
    ?node rdfs:label|dcterms:title|ckg:exact|ckg:eventType/skos:prefLabel ?name
    FILTER(LANG(?name) IN ("", "en"))
  }
  OPTIONAL { ?node a ?class }
}
GROUP BY ?node`;
  const headers = { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" };
  const answer = await fetch(endpoint, { method: "POST", headers, body: query });
  if (!answer.ok) return;
  const found = new Map((await answer.json()).results.bindings.map((row) => [row.node.value, row]));
  for (const node of asked) {
    node.asked = true;
    const { label, classes } = found.get(node.iri) ?? {};
    node.label ||= label?.value ?? "";
    for (const each of classes?.value.split(" ") ?? []) if (each) node.types.add(each);
  }
}

// The nodes and edges as they are drawn: the more a node is joined, the larger it is.
function elementsOf({ nodes, edges }, name, narrowest) {
  const size = ({ degree }) => 14 + 5 * Math.min(6, Math.log2(1 + degree));
  return {
    nodes: [...nodes.values()].map((node) => ({
      id: node.iri, label: name(node), class: narrowest(node), size: size(node), font: 12,
    })),
    edges: [...edges.values()].map(({ source, target, link }) => ({ source, target, label: lastPart(link) })),
  };
}

// How the graph is drawn: `ink` gives a colour of the page by its name, `colour` that of a class.
function styles(ink, colour, classes) {
  const text = { "text-outline-width": 2, "text-outline-color": ink("--paper"), "min-zoomed-font-size": 9 };
  const node = {
    ...text, label: "data(label)", color: ink("--ink"), "font-size": "mapData(size, 14, 44, 12, 34)",
    "text-wrap": "ellipsis", "text-max-width": 150, "text-valign": "bottom", "text-margin-y": 3,
    width: "data(size)", height: "data(size)", "background-color": ink("--soft"),
  };
  const edge = {
    ...text, label: "data(label)", color: ink("--soft"), "font-size": 10, "text-rotation": "autorotate",
    width: 1.3, "line-color": ink("--soft"), "line-opacity": 0.6, "curve-style": "bezier",
    "target-arrow-color": ink("--soft"), "target-arrow-shape": "triangle", "arrow-scale": 0.8,
  };
  const coloured = (name) => ({ selector: `node[class = "${name}"]`, style: { "background-color": colour(name) } });
  return [
    { selector: "node", style: node },
    ...classes.map(coloured),
    { selector: "edge", style: edge },
    { selector: ".faded", style: { opacity: 0.2 } },
    { selector: ".chosen", style: { "border-width": 3, "border-color": ink("--link") } },
  ];
}

// The plugin for YASR. `setup` has the page's settings, `queryOf` the query that an instance of YASR answers.
export function graphView(setup, known, queryOf) {
  const graph = remembered((results) => graphOf(results, known.isProperty));
  const place = { endpoint: "/sparql", ckg: setup.vocabulary };
  const narrowest = (node) => setup.classes.find((name) => node.types.has(setup.vocabulary + name)) ?? "";
  const name = (node) => node.label || known.short(node.iri);

  return class GraphView {
    priority = 4;
    label = "Graph";

    constructor(yasr) { this.yasr = yasr; }

    canHandleResults() { return Boolean(this.yasr.results) && graph(this.yasr.results).edges.size > 0; }

    getIcon() { return icon(ICON); }

    download(filename) {
      const size = { full: true, scale: 2, maxWidth: 8000, maxHeight: 8000 };
      const getData = () => this.cy?.png({ ...size, bg: this.ink("--paper") }) ?? "";
      const title = "Download the picture";
      return { getData, filename: `${filename || "graph"}.png`, contentType: "image/png", title };
    }

    async draw() {
      this.destroy();
      const found = graph(this.yasr.results);
      this.build(found);
      this.yasr.resultsEl.append(this.element);
      const { element } = this;
      try {
        const named = lookUp([...found.nodes.values()], place).catch(() => {}); // without names there are IRIs
        await Promise.all([script(setup.graph.cytoscape), named]);
        const elements = elementsOf(found, name, narrowest);
        const places = await positions(setup.graph, elements.nodes, elements.edges, true);
        if (places && element.isConnected && element === this.element) this.show(found, elements, places);
      } catch (error) {
        this.text.textContent = `The graph can't be drawn: ${error.message}.`;
      }
    }

    // The parts of the view: what is told, the tools, the picture, and beside it what is said of a node.
    build(found) {
      this.text = make("p", { className: "quiet told", textContent: `${told(found)} Drawing …` });
      this.canvas = make("div", { className: "graph-canvas" });
      this.panel = make("div", { className: "graph-panel" });
      this.panel.setAttribute("aria-live", "polite");
      this.tools = make("div", { className: "graph-tools" });
      this.element = make("div", { className: "graph-view" }, this.text, this.tools, this.canvas, this.panel);
    }

    show(found, { nodes, edges }, places) {
      const elements = {
        nodes: nodes.map((data) => ({ data, position: places.get(data.id) })),
        edges: edges.map((data) => ({ data })),
      };
      const style = this.style(), layout = { name: "preset" };
      this.cy = cytoscape({ container: this.canvas, elements, style, layout, minZoom: 0.05, maxZoom: 4 });
      this.cy.fit(undefined, 20);
      this.cy.on("tap", "node", (event) => this.choose(event.target.id()));
      this.recolour = () => this.cy.style(this.style());
      DARK.addEventListener("change", this.recolour);
      this.found = found;
      this.text.textContent = `${told(found)} Choose a node to see what the answer says of it.`;
      this.canvas.setAttribute("role", "img");
      this.canvas.setAttribute("aria-label", `${told(found)} What is drawn here can be read in the table.`);
      this.addTools(found);
    }

    addTools(found) {
      const id = `nodes-${this.yasr.resultsEl.id}`;
      const find = make("input", { type: "search", size: 22, placeholder: "Find a node", className: "graph-find" });
      find.setAttribute("list", id);
      find.setAttribute("aria-label", "Find a node");
      const byName = new Map();
      for (const node of found.nodes.values()) {
        byName.set(byName.has(name(node)) ? `${name(node)} (${known.short(node.iri)})` : name(node), node.iri);
      }
      find.addEventListener("change", () => byName.has(find.value) && this.choose(byName.get(find.value), true));
      const options = make("datalist", { id }, ...[...byName.keys()].sort().map((value) => make("option", { value })));
      const button = (text, title, act) => {
        const element = make("button", { type: "button", textContent: text, title });
        element.setAttribute("aria-label", title);
        element.addEventListener("click", act);
        return element;
      };
      const zoom = (by) => () => {
        const middle = { x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 };
        this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: middle });
      };
      const network = make("a", { className: "button", textContent: "Open in the network page" });
      network.href = `/network?query=${encodeURIComponent(queryOf(this.yasr))}`;
      this.tools.append(
        find, options, button("+", "Zoom in", zoom(1.4)), button("−", "Zoom out", zoom(1 / 1.4)),
        button("Fit", "Fit the graph into view", () => this.cy.fit(undefined, 20)), network,
      );
    }

    // Lights a node and what it is joined to, and tells what the answer says of it.
    choose(iri, centred = false) {
      const chosen = this.cy.getElementById(iri);
      this.cy.elements().removeClass("chosen faded").difference(chosen.closedNeighborhood()).addClass("faded");
      chosen.addClass("chosen");
      this.panel.replaceChildren(...this.about(this.found.nodes.get(iri), chosen));
      this.cy.resize(); // the first node that is chosen takes room for what is said
      if (!centred) return;
      this.cy.fit(chosen.closedNeighborhood(), 60);
      if (this.cy.zoom() > 1.3) this.cy.zoom(1.3).center(chosen);
    }

    about(node, chosen) {
      const heading = make("h3", { className: `thing c-${narrowest(node)}` });
      heading.append(termElement({ type: node.type, value: node.iri }, known));
      heading.firstChild.textContent = name(node);
      const list = make("dl", { className: "said" });
      const add = (key, ...values) => {
        list.append(make("dt", { textContent: key }), ...values.map((each) => make("dd", {}, each)));
      };
      const types = [...node.types].map((value) => termElement({ type: "uri", value }, known));
      if (types.length) add("a", ...types);
      for (const [key, values] of node.said) add(known.short(key), ...values);
      for (const edge of chosen.connectedEdges().toArray().slice(0, 50)) {
        const out = edge.source().id() === node.iri;
        const other = this.found.nodes.get((out ? edge.target() : edge.source()).id());
        const link = make("button", { type: "button", className: "plain", textContent: name(other) });
        link.addEventListener("click", () => this.choose(other.iri, true));
        add(out ? `${edge.data("label")} →` : `← ${edge.data("label")}`, link);
      }
      return [heading, list];
    }

    ink(variable) { return getComputedStyle(this.element ?? document.body).getPropertyValue(variable).trim(); }

    colour(name) {
      const probe = this.element.appendChild(make("span", { className: `c-${name}` }));
      const colour = getComputedStyle(probe).getPropertyValue("--c").trim();
      probe.remove();
      return colour || this.ink("--soft");
    }

    style() { return styles((variable) => this.ink(variable), (each) => this.colour(each), setup.classes); }

    destroy() {
      DARK.removeEventListener("change", this.recolour);
      this.cy?.destroy();
      this.cy = this.element = null;
    }
  };
}
