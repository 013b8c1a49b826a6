// What is seen, as a picture or as a file of another tool.
import { make } from "./network-make.js";
import { svgOf } from "./network-svg.js";

const LARGEST = 8000; // pixels along a side

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export async function savePng(cy, colours) {
  const box = cy.elements().not(".off").boundingBox();
  const scale = Math.min(2, LARGEST / box.w, LARGEST / box.h);
  save(await cy.png({ output: "blob-promise", full: true, scale, bg: colours.paper }), "conflictkg-network.png");
}

export function saveSvg(cy, setup, colours) {
  save(new Blob([svgOf(cy, setup.classes, colours)], { type: "image/svg+xml" }), "conflictkg-network.svg");
}

// Asks for the nodes that are seen in a format. The days and types that hold for the links are sent along.
export function saveFile(cy, link) {
  const given = new URL(link.href).searchParams;
  const form = make("form", { method: "post", action: "/export", hidden: true });
  const add = (name, value) => form.append(make("input", { type: "hidden", name, value }));
  for (const name of ["format", "view", "type", "from", "to"]) for (const value of given.getAll(name)) add(name, value);
  cy.nodes()
    .not(".off")
    .forEach((node) => add("node", node.id()));
  document.body.append(form);
  form.submit();
  form.remove();
}
