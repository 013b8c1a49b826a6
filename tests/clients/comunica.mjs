// Writes to a server as Comunica does and asks it back; prints what came, as JSON.
// node comunica.mjs ADDRESS TOKEN, where the address is that of SPARQL.
import { QueryEngine } from '@comunica/query-sparql';

const [address, token] = process.argv.slice(2);
const engine = new QueryEngine();
const EX = 'https://example.org/';

function withToken(input, init = {}) {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}

const named = { sources: [{ type: 'sparql', value: address }] };
const found = { sources: [address] };
await engine.queryVoid(
  `INSERT DATA { GRAPH <${EX}g> { <${EX}a> <${EX}name> "Київ"@uk, "Kyiv"@en ; <${EX}size> 3 } }`,
  { ...named, destination: { type: 'sparql', value: address }, fetch: withToken },
);

async function rows(query, context) {
  const bindings = await (await engine.queryBindings(query, context)).toArray();
  return bindings.map((row) => [...row.values()].map((term) => term.value)).sort();
}

async function quads(query, context) {
  const triples = await (await engine.queryQuads(query, context)).toArray();
  return triples.map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value]).sort();
}

console.log(JSON.stringify({
  select: await rows(`SELECT ?n { <${EX}a> <${EX}name> ?n }`, named),
  graph: await rows(`SELECT ?g { GRAPH ?g { <${EX}a> <${EX}size> ?n } }`, named),
  described: await rows(`SELECT ?n { <${EX}a> <${EX}name> ?n FILTER(LANG(?n) = "uk") }`, found),
  construct: await quads(`CONSTRUCT { ?s <${EX}bigger> ?n } WHERE { ?s <${EX}size> ?n }`, named),
  ask: await engine.queryBoolean(`ASK { <${EX}a> <${EX}size> 3 }`, named),
}));
