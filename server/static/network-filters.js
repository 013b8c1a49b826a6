// The filters above the graph: what is chosen is drawn at once, and lists close when another thing is looked at.
import { formAddress, valuesOf } from "./network-page.js";

export function filters(form, go) {
  const close = (kept) => {
    for (const list of document.querySelectorAll(".pick[open]")) list.open = list.contains(kept);
  };
  addEventListener("click", ({ target }) => close(target));
  addEventListener("keydown", ({ key }) => key === "Escape" && close(null));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(formAddress(form));
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" || target.tagName === "SELECT") form.requestSubmit();
  });
  // A date changes with each of its parts, and is meant when it is left.
  form.addEventListener("focusout", ({ target }) => {
    if (target.type === "date" && target.value !== (valuesOf(target.name)[0] ?? "")) form.requestSubmit();
  });
}
