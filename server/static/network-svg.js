// The graph as an SVG file, drawn from what cytoscape has placed. It is built as a document, so it is well-formed.
import { outline, pairs } from "./network-look.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const round = (number) => Math.round(number * 100) / 100;
// What a label may hold and XML may not: most control characters, and halves of pairs.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const clean = (text) => text.replace(CONTROL, "").replace(HALF, "");

export function svgOf(cy, classes, colours) {
  const file = document.implementation.createDocument(NAMESPACE, "svg", null);
  const add = (parent, name, attributes, text) => {
    const element = parent.appendChild(file.createElementNS(NAMESPACE, name));
    for (const [key, value] of Object.entries(attributes))
      element.setAttribute(key, typeof value === "number" ? round(value) : value);
    if (text) element.textContent = clean(text);
    return element;
  };
  const shown = cy.nodes().not(".off");
  const box = shown.boundingBox();
  const [x, y, width, height] = [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN];
  const root = file.documentElement;
  Object.entries({ width, height, viewBox: [x, y, width, height].map(round).join(" ") }).forEach(([key, value]) =>
    root.setAttribute(key, typeof value === "number" ? round(value) : value),
  );
  root.setAttribute("font-family", "system-ui, sans-serif");
  add(root, "rect", { x, y, width, height, fill: colours.paper });
  arrow(add, add(root, "defs", {}), colours.soft);
  const edges = add(root, "g", { fill: "none", stroke: colours.soft, "stroke-opacity": 0.7 });
  const words = add(root, "g", { "font-size": 10, "text-anchor": "middle", fill: colours.soft, ...halo(colours) });
  shown.edgesWith(shown).forEach((edge) => drawEdge(add, edges, words, edge));
  const nodes = add(root, "g", { stroke: colours.paper, "stroke-width": 1.5 });
  const names = add(root, "g", { "text-anchor": "middle", fill: colours.ink, ...halo(colours) });
  shown.forEach((node) => drawNode(add, nodes, names, node, classes, colours));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}`;
}

const halo = ({ paper }) => ({ stroke: paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" });

function arrow(add, defs, fill) {
  const marker = add(defs, "marker", {
    id: "arrow",
    viewBox: "0 0 10 10",
    refX: 9,
    refY: 5,
    markerWidth: 9,
    markerHeight: 9,
    markerUnits: "userSpaceOnUse",
    orient: "auto-start-reverse",
  });
  add(marker, "path", { d: "M0 0L10 5L0 10z", fill });
}

function drawEdge(add, lines, words, edge) {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const bend = edge.controlPoints()?.[0];
  const path = bend ? `Q${round(bend.x)} ${round(bend.y)} ` : "L";
  const both = edge.data("mutual") ? { "marker-start": "url(#arrow)" } : {};
  const d = `M${round(from.x)} ${round(from.y)}${path}${round(to.x)} ${round(to.y)}`;
  add(lines, "path", { d, "stroke-width": edge.data("width"), "marker-end": "url(#arrow)", ...both });
  const middle = edge.midpoint();
  const slope = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const turn = slope > 90 ? slope - 180 : slope < -90 ? slope + 180 : slope;
  add(
    words,
    "text",
    { transform: `translate(${round(middle.x)} ${round(middle.y)}) rotate(${round(turn)})`, dy: "0.35em" },
    edge.data("caption"),
  );
}

function drawNode(add, marks, names, node, classes, colours) {
  const { x, y } = node.position();
  const half = node.data("size") / 2;
  const fill = colours.fills[node.data("class")] ?? colours.soft;
  const points = outline(classes, node.data("class"));
  const mark = points
    ? add(marks, "polygon", {
        points: pairs(points)
          .map(([a, b]) => `${round(x + half * a)},${round(y + half * b)}`)
          .join(" "),
        fill,
      })
    : add(marks, "circle", { cx: x, cy: y, r: half, fill });
  add(mark, "title", {}, node.data("label"));
  add(names, "text", { x, y: y + half + node.data("font"), "font-size": node.data("font") }, node.data("label"));
}
