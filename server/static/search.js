// Suggestions while one types, in every search box of a page: a combobox with a list box, as WAI-ARIA describes it.
const REST = 120; // milliseconds without a key before the server is asked

function option(suggestion, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.href = suggestion.href;
  const label = document.createElement("span");
  label.className = `thing c-${suggestion.class}`;
  label.textContent = suggestion.label;
  const note = document.createElement("span");
  note.className = "note";
  note.textContent = suggestion.note;
  item.append(label, note);
  return item;
}

class Box {
  constructor(input, number) {
    this.input = input;
    this.name = `suggested${number}`;
    this.list = Object.assign(document.createElement("ul"), { id: this.name, className: "suggested", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.told = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.told.setAttribute("role", "status");
    input.after(this.list, this.told);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.name);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
  }

  get open() { return !this.list.hidden; }
  get chosen() { return this.list.querySelector('[aria-selected="true"]'); }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort(); // what is on its way would be of other words
    this.timer = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    const words = this.input.value.trim();
    if (!words) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.input.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // nobody there: the form can still be sent
    }
  }

  show(suggestions) {
    const found = suggestions.filter((each) => each.href?.startsWith("/"));
    if (!found.length || document.activeElement !== this.input) return this.close();
    this.list.replaceChildren(...found.map((each, n) => option(each, `${this.name}-${n}`)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = `${found.length} suggestion${found.length === 1 ? "" : "s"}`;
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.told.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  // One further down or up; past either end no suggestion is chosen, but what was typed.
  move(step) {
    const options = [...this.list.children];
    const at = options.indexOf(this.chosen);
    this.chosen?.setAttribute("aria-selected", "false");
    const next = options[at < 0 && step < 0 ? options.length - 1 : at + step];
    if (!next) return this.input.removeAttribute("aria-activedescendant");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", next.id);
  }

  go(item) {
    if (item) location.assign(item.dataset.href);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && this.open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.go(this.chosen);
    }
  }
}

document.querySelectorAll("input[data-suggestions]").forEach((input, number) => new Box(input, number));
