// The best connected nodes, whose names can be read however far away the picture is.
import { sized } from "./network-look.js";

const LEGIBLE = 12; // pixels
const LARGEST = 90;
const AREA = 26000; // square pixels of the picture for each name
let ranked = [];

// Names as many as there is room for; `anew` looks first which are best connected. Events have no names of their own.
export function landmarks(cy, { anew = false } = {}) {
  if (anew) ranked = rank(cy);
  const most = Math.max(5, Math.min(24, Math.round((cy.width() * cy.height()) / AREA)));
  const chosen = [];
  for (const node of ranked) {
    if (chosen.length === most) break;
    if (node.inside() && !node.hasClass("off") && chosen.every((other) => clear(node, other))) chosen.push(node);
  }
  const now = cy.collection(chosen);
  cy.batch(() => {
    cy.nodes(".landmark")
      .difference(now)
      .forEach((node) => node.removeClass("landmark").data(sized(node.data("degree"))));
    now.addClass("landmark").forEach((node) => {
      const own = sized(node.data("degree"));
      const font = Math.max(own.font, Math.min(LARGEST, Math.round(LEGIBLE / cy.zoom())));
      if (font !== node.data("font")) node.data({ font, room: font * 14 });
    });
  });
}

function rank(cy) {
  const named = cy.nodes().filter((node) => !node.data("type"));
  const degrees = new Map(named.map((node) => [node.id(), node.degree(false)]));
  return named.toArray().sort((one, other) => degrees.get(other.id()) - degrees.get(one.id()));
}

// Whether the names of the two don't run into each other.
function clear(one, other) {
  const [a, b] = [one.renderedPosition(), other.renderedPosition()];
  const wide = LEGIBLE * 0.28 * (one.data("label").length + other.data("label").length) + 6;
  return Math.abs(a.x - b.x) > wide || Math.abs(a.y - b.y) > 1.6 * LEGIBLE;
}
