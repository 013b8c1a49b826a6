// Lays a graph out beside the page, which stays quick meanwhile. The same graph always comes out the same.
let ready = false;

// Chance that always begins alike. Source: mulberry32, by Tommy Ettinger, in the public domain.
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function begin(scripts) {
  self.window = self; // what the libraries look for
  importScripts(...scripts);
  cytoscape.use(cytoscapeFcose);
  ready = true;
}

onmessage = ({ data: { id, scripts, nodes, edges, fresh } }) => {
  if (!ready) begin(scripts);
  Math.random = chance(7);
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { width: "data(width)", height: "data(height)" } }],
    elements: {
      nodes: nodes.map(({ position, ...data }) => ({ data, position })),
      edges: edges.map((data) => ({ data })),
    },
    layout: { name: "preset" },
  });
  const layout = cy.layout({
    name: "fcose",
    quality: "default",
    randomize: fresh,
    animate: false,
    fit: false,
    nodeSeparation: 90,
    idealEdgeLength: 85,
    nodeRepulsion: 6500,
    tilingPaddingHorizontal: 40,
    tilingPaddingVertical: 30,
  });
  layout.one("layoutstop", () => {
    postMessage({ id, positions: cy.nodes().map((node) => [node.id(), node.position("x"), node.position("y")]) });
    cy.destroy();
  });
  layout.run();
};
