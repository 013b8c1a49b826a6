// Lights up an event: its card, the sentences that tell of it, and who has which part in it.

const story = document.querySelector(".story");
const cards = new Map([...document.querySelectorAll(".event")].map((card) => [card.id.slice("event-".length), card]));
const parts = new Map([...cards.keys()].map((key) => [key, []]));
const beside = matchMedia("(min-width: 62rem)"); // as in article.css
let held = null; // the event that stays lit while the pointer is elsewhere
let shown = null;

for (const element of story.querySelectorAll("[data-roles], [data-events]")) {
  for (const part of (element.dataset.roles ?? element.dataset.events).split(" ")) {
    const at = element.dataset.roles ? part.lastIndexOf(":") : part.length;
    parts.get(part.slice(0, at))?.push([element, part.slice(at + 1)]);
  }
}

function light(key) {
  if (key === shown) return;
  for (const [element] of parts.get(shown) ?? []) element.classList.remove("lit");
  cards.get(shown)?.classList.remove("lit");
  shown = cards.has(key) ? key : null;
  const card = cards.get(shown);
  // An element may have several parts in one event; their names are joined.
  const roles = new Map();
  for (const [element, role] of parts.get(shown) ?? []) {
    const word = role === "trigger" ? card.dataset.type : role;
    roles.set(element, roles.has(element) ? `${roles.get(element)}, ${word}` : word);
  }
  for (const [element, words] of roles) {
    element.dataset.role = words;
    element.classList.add("lit");
  }
  card?.classList.add("lit");
  story.classList.toggle("lighting", shown !== null);
}

// The event that an element tells of: a card, or words that name an event.
function eventOf(element) {
  const card = element.closest?.(".event");
  return card ? card.id.slice("event-".length) : element.closest?.("[data-event]")?.dataset.event ?? null;
}

function hold(key) {
  held = key;
  light(key);
}

document.addEventListener("pointerover", ({ target }) => light(eventOf(target) ?? held));
document.addEventListener("focusin", ({ target }) => hold(eventOf(target)));
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hold(null);
});

// Opens with the event of the address lit, and follows it.
function follow() {
  const [, key] = decoded(location.hash).match(/^#event-(.*)$/s) ?? [];
  if (!cards.has(key)) return;
  cards.get(key).focus({ preventScroll: true });
  hold(key);
}

function decoded(hash) {
  if (cards.has(hash.slice("#event-".length))) return hash;
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

// Where the cards have a column of their own, words lead to a card without moving the text.
story.addEventListener("click", (click) => {
  const link = click.target.closest("a[data-event]");
  const card = cards.get(link?.dataset.event);
  if (!card || click.ctrlKey || click.metaKey || click.shiftKey || !beside.matches) return;
  click.preventDefault();
  history.pushState(null, "", link.hash);
  card.parentElement.scrollTop = card.offsetTop - 12;
  card.focus({ preventScroll: true });
});

for (const card of cards.values()) card.tabIndex = 0;
window.addEventListener("hashchange", follow);
follow();

// The legend becomes a choice of which classes are coloured.
for (const box of document.querySelectorAll(".legend input")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const mark of story.getElementsByClassName(box.value)) mark.classList.toggle("plain", !box.checked);
  });
}
