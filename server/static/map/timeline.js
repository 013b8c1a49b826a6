// A timeline of stacked bars in SVG, with a brush. Bars are cut once for the days shown; drawing counts typed arrays.
import { NONE, cut, inWords, ticks } from "./days.js";

const HEIGHT = 132;
const AXIS = 22; // for the words below the bars
const TOP = 14;
const GRIP = 9; // how near an edge a pointer takes hold of it
const STILL = 4; // a pointer that moves less has clicked

const element = (name, attributes = {}) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

export class Timeline {
  /** `kinds` are the stacked parts by name, from the bottom; `brushed` is told the days that are pulled, or null. */
  constructor(place, { kinds, brushed }) {
    this.kinds = kinds;
    this.brushed = brushed;
    this.chosen = null;
    this.svg = element("svg", { class: "timeline", height: HEIGHT, role: "img" });
    this.pale = kinds.map((kind) => element("path", { class: `bar pale t-${kind}` }));
    this.strong = kinds.map((kind) => element("path", { class: `bar t-${kind}` }));
    this.axis = element("g", { class: "axis" });
    this.brush = ["shade", "shade", "brush", "grip", "grip"].map((name) => element("rect", { class: name, y: 0 }));
    this.svg.append(this.axis, ...this.pale, ...this.strong, ...this.brush);
    place.append(this.svg);
    this.listen();
  }

  /** The events: their days (NONE for none) and the number of their kind. */
  load(days, tops) {
    this.days = days;
    this.tops = tops;
    this.first = Infinity;
    this.last = -Infinity;
    for (const day of days) {
      if (day === NONE) continue;
      this.first = Math.min(this.first, day);
      this.last = Math.max(this.last, day);
    }
    if (this.first > this.last) this.first = this.last = Math.floor(Date.now() / 864e5);
    this.show(this.first, this.last);
  }

  /** Cuts the days from one to another into bars. */
  show(first, last) {
    Object.assign(this, cut(first, last));
    this.from = this.unit.start(this.start);
    this.end = this.unit.start(this.start + this.bars);
    this.bar = Int16Array.from(this.days, (day) => {
      const bar = day === NONE ? -1 : this.unit.bin(day) - this.start;
      return bar < this.bars ? bar : -1;
    });
    if (this.strongOnes) this.draw(this.all, this.strongOnes);
  }

  /** Whether there are bars for all days. */
  get whole() {
    return this.from <= this.first && this.end > this.last;
  }

  /** Whether the bars are those of the days that are chosen. */
  get fills() {
    const { unit, start, bars } = cut(...this.chosen);
    return unit === this.unit && start === this.start && bars === this.bars;
  }

  /** Draws the events that `all` has a 1 for, strongly those that `strong` has one for too. */
  draw(all, strong) {
    Object.assign(this, { all, strongOnes: strong });
    const parts = this.kinds.length;
    const [behind, before] = [new Int32Array(this.bars * parts), new Int32Array(this.bars * parts)];
    for (let n = 0; n < this.bar.length; n += 1) {
      if (this.bar[n] < 0 || !all[n]) continue;
      const cell = this.bar[n] * parts + this.tops[n];
      behind[cell] += 1;
      before[cell] += strong[n];
    }
    this.highest = 1;
    for (let bar = 0; bar < this.bars; bar += 1) {
      let sum = 0;
      for (let part = 0; part < parts; part += 1) sum += behind[bar * parts + part];
      this.highest = Math.max(this.highest, sum);
    }
    this.paint(behind, this.pale);
    this.paint(before, this.strong);
    this.paintAxis();
    this.paintBrush();
    this.svg.setAttribute("aria-label", this.words(behind));
  }

  words(counts) {
    const events = counts.reduce((sum, count) => sum + count, 0);
    const span = inWords(this.from, this.end - 1);
    const bars = `a bar a ${this.unit.name}, at most ${this.highest} in one`;
    return `Timeline: ${events} event${events === 1 ? "" : "s"}, ${span}, ${bars}.`;
  }

  get width() {
    return this.svg.clientWidth || 600;
  }

  x(day) {
    return ((day - this.from) / (this.end - this.from)) * this.width;
  }

  paint(counts, paths) {
    const parts = this.kinds.length;
    const floor = HEIGHT - AXIS;
    const scale = (floor - TOP) / this.highest;
    const below = new Int32Array(this.bars);
    paths.forEach((path, part) => {
      let drawn = "";
      for (let bar = 0; bar < this.bars; bar += 1) {
        const count = counts[bar * parts + part];
        if (!count) continue;
        const left = this.x(this.unit.start(this.start + bar));
        const wide = Math.max(1, this.x(this.unit.start(this.start + bar + 1)) - left - 1);
        below[bar] += count;
        const [x, y, w, h] = [left, floor - below[bar] * scale, wide, count * scale].map((each) => each.toFixed(1));
        drawn += `M${x} ${y}h${w}v${h}h-${w}z`;
      }
      path.setAttribute("d", drawn);
    });
  }

