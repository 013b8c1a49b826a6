// Which classes are drawn, what each looks like, and whether it is to be seen.
import { clip, outline } from "./network-look.js";
import { make } from "./network-make.js";
import { changed, valuesOf } from "./network-page.js";

// Fills the legend with the classes that there are; ticking one shows or hides its nodes at once.
export function legend(cy, setup, seen) {
  const element = document.getElementById("legend");
  const counts = new Map();
  cy.nodes().forEach((node) => counts.set(node.data("class"), (counts.get(node.data("class")) ?? 0) + 1));
  const without = new Set(valuesOf("without"));
  const names = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a.localeCompare(b));
  const labels = names.map((name) => {
    const tick = make("input", { type: "checkbox", value: name, checked: !without.has(name) });
    tick.addEventListener("change", () => {
      tick.checked ? without.delete(name) : without.add(name);
      history.replaceState(history.state, "", changed({ without: [...without] }));
      show(cy, without);
      seen();
    });
    const shape = make("span", { className: "shape" });
    shape.style.clipPath = clip(outline(setup.classes, name));
    const words = setup.classes[name]?.label ?? (name || "other");
    return make(
      "label",
      { className: `c-${name}` },
      tick,
      shape,
      ` ${words} `,
      make("span", { className: "n", textContent: counts.get(name).toLocaleString("en") }),
    );
  });
  element.replaceChildren(element.querySelector("legend"), ...labels);
  show(cy, without);
}

// Shows all nodes but those of these classes, in the graph and in the table.
function show(cy, without) {
  const turned = cy.nodes().filter((node) => node.hasClass("off") !== without.has(node.data("class")));
  if (turned.nonempty()) turned.toggleClass("off");
  const off = new Set(cy.nodes(".off").map((node) => node.id()));
  for (const row of document.querySelectorAll("#table tbody tr"))
    row.hidden = off.has(row.dataset.source) || off.has(row.dataset.target);
}
