// What an answer holds that can be drawn: nodes joined by edges, and points on a map.
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAMES = [
  "http://www.w3.org/2000/01/rdf-schema#label",
  "http://www.w3.org/2004/02/skos/core#prefLabel",
  "http://purl.org/dc/terms/title",
  "https://schema.org/name",
];
const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";
const POINT = /^\s*(?:<([^>]*)>)?\s*POINT\s*(?:ZM?|M)?\s*\(\s*(\S+)\s+([^\s)]+)[^()]*\)\s*$/i;
const CALLED = {
  lat: /^(lat|latitude)$/i,
  lon: /^(lon|lng|long|longitude)$/i,
  property: /^(p|pred|predicate|prop|property)$/i,
};
const MOST_NODES = 1000, MOST_EDGES = 5000;
const MOST_SAID = 20; // values of one property that are kept of one node

const isNode = (cell) => cell?.type === "uri" || cell?.type === "bnode";
const isLiteral = (cell) => typeof cell?.value === "string" && !isNode(cell);

// The function, which looks at each answer only once.
export function remembered(read) {
  const known = new WeakMap();
  return (results) => {
    if (!known.has(results)) known.set(results, read(results));
    return known.get(results);
  };
}

// The graph of an answer: of triples, or of the IRIs in the rows of a table, each joined to the next in its row.
export function graphOf(results, isProperty) {
  const rows = results.getBindings() ?? [];
  const vars = results.getVariables();
  const links = results.getType() === "ttl" ? new Set(["predicate"]) : linkColumns(vars, rows, isProperty);
  const graph = read(rows, vars, links, true);
  return graph.edges.size ? graph : read(rows, vars, links, false); // where all that is told is types, they are drawn
}

// The columns that name how the columns beside them are joined, as ?p does in ?s ?p ?o.
function linkColumns(vars, rows, isProperty) {
  const links = (name) => rows.some((row) => row[name]) && rows.every(({ [name]: cell }) =>
    !cell || (cell.type === "uri" && (CALLED.property.test(name) || isProperty(cell.value))));
  return new Set(vars.slice(1, -1).filter(links));
}

function read(rows, vars, links, typesAside) {
  const graph = { nodes: new Map(), edges: new Map(), left: new Set(), leftEdges: 0 };
  for (const row of rows) readRow(graph, row, vars, links, typesAside);
  return graph;
}

function readRow(graph, row, vars, links, typesAside) {
  const met = [], loose = [];
  let link = null;
  for (const name of vars) {
    const cell = row[name], last = met.at(-1);
    if (!cell) continue;
    if (links.has(name)) link = cell.value;
    else if (isNode(cell) && typesAside && last && link === RDF_TYPE) last.types.add(cell.value);
    else if (isNode(cell)) {
      const node = nodeOf(graph, cell);
      const called = row[`${name}Label`] ?? row[`${name}Name`];
      if (node && isLiteral(called)) node.label ||= called.value;
      if (node && last) join(graph, last, node, link ?? name);
      if (node) met.push(node);
      link = null;
    } else if (isLiteral(cell) && link && last) say(last, link, cell);
    else if (isLiteral(cell)) loose.push([name, cell]);
  }
  for (const [name, cell] of loose) for (const node of met) say(node, name, cell);
}

function nodeOf(graph, { value: iri, type }) {
  const known = graph.nodes.get(iri);
  if (known) return known;
  if (graph.nodes.size >= MOST_NODES) {
    graph.left.add(iri);
    return null;
  }
  const node = { iri, type, label: "", types: new Set(), said: new Map(), degree: 0 };
  graph.nodes.set(iri, node);
  return node;
}

function join(graph, source, target, link) {
  const key = `${source.iri} ${link} ${target.iri}`;
  if (graph.edges.has(key)) return;
  if (graph.edges.size >= MOST_EDGES) graph.leftEdges += 1;
  else {
    graph.edges.set(key, { source: source.iri, target: target.iri, link });
    source.degree += 1;
    target.degree += 1;
  }
}

function say(node, name, cell) {
  const said = node.said.get(name) ?? node.said.set(name, new Set()).get(name);
  if (said.size < MOST_SAID) said.add(cell.value);
  if (NAMES.includes(name) && (!node.label || cell["xml:lang"] === "en")) node.label = cell.value;
}

// The places of an answer: each point with the rows that name it, and how many shapes are no points that can be shown.
export function pointsOf(results) {
  const rows = results.getBindings() ?? [], vars = results.getVariables();
  const lat = vars.find((name) => CALLED.lat.test(name)), lon = vars.find((name) => CALLED.lon.test(name));
  const places = new Map();
  let other = 0;
  const add = (point, row) => {
    const key = point.join(" ");
    const place = places.get(key) ?? places.set(key, { point, rows: new Set() }).get(key);
    place.rows.add(row);
  };
  for (const row of rows) {
    for (const name of vars.filter((each) => row[each]?.datatype === WKT)) {
      const point = ofWkt(row[name].value);
      if (point) add(point, row);
      else other += 1;
    }
    const point = lat && lon && onEarth(row[lat]?.value, row[lon]?.value);
    if (point) add(point, row);
  }
  return { places: [...places.values()], other };
}

// [latitude, longitude] of a point in WKT. Only the system that EPSG numbers 4326 has the latitude first.
function ofWkt(text) {
  const [, system = "", first, second] = POINT.exec(text) ?? [];
  if (first === undefined || (system && !/\/(4326|CRS84)$/.test(system))) return null;
  return system.endsWith("/4326") ? onEarth(first, second) : onEarth(second, first);
}

function onEarth(lat, lon) {
  if (!lat?.trim() || !lon?.trim()) return null;
  const point = [Number(lat), Number(lon)];
  return Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : null;
}
