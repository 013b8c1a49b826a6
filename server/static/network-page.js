// Pages of other addresses of the network: what they draw and say takes the place of what is here.
let running;

// The page of that address. A call ends those before it, which then give null.
export async function fetched(address) {
  running?.abort();
  const mine = (running = new AbortController());
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (found.getElementById("elements")) return found;
    throw new Error(found.querySelector("main p")?.textContent ?? `the server answers ${answer.status}`);
  } catch (error) {
    if (mine.signal.aborted) return null;
    throw error;
  }
}

export const problemOf = (found) => found.querySelector('[data-part="problem"]').textContent.trim();

export const elementsOf = (found) => JSON.parse(found.getElementById("elements").textContent);

// Puts the parts of the other page in place of ours. What was open stays open, and the focus stays where it was.
export function take(found) {
  const { name, value, type } = document.activeElement ?? {};
  const open = [...document.querySelectorAll(".pick")].map((each) => each.open);
  for (const part of document.querySelectorAll("[data-part]")) {
    part.replaceChildren(...found.querySelector(`[data-part="${part.dataset.part}"]`).childNodes);
  }
  document.title = found.title;
  document.querySelectorAll(".pick").forEach((each, i) => {
    each.open = open[i];
  });
  if (document.activeElement !== document.body || !name) return;
  const same = [...document.getElementById("filters").elements].find(
    (each) => each.name === name && (type !== "checkbox" || each.value === value),
  );
  same?.focus({ preventScroll: true });
}

// The address of this view with other values of some parameters; an empty list takes one away.
export function changed(values, from = location.href) {
  const address = new URL(from);
  for (const [name, list] of Object.entries(values)) {
    address.searchParams.delete(name);
    for (const value of list) address.searchParams.append(name, value);
  }
  return address.href;
}

export const valuesOf = (name) => new URL(location.href).searchParams.getAll(name);

// The address that a form leads to, without what is empty.
export function formAddress(form) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  return address.href;
}
