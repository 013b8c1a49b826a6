// Days as whole numbers since 1970 in UTC, the units that a span of them is cut into, and how people write them.
const DAY = 864e5;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MOST = 120; // bars
const LEAST = 20;
export const NONE = -(2 ** 31); // no day, in an Int32Array

/** The day of '2025-06-30…'; NONE for what is no day. */
export function dayOf(text) {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) || [""];
  const time = Date.parse(day);
  return Number.isNaN(time) ? NONE : Math.floor(time / DAY);
}

export const isoOf = (day) => (day === NONE ? "" : new Date(day * DAY).toISOString().slice(0, 10));

const monthOf = (day) => {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const firstOf = (month) => new Date(0).setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / DAY;

/** So many months: `bin` numbers the one that a day is in, `start` is the first day of a number. */
const months = (name, each) => ({
  name,
  bin: (day) => Math.floor(monthOf(day) / each),
  start: (bin) => firstOf(bin * each),
});

const days = (name, each, shift) => ({
  name,
  bin: (day) => Math.floor((day + shift) / each),
  start: (bin) => bin * each - shift,
});

// A week starts on Monday, and the first day of 1970 was a Thursday.
const UNITS = [
  days("day", 1, 0), days("week", 7, 3), months("month", 1), months("quarter", 3), months("year", 12),
  months("10 years", 120), months("100 years", 1200), months("1000 years", 12000),
];

/** The finest unit that cuts the days into no more than MOST bars, and its first and last bar; LEAST bars at least. */
export function cut(first, last) {
  const unit = UNITS.find((each) => each.bin(last) - each.bin(first) < MOST) || UNITS[UNITS.length - 1];
  const bars = unit.bin(last) - unit.bin(first) + 1;
  const before = Math.max(0, Math.floor((LEAST - bars) / 2));
  const start = unit.bin(first) - before;
  return { unit, start, bars: Math.max(bars, LEAST) };
}

const TICKS = [
  days("day", 1, 0), days("day", 2, 0), days("day", 7, 3), days("day", 14, 3), months("month", 1), months("month", 3),
  months("month", 6), ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => months("year", 12 * years)),
];

/** Days to write at an axis from one day up to another, at most so many, with their words. */
export function ticks(first, end, most) {
  const step = TICKS.find((each) => each.bin(end) - each.bin(first) <= most) || TICKS[TICKS.length - 1];
  const found = [];
  for (let bin = step.bin(first - 1) + 1; step.start(bin) < end; bin += 1) {
    found.push({ day: step.start(bin), words: tick(step, step.start(bin)) });
  }
  return found;
}

function tick(step, day) {
  const { d, m, y } = parts(day);
  if (step.name === "year") return String(y);
  return step.name === "month" ? `${m} ${y}` : `${d} ${m}`;
}

function parts(day) {
  const date = new Date(day * DAY);
  return { d: date.getUTCDate(), m: MONTHS[date.getUTCMonth()], y: date.getUTCFullYear() };
}

/** '3 Jan 2025', '2–3 Jan 2025', 'Jan 2025', '2025'; whole months and years are written as such. Empty for no day. */
export function inWords(start, end) {
  if (start === NONE) return "";
  const last = end === NONE ? start : end;
  const one = parts(start);
  const other = parts(last);
  if (one.d === 1 && parts(last + 1).d === 1) {
    if (one.m === "Jan" && other.m === "Dec") return range(`${one.y}`, `${other.y}`);
    if (one.y === other.y) return `${range(one.m, other.m)} ${one.y}`;
    return range(`${one.m} ${one.y}`, `${other.m} ${other.y}`);
  }
  if (one.y !== other.y) return range(`${one.d} ${one.m} ${one.y}`, `${other.d} ${other.m} ${other.y}`);
  if (one.m !== other.m) return `${range(`${one.d} ${one.m}`, `${other.d} ${other.m}`)} ${one.y}`;
  return `${range(`${one.d}`, `${other.d}`)} ${one.m} ${one.y}`;
}

function range(one, other) {
  if (one === other) return one;
  return `${one}${other}`.includes(" ") ? `${one} – ${other}` : `${one}–${other}`;
}
