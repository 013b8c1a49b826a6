// The events as columns: typed arrays to filter and count by.
import { NONE, dayOf } from "./days.js";

export class Events {
  /** The columns as the server tells them; `kinds` are event types as `{name, label, broader}`, broader ones first. */
  constructor({ events, types, starts, ends, spots, points }, kinds) {
    this.size = events.length;
    this.iris = events;
    this.starts = starts; // as text
    this.start = Int32Array.from(starts, dayOf);
    this.end = Int32Array.from(ends, dayOf);
    this.spotOf = Int32Array.from(spots); // the number of the spot of the map, -1 for none
    this.spots = points.map(([lon, lat, name]) => ({ lat, lon, name, shown: [] }));
    this.codes = [...kinds, { name: "other", label: "event", broader: null }];
    this.tops = this.codes.filter((code) => !code.broader).map((code) => code.name);
    this.codeNumber = new Map(this.codes.map((code, number) => [code.name, number]));
    const above = (code) => this.codes[this.codeNumber.get(code.broader)];
    const top = (code) => (code.broader ? top(above(code)) : this.tops.indexOf(code.name));
    this.topOf = this.codes.map(top);
    this.code = Uint8Array.from(types, (type) => this.codeNumber.get(type) ?? this.codes.length - 1);
    this.top = Uint8Array.from(this.code, (code) => this.topOf[code]);
    // The newest first, those without a day last.
    this.order = Uint32Array.from(events.keys()).sort((one, two) => this.start[two] - this.start[one] || one - two);
    // Whether each event is of the chosen types and days, and on the part of the map that is shown.
    [this.ofType, this.ofDays, this.inView] = [1, 2, 3].map(() => new Uint8Array(this.size).fill(1));
    for (const spot of this.spots) spot.mix = new Uint32Array(this.tops.length);
    this.undated = this.start.reduce((count, day) => count + (day === NONE), 0);
  }

  /** Keeps the events of these types (names) or of one below them; all where there are none. */
  keepTypes(names) {
    const wanted = this.codes.map((code) => !names.size || names.has(code.name));
    this.codes.forEach((code, number) => {
      if (code.broader && wanted[this.codeNumber.get(code.broader)]) wanted[number] = true;
    });
    for (let n = 0; n < this.size; n += 1) this.ofType[n] = wanted[this.code[n]] ? 1 : 0;
  }

  /** Keeps the events that can have been on one of these days, as the server does; NONE leaves an end open. */
  keepDays(from, to) {
    const { start, end, ofDays } = this;
    for (let n = 0; n < this.size; n += 1) {
      const late = from === NONE || (end[n] !== NONE && end[n] >= from);
      const early = to === NONE || (start[n] !== NONE && start[n] <= to);
      ofDays[n] = late && early ? 1 : 0;
    }
  }

  /** Keeps the events at spots that a function says yes to; without one all, those at no spot too. */
  keepView(shows) {
    const shown = shows && Uint8Array.from(this.spots, (spot) => (shows(spot) ? 1 : 0));
    for (let n = 0; n < this.size; n += 1) {
      this.inView[n] = !shown ? 1 : this.spotOf[n] < 0 ? 0 : shown[this.spotOf[n]];
    }
  }

  /** The spots with what the chosen types and days leave of their events; those with nothing left are left out. */
  chosenSpots() {
    for (const spot of this.spots) {
      spot.mix.fill(0);
      spot.shown.length = 0;
    }
    for (const n of this.order) {
      if (this.spotOf[n] < 0 || !this.ofType[n] || !this.ofDays[n]) continue;
      const spot = this.spots[this.spotOf[n]];
      spot.mix[this.top[n]] += 1;
      spot.shown.push(n);
    }
    return this.spots.filter((spot) => spot.shown.length);
  }

  /** The newest that meet everything, at most so many, and the numbers that tell about them. */
  listed(most) {
    const found = { newest: [], listed: 0, chosen: 0, hidden: 0, ofCode: new Uint32Array(this.codes.length) };
    for (const n of this.order) {
      if (!this.ofDays[n]) continue;
      if (this.inView[n]) found.ofCode[this.code[n]] += 1;
      if (!this.ofType[n]) continue;
      found.chosen += 1;
      if (!this.inView[n]) {
        found.hidden += this.spotOf[n] < 0;
        continue;
      }
      found.listed += 1;
      if (found.newest.length < most) found.newest.push(n);
    }
    this.codes.forEach((code, number) => {
      if (code.broader) found.ofCode[this.codeNumber.get(code.broader)] += found.ofCode[number];
    });
    return found;
  }
}
