// How things look: the shape and the colour of each class, sizes, and marks.

// Outlines in a square from -1 to 1; whatever has none is round.
const OUTLINES = {
  Event: [0, -1, 1, 0, 0, 1, -1, 0],
  Incident: [0, -1, 1, 0, 0, 1, -1, 0],
  Place: [-1, -0.8, 1, -0.8, 0, 1],
  Asset: [-1, -0.6, 1, -0.6, 1, 0.6, -1, 0.6],
  Group: [-0.9, -0.5, 0, -1, 0.9, -0.5, 0.9, 0.5, 0, 1, -0.9, 0.5],
  Organization: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  State: [-0.5, -0.9, 0.5, -0.9, 1, 0, 0.5, 0.9, -0.5, 0.9, -1, 0],
  ArmedForce: [-0.85, -0.9, 0.85, -0.9, 0.85, 0.2, 0, 1, -0.85, 0.2],
  ArmedGroup: [0, -1, 0.85, -0.2, 0.85, 0.9, -0.85, 0.9, -0.85, -0.2],
  Claim: [-1, -0.7, 1, -0.7, 1, 0.5, -0.2, 0.5, -0.7, 1, -0.6, 0.5, -1, 0.5],
  Article: [-0.7, -1, 0.35, -1, 0.7, -0.6, 0.7, 1, -0.7, 1],
};
// From so many nodes on, names and marks are for who looks closer, and a picture of the graph is moved, not the graph.
export const MANY = 500;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const dark = matchMedia("(prefers-color-scheme: dark)");
export const softly = (milliseconds) => (calm.matches ? 0 : milliseconds);

// The class itself, then those above it, from narrow to wide.
const line = (classes, name) => [name, ...(classes[name]?.above ?? [])];

export const outline = (classes, name) => OUTLINES[line(classes, name).find((each) => OUTLINES[each])];

export const clip = (points) =>
  points
    ? `polygon(${pairs(points)
        .map(([x, y]) => `${50 + 50 * x}% ${50 + 50 * y}%`)
        .join(", ")})`
    : "circle()";

export const pairs = (points) =>
  Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]]);

// The colours that the page has just now, as style.css gives them.
export function palette(classes) {
  const root = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("span"));
  const soft = root.getPropertyValue("--soft").trim();
  const own = (name) => {
    probe.className = `c-${name}`;
    return getComputedStyle(probe).getPropertyValue("--c").trim();
  };
  const fill = (name) => line(classes, name).map(own).find(Boolean) ?? soft;
  const fills = Object.fromEntries(["", ...Object.keys(classes)].map((name) => [name, fill(name)]));
  probe.remove();
  const [ink, paper, link, card] = ["--ink", "--paper", "--link", "--card"].map((name) =>
    root.getPropertyValue(name).trim(),
  );
  return { ink, soft, paper, link, card, fills };
}

// What is drawn of a node and of an edge besides what is known of them.
export const sized = (degree = 0) => {
  const size = Math.round(Math.min(64, 14 + 6 * Math.log2(1 + degree)));
  const font = Math.max(11, Math.round(size / 2.6));
  return { size, font, room: font * 14 };
};
export const worded = ({ label, weight }) => ({
  caption: weight > 1 ? `${label} ×${weight}` : label,
  width: Math.min(8, 1.2 + 1.3 * Math.log2(weight || 1)),
});

// A mark with the number of neighbours that are not drawn.
function badge(more, { ink, card, soft }) {
  const text = `+${more}`;
  const wide = 7 + 6.2 * text.length;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="15">`,
    `<rect x=".5" y=".5" width="${wide - 1}" height="14" rx="7" fill="${card}" stroke="${soft}"/>`,
    `<text x="50%" y="11" font-family="system-ui,sans-serif" font-size="10" text-anchor="middle" fill="${ink}">`,
    `${text}</text></svg>`,
  ].join("");
  return { image: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`, wide };
}

// What a node's mark is when it has so many edges here.
export function marked(degree, edges, colours) {
  const more = Math.max(0, (degree ?? 0) - edges);
  return more ? { more, ...badge(more, colours) } : { more };
}

// Gives the nodes their marks anew, those that have another number or all.
export function mark(nodes, colours, { all = false } = {}) {
  nodes.forEach((node) => {
    const found = marked(node.data("degree"), node.connectedEdges().length, colours);
    if (all || found.more !== node.data("more")) node.data(found);
  });
}
