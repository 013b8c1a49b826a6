// The map and the timeline, which narrow each other and the list; the address of the page tells what is chosen.
import { NONE, dayOf, isoOf } from "./map/days.js";
import { Events } from "./map/events.js";
import { kinds } from "./map/marks.js";
import { Timeline } from "./map/timeline.js";
import { Told, make } from "./map/told.js";
import { World } from "./map/world.js";

const LISTED = 100;
const FRAME = 16; // milliseconds
const PAUSE = 90; // between two drawings of the marks and of the list while a brush is pulled
const REST = 200; // without a change
const setup = JSON.parse(document.getElementById("setup").textContent);
const at = (id) => document.getElementById(id);
const form = at("filters");
const [fromField, toField] = [form.elements.from, form.elements.to];
const ticks = [...form.querySelectorAll("[name=type]")];
const ticked = () => new Set(ticks.filter((each) => each.checked).map((each) => each.value));

/** What is chosen. Without a view the map shows all there is, and events without a point are not left out. */
const chosen = { types: new Set(), from: NONE, to: NONE, view: null, follow: true };
let events, told, timeline, world;

function read() {
  const asked = new URLSearchParams(location.search);
  chosen.types = ticked();
  chosen.from = dayOf(asked.get("from"));
  chosen.to = dayOf(asked.get("to"));
  chosen.follow = asked.get("follow") !== "no";
  const view = (asked.get("view") || "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) chosen.view = view;
}

/** What is chosen as parameters, which `/export` and the query know too. */
function parameters() {
  const pairs = [...setup.fixed, ...[...chosen.types].map((type) => ["type", type])];
  if (chosen.from !== NONE) pairs.push(["from", isoOf(chosen.from)]);
  if (chosen.to !== NONE) pairs.push(["to", isoOf(chosen.to)]);
  return new URLSearchParams(pairs);
}

function write() {
  const search = parameters();
  at("behind").querySelector("a").href = `/map/query?${search}`;
  for (const link of document.querySelectorAll("[data-format]")) {
    link.href = `/export?${new URLSearchParams([["format", link.dataset.format], ...search])}`;
  }
  if (chosen.view) search.append("view", chosen.view.join(","));
  if (!chosen.follow) search.append("follow", "no");
  const address = search.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", address ? `?${address}` : location.pathname);
}

/** A task that is done soon after it is asked for, and not again before a pause, which a function tells, is over. */
function paced(task, pause) {
  let [timer, done] = [0, 0];
  return () => {
    timer ||= setTimeout(() => {
      [timer, done] = [0, performance.now()];
      task();
    }, Math.max(0, done + pause() - performance.now()));
  };
}

const drawBars = paced(() => timeline.draw(events.ofType, events.inView), () => FRAME);
// Where the marks take long, the other things have twice their time.
const drawMarks = paced(() => world.show(events.chosenSpots()), () => Math.max(PAUSE, 3 * world.took));
const list = paced(writeList, () => PAUSE);

function typesChanged() {
  events.keepTypes(chosen.types);
  drawBars();
  drawMarks();
  list();
}

function daysChanged() {
  events.keepDays(chosen.from, chosen.to);
  fromField.value = isoOf(chosen.from);
  toField.value = isoOf(chosen.to);
  drawMarks();
  list();
}

function viewChanged() {
  const bounds = world.bounds;
  events.keepView(chosen.view && chosen.follow ? ({ lat, lon }) => bounds.contains([lat, lon]) : null);
  drawBars();
  list();
}

let resting = 0;
function writeList() {
  const found = events.listed(LISTED);
  const rows = found.newest.map((n) => told.row(n));
  at("list").tBodies[0].replaceChildren(...rows);
  events.codes.forEach(({ name }, number) => {
    const place = form.querySelector(`[data-count="${name}"]`);
    if (place) place.textContent = found.ofCode[number] ? found.ofCode[number].toLocaleString("en") : "";
  });
  clearTimeout(resting);
  resting = setTimeout(() => rested(found, rows), REST);
  write();
}

/** What can wait until a brush or the map is let go: what is told, and what the server has to be asked for. */
async function rested(found, rows) {
  tell(found);
  await told.learn(found.newest);
  rows.forEach((row, number) => told.fill(row, found.newest[number]));
}

function tell({ listed, chosen: all, hidden }) {
  const number = (count) => `${count.toLocaleString("en")} event${count === 1 ? "" : "s"}`;
  const parts = chosen.view && chosen.follow
    ? [`${number(listed)} in the part of the map that is shown, of ${all.toLocaleString("en")} chosen.`]
    : [`${number(all)}.`];
  if (hidden) parts.push(`${number(hidden)} without a point on the map ${hidden === 1 ? "is" : "are"} left out.`);
  if (listed > LISTED) parts.push(`The newest ${LISTED} are listed.`);
  const words = parts.join(" ");
  if (at("told").textContent !== words) at("told").textContent = words;
}

/** Takes the days of a brush, or of none. */
function brushed(days) {
  [chosen.from, chosen.to] = days || [NONE, NONE];
  daysChanged();
  showZoom();
}

function daysTyped() {
  [chosen.from, chosen.to] = [dayOf(fromField.value), dayOf(toField.value)];
  daysChanged();
  showBrush();
}

function showBrush() {
  timeline.choose(chosen.from === NONE && chosen.to === NONE ? null : [chosen.from, chosen.to]);
  showZoom();
}

function showZoom() {
  at("zoom").disabled = !timeline.chosen || timeline.fills;
  at("all").disabled = timeline.whole && !timeline.chosen;
}

function makeTimeline() {
  const zoom = make("button", { type: "button", id: "zoom" }, "Zoom to these days");
  const all = make("button", { type: "button", id: "all" }, "All days");
  const undated = events.undated;
  const words = undated ? `${undated.toLocaleString("en")} event${undated === 1 ? "" : "s"} without a date.` : "";
  const place = make("div");
  at("time").replaceChildren(place, make("p", { class: "under" }, zoom, " ", all, " ",
    make("span", { class: "quiet", id: "undated" }, words)));
  timeline = new Timeline(place, { kinds: events.tops, brushed });
  timeline.load(events.start, events.top);
  zoom.addEventListener("click", () => {
    timeline.show(...timeline.chosen);
    showZoom();
  });
  all.addEventListener("click", () => {
    timeline.choose(null);
    timeline.show(timeline.first, timeline.last);
    brushed(null);
  });
}

function makeWorld() {
  at("place").hidden = false;
  document.querySelector(".scripted").hidden = false;
  world = new World(at("world"), {
    popup: (spot, grown) => told.spot(spot, grown),
    moved: () => {
      chosen.view = world.view;
      viewChanged();
    },
  });
  world.placed = () => {
    at("world").dataset.spots = world.shown;
    performance.mark("map:marks");
  };
  if (chosen.view) world.view = chosen.view;
  else world.fit(events.chosenSpots());
}

function listen() {
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      chosen.types = ticked();
      typesChanged();
    });
  }
  for (const field of [fromField, toField]) field.addEventListener("change", daysTyped);
  form.addEventListener("submit", (event) => setup.whole && event.preventDefault());
  form.querySelector("[type=submit]").hidden = setup.whole;
  at("follow").checked = chosen.follow;
  at("follow").addEventListener("change", (event) => {
    chosen.follow = event.target.checked;
    viewChanged();
  });
  at("fit").addEventListener("click", () => {
    chosen.view = null;
    world.fit(events.chosenSpots());
    viewChanged();
  });
}

async function start() {
  read();
  const answer = await fetch(setup.events);
  if (!answer.ok) throw new Error(await answer.text());
  events = new Events(await answer.json(), setup.kinds);
  told = new Told(events, setup.base);
  kinds.push(...events.tops);
  events.keepTypes(chosen.types);
  events.keepDays(chosen.from, chosen.to);
  makeTimeline();
  makeWorld();
  listen();
  drawMarks();
  viewChanged();
  showBrush();
  await world.draw(setup.countries);
}

start().catch((problem) => {
  at("told").prepend(`The map could not be made: ${problem.message} `);
});