  paintAxis() {
    const floor = HEIGHT - AXIS;
    this.axis.replaceChildren(
      element("line", { x1: 0, x2: this.width, y1: floor + 0.5, y2: floor + 0.5 }),
      element("line", { class: "most", x1: 0, x2: this.width, y1: TOP - 0.5, y2: TOP - 0.5 }),
    );
    this.write(this.width - 2, TOP - 4, String(this.highest), "end");
    for (const { day, words } of ticks(this.from, this.end, Math.max(2, Math.floor(this.width / 90)))) {
      const x = this.x(day);
      if (x > this.width - 30) continue;
      this.axis.append(element("line", { x1: x, x2: x, y1: floor, y2: floor + 4 }));
      this.write(Math.max(x, 1), HEIGHT - 5, words, x < 20 ? "start" : "middle");
    }
  }

  write(x, y, words, anchor) {
    const text = element("text", { x, y, "text-anchor": anchor });
    text.textContent = words;
    this.axis.append(text);
  }

  paintBrush() {
    const [left, right, brush, first, last] = this.brush;
    for (const rect of this.brush) {
      rect.setAttribute("height", HEIGHT - AXIS);
      rect.toggleAttribute("hidden", !this.chosen);
    }
    if (!this.chosen) return;
    const within = (x) => Math.min(this.width, Math.max(0, x));
    const from = within(this.x(this.chosen[0]));
    const to = within(this.x(this.chosen[1] + 1));
    const lay = (rect, x, end) => {
      rect.setAttribute("x", x);
      rect.setAttribute("width", Math.max(0, end - x));
    };
    lay(left, 0, from);
    lay(right, to, this.width);
    lay(brush, from, to);
    lay(first, from - 1.5, from + 1.5);
    lay(last, to - 1.5, to + 1.5);
  }

  /** Shows the days as chosen, from one to another or null, and tells nobody. An open end is where the bars end. */
  choose(days) {
    this.chosen = days && [days[0] === NONE ? Math.min(this.from, this.first) : days[0],
      days[1] === NONE ? Math.max(this.end - 1, this.last) : days[1]];
    this.paintBrush();
  }

  /** The number of the bar that an x is over. */
  over(x) {
    const day = this.from + (Math.min(this.width - 1, Math.max(0, x)) / this.width) * (this.end - this.from);
    return this.unit.bin(Math.floor(day));
  }

  along(event) {
    return event.clientX - this.svg.getBoundingClientRect().left;
  }

  listen() {
    this.svg.addEventListener("pointerdown", (event) => this.take(event));
    this.svg.addEventListener("pointermove", (event) => this.pull(event));
    this.svg.addEventListener("pointerup", (event) => this.leave(event));
    this.svg.addEventListener("pointercancel", () => { this.held = null; });
    new ResizeObserver(() => this.strongOnes && this.draw(this.all, this.strongOnes)).observe(this.svg);
  }

  /** What a pointer at x takes hold of: an edge (0 or 1), all of the brush, or nothing. */
  at(x) {
    if (!this.chosen) return "new";
    const [from, to] = [this.x(this.chosen[0]), this.x(this.chosen[1] + 1)];
    if (Math.abs(x - to) <= GRIP) return "to";
    if (Math.abs(x - from) <= GRIP) return "from";
    return x > from && x < to ? "all" : "new";
  }

  take(event) {
    if (event.button || !this.bar) return;
    const x = this.along(event);
    const bars = this.chosen && this.chosen.map((day) => this.unit.bin(day));
    this.held = { what: this.at(x), x, bar: this.over(x), bars, moved: false };
    this.svg.setPointerCapture(event.pointerId);
  }

  pull(event) {
    const x = this.along(event);
    if (!this.held) {
      const held = this.chosen ? this.at(x) : "new";
      this.svg.style.cursor = { from: "ew-resize", to: "ew-resize", all: "grab", new: "crosshair" }[held];
      return;
    }
    if (Math.abs(x - this.held.x) >= STILL) this.held.moved = true;
    if (this.held.moved) this.stretch(this.held, this.over(x));
  }

  stretch({ what, bar, bars }, now) {
    if (what === "new") this.tell(Math.min(bar, now), Math.max(bar, now));
    else if (what === "all") this.tell(bars[0] + now - bar, bars[1] + now - bar);
    else if (what === "from") this.tell(Math.min(now, bars[1]), Math.max(now, bars[1]));
    else this.tell(Math.min(bars[0], now), Math.max(bars[0], now));
  }

  tell(first, last) {
    const days = [this.unit.start(first), this.unit.start(last + 1) - 1];
    if (this.chosen && days[0] === this.chosen[0] && days[1] === this.chosen[1]) return;
    this.choose(days);
    this.brushed(days);
  }

  leave() {
    const { what, moved } = this.held || {};
    this.held = null;
    if (what !== "new" || moved || !this.chosen) return;
    this.choose(null);
    this.brushed(null);
  }
}
