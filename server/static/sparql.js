// Sets YASGUI up for this endpoint alone: our words, our views of results, the questions beside it, and files to take.
import { vocabulary } from "./sparql-complete.js";
import { graphView } from "./sparql-graph.js";
import { mapView } from "./sparql-map.js";
import { names } from "./sparql-names.js";
import { tableView } from "./sparql-table.js";

const setup = JSON.parse(document.getElementById("setup").textContent);
const endpoint = new URL("/sparql", location.href).href;
const root = document.getElementById("yasgui");
const known = names(setup);
const asked = new WeakMap(); // the query that each instance of YASR has the answer of
const { Yasqe, Yasr } = Yasgui;

// Of the completers only those that ask no other server; prefixes are asked for anew, not kept for a month.
Yasqe.defaults.autocompleters = ["variables", "prefixes"];
Yasqe.forkAutocompleter("prefixes", { name: "prefixes", persistenceId: null });
Yasqe.registerAutocompleter(vocabulary(endpoint, known, setup.prefixes));
Yasr.registerPlugin("graph", graphView(setup, known, (yasr) => asked.get(yasr) ?? tabOf(yasr)?.getQuery() ?? ""));
Yasr.registerPlugin("map", mapView(setup.map, known));
Yasr.registerPlugin("table", tableView(Yasr.plugins.table, setup));
Yasr.defaults.pluginOrder = ["table", "graph", "map", "response"];

const shared = new URLSearchParams(location.hash.slice(1)).has("query"); // a link that YASGUI's share button made
const yasgui = new Yasgui(root, {
  persistenceId: "conflictkg",
  populateFromUrl: shared,
  autofocus: false,
  copyEndpointOnNewTab: false,
  requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle,*/*;q=0.9" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  yasqe: { value: setup.examples[0].query, prefixCcApi: new URL("/sparql/prefixes.json", location.href).href },
  yasr: { prefixes: setup.prefixes },
});

function tabs() {
  return Object.values(yasgui._tabs);
}

function tabOf(yasr) {
  return tabs().find((tab) => tab.getYasr() === yasr);
}

function run(name, query) {
  yasgui.addTab(true, { name, yasqe: { value: query } }, { avoidDuplicateTabs: true });
  const tab = yasgui.getTab(); // where there was such a tab before, addTab gives the one that was left
  tab.setQuery(query);
  document.querySelector(".tabsList .active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  tab.query().catch(() => {}); // the tab itself shows what went wrong
}

// What YASGUI leaves without a name for those who don't see it, and links that are shared.
const mended = new WeakSet();
function mend() {
  for (const tab of tabs()) {
    const yasqe = tab.getYasqe(), yasr = tab.getYasr();
    if (!yasqe || !yasr || mended.has(tab)) continue;
    mended.add(tab);
    yasqe.getInputField().setAttribute("aria-label", "SPARQL query");
    yasqe.getInputField().setAttribute("aria-describedby", "keys");
    const scroller = yasqe.getWrapperElement().querySelector(".CodeMirror-scroll");
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Text of the query"]]) {
      scroller.setAttribute(name, value); // it can be scrolled by keys without going into the editor
    }
    yasqe.config.createShareableLink = () => tab.getShareableLink(endpoint);
    yasr.on("drawn", () => mendResults(yasr));
    mendResults(yasr);
  }
}

function mendResults({ rootEl }) {
  for (const field of rootEl.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "Response");
  for (const button of rootEl.querySelectorAll(".yasr_btnGroup .yasr_btn")) {
    button.setAttribute("aria-pressed", button.classList.contains("selected"));
  }
  rootEl.querySelector(".yasr_external_ref_btn")?.setAttribute("aria-label", "Help on this view");
  rootEl.querySelector(".tableSizer")?.setAttribute("aria-label", "Rows on a page");
  rootEl.querySelector(".yasr_response_chip")?.setAttribute("role", "status");
}

for (const event of ["tabAdd", "tabSelect"]) yasgui.on(event, () => queueMicrotask(mend)); // once it is drawn
yasgui.on("autocompletionShown", (_, tab, { hints }) => {
  hints.setAttribute("aria-label", "Words that fit");
  hints.tabIndex = 0;
});
root.querySelector(".addTab").setAttribute("role", "tab"); // it stands among the tabs, and the arrows lead to it
yasgui.on("query", (_, tab) => asked.set(tab.getYasr(), tab.getQuery()));
mend();

// The questions.
const about = document.getElementById("about");
const byTitle = Object.fromEntries(setup.examples.map((example) => [example.title, example.name]));
function tellAbout() {
  const told = document.getElementById(`about-${byTitle[yasgui.getTab()?.getName()]}`);
  about.replaceChildren(...(told?.cloneNode(true).childNodes ?? []));
}
for (const event of ["tabAdd", "tabSelect"]) yasgui.on(event, () => queueMicrotask(tellAbout));
tellAbout();
const byName = Object.fromEntries(setup.examples.map((example) => [example.name, example]));
document.querySelector(".examples").classList.add("short"); // what each is about is told when it is chosen
for (const link of document.querySelectorAll("[data-example]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // to another window
    event.preventDefault();
    const { title, query } = byName[link.dataset.example];
    run(title, query);
  });
}

// Files to take along: the form sends the query of the tab that is open.
const take = document.getElementById("take");
take.hidden = document.getElementById("keys").hidden = false;
take.addEventListener("submit", () => { take.elements.query.value = yasgui.getTab().getQuery(); });
const choose = () => { // what is a node matters where there are nodes
  take.elements.view.disabled = !setup.drawn.includes(take.elements.format.value);
};
take.elements.format.addEventListener("change", choose);
choose();

if (setup.query && !shared) run("Query", setup.query);
