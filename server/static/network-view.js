// Where the graph is looked at from: moved, nearer, farther, or all of it, by keys and by buttons.
import { softly } from "./network-look.js";

const MOVE = 60; // pixels that an arrow key moves the graph by
const STEP = 1.3;
const CLOSEST = 1.4; // how near a graph is looked at that would fit
const PADDING = 30;

// Where to look from to see all that is shown, but not so near that a few nodes fill the picture.
export function whole(cy) {
  const box = cy.nodes().not(".off").boundingBox();
  const [width, height] = [cy.width(), cy.height()];
  const level = Math.max(
    cy.minZoom(),
    Math.min(CLOSEST, (width - 2 * PADDING) / box.w, (height - 2 * PADDING) / box.h),
  );
  return {
    zoom: level,
    pan: { x: (width - level * (box.x1 + box.x2)) / 2, y: (height - level * (box.y1 + box.y2)) / 2 },
  };
}

export const fit = (cy) => cy.animate(whole(cy), { duration: softly(300) });

// So many steps nearer, or farther where it is negative.
export const zoom = (cy, steps) =>
  cy.zoom({ level: cy.zoom() * STEP ** steps, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

// Whether a place is seen.
export function isWithin(cy, { x, y }) {
  const { x1, x2, y1, y2 } = cy.extent();
  return x1 <= x && x <= x2 && y1 <= y && y <= y2;
}

// The node that is nearest to the middle of what is seen.
function middle(cy) {
  const { x1, x2, y1, y2 } = cy.extent();
  const far = (each) => Math.hypot(each.position("x") - (x1 + x2) / 2, each.position("y") - (y1 + y2) / 2);
  return cy.nodes().not(".off").min(far).ele ?? cy.collection();
}

// Has keys do what the mouse does, where the graph has the focus.
export function keys(cy, choose) {
  const does = {
    ArrowLeft: () => cy.panBy({ x: MOVE, y: 0 }),
    ArrowRight: () => cy.panBy({ x: -MOVE, y: 0 }),
    ArrowUp: () => cy.panBy({ x: 0, y: MOVE }),
    ArrowDown: () => cy.panBy({ x: 0, y: -MOVE }),
    "+": () => zoom(cy, 1),
    "=": () => zoom(cy, 1),
    "-": () => zoom(cy, -1),
    0: () => fit(cy),
    Enter: () => choose(middle(cy)),
    Escape: () => choose(cy.collection()),
  };
  cy.container().addEventListener("keydown", (event) => {
    if (!does[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does[event.key]();
  });
}
