// How an IRI is written for people, and where it leads on this server.
export function names({ prefixes, base, graphs, vocabulary }) {
  const spaces = Object.entries(prefixes).sort(([, one], [, other]) => other.length - one.length);
  const prefixed = (iri) => {
    const [prefix, namespace] = spaces.find(([, each]) => iri.startsWith(each)) ?? [];
    const local = namespace && iri.slice(namespace.length);
    return local && /^[A-Za-z_][\w-]*$/.test(local) ? `${prefix}:${local}` : null;
  };
  const within = (iri, space) => (iri.startsWith(space) ? iri.slice(space.length) : null);
  const own = (iri) => {
    for (const [space, route] of [[graphs, "/graph/"], [base, "/id/"], [vocabulary, "/ns#"]]) {
      const rest = within(iri, space);
      if (rest) return route + rest;
    }
    return null;
  };
  return {
    prefixed,
    own, // the address on this server, or null
    short: (iri) => prefixed(iri) ?? within(iri, graphs) ?? within(iri, base) ?? iri,
    address: (iri) => own(iri) ?? (/^https?:\/\//.test(iri) ? iri : null),
    // By convention the name of a property begins with a small letter, that of a class or a code with a large one.
    isProperty: (iri) => /:[a-z]/.test(prefixed(iri) ?? "") || iri.startsWith("http://www.wikidata.org/prop/"),
  };
}

// What an IRI or a literal is shown as: a link where it leads somewhere.
export function termElement(cell, known) {
  const address = cell.type === "uri" ? known.address(cell.value) : null;
  const element = document.createElement(address ? "a" : "span");
  element.textContent = cell.type === "uri" ? known.short(cell.value) : cell.value;
  if (address) Object.assign(element, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return element;
}

// A small picture of one path, 16 by 16, that says nothing to who can't see it.
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}
