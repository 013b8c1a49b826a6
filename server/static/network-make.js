// Elements made of names and texts. What comes from the store only ever becomes text, and a link only to the web.
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// A link, or the text alone where the address is none that a browser may follow.
export function linked(text, href) {
  const good = href && (href.startsWith("/") || /^https?:\/\//.test(href));
  if (!good) return make("span", { textContent: text });
  const outside = !href.startsWith("/");
  return make("a", {
    href,
    textContent: text,
    ...(outside ? { className: "outside", rel: "external noopener noreferrer" } : {}),
  });
}

export function button(text, act, properties = {}) {
  const element = make("button", { type: "button", textContent: text, ...properties });
  element.addEventListener("click", act);
  return element;
}

export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
