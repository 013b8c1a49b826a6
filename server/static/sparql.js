// Sets YASGUI up for this endpoint alone, and lets the questions beside it fill the editor and run.
(() => {
  const setup = JSON.parse(document.getElementById("setup").textContent);
  const endpoint = new URL("/sparql", location.href).href;
  const first = setup.examples[0] ? setup.examples[0].query : "SELECT * WHERE { ?s ?p ?o } LIMIT 10";
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    persistenceId: "conflictkg",
    populateFromUrl: !setup.query,
    copyEndpointOnNewTab: false,
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle,*/*;q=0.9" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: {
      value: first,
      prefixCcApi: new URL("/sparql/prefixes.json", location.href).href,
      autocompleters: ["variables", "prefixes"],
    },
    yasr: { prefixes: { ...setup.prefixes, id: setup.base } },
  });
  const run = (name, query) => {
    const tab = yasgui.addTab(true, { name, yasqe: { value: query } }, { avoidDuplicateTabs: true });
    tab.setQuery(query);
    document.querySelector(".tabsList .active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    tab.query().catch(() => {}); // the tab itself shows what went wrong
  };
  const byName = Object.fromEntries(setup.examples.map((example) => [example.name, example]));
  for (const link of document.querySelectorAll("[data-example]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const example = byName[link.dataset.example];
      run(example.title, example.query);
    });
  }
  // An IRI of this store leads to its page on this server, wherever its base would lead.
  document.getElementById("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const address = link && link.getAttribute("href");
    if (address && address.startsWith(setup.base)) link.href = "/id/" + address.slice(setup.base.length);
  }, true);
  if (setup.query) run("Query", setup.query);
})();
