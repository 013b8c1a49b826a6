// A view of results on a map, for answers with points: WKT literals, or columns of latitude and longitude.
import { makeMap } from "./basemap.js";
import { script } from "./load.js";
import { pointsOf, remembered } from "./sparql-answer.js";
import { icon, termElement } from "./sparql-names.js";

const MOST_ROWS = 8; // that a marker's popup tells
const MOST_MARKERS = 5000;
const NAME = /^(?!\s*<|\s*POINT\b).*[^\d.\s-]/is; // words that are neither a number nor a point
const ICON =
  "M8 0a5.5 5.5 0 0 0-5.5 5.5C2.5 9.6 8 16 8 16s5.5-6.4 5.5-10.5A5.5 5.5 0 0 0 8 0Z" +
  "m0 7.7a2.2 2.2 0 1 1 0-4.4 2.2 2.2 0 0 1 0 4.4Z";

// The rows of a place as a list of what each column says.
function rowsElement(rows, vars, known) {
  const element = document.createElement("div");
  for (const row of [...rows].slice(0, MOST_ROWS)) {
    const list = element.appendChild(document.createElement("dl"));
    list.className = "said";
    for (const name of vars.filter((each) => row[each])) {
      list.append(Object.assign(document.createElement("dt"), { textContent: name }), document.createElement("dd"));
      list.lastChild.append(termElement(row[name], known));
    }
  }
  if (rows.size > MOST_ROWS) element.append(`and ${(rows.size - MOST_ROWS).toLocaleString("en")} more rows`);
  return element;
}

// What a marker is called: the first words in its rows that are no point and no number.
function title(rows, vars) {
  const [row] = rows;
  const named = vars.map((each) => row[each]).find((cell) => cell && cell.type !== "uri" && NAME.test(cell.value));
  return (named?.value ?? "place").slice(0, 80) + (rows.size > 1 ? `, ${rows.size} rows` : "");
}

function told({ places, other }) {
  const shown = Math.min(places.length, MOST_MARKERS);
  const parts = [`${shown.toLocaleString("en")} ${shown === 1 ? "place" : "places"}`];
  if (places.length > shown) parts[0] = `The first ${parts[0]} of ${places.length.toLocaleString("en")}`;
  if (other) parts.push(`left out are shapes that are no point on the earth: ${other.toLocaleString("en")}`);
  return `${parts.join("; ")}.`;
}

// The plugin for YASR. `urls` is what makeMap takes, with `cluster`, the script that puts close markers together.
export function mapView(urls, known) {
  const points = remembered(pointsOf);
  return class MapView {
    priority = 3;
    label = "Map";

    constructor(yasr) { this.yasr = yasr; }

    canHandleResults() { return Boolean(this.yasr.results) && points(this.yasr.results).places.length > 0; }

    getIcon() { return icon(ICON); }

    async draw() {
      this.destroy();
      const found = points(this.yasr.results), vars = this.yasr.results.getVariables();
      const text = Object.assign(document.createElement("p"), { className: "quiet told", textContent: told(found) });
      const element = Object.assign(document.createElement("div"), { className: "map-view" });
      this.yasr.resultsEl.append(text, element);
      try {
        const map = await makeMap(element, urls);
        await script(urls.cluster);
        if (!element.isConnected) return map.remove(); // another view was chosen meanwhile
        this.map = map;
        this.mark(map, found.places.slice(0, MOST_MARKERS), vars);
      } catch (error) {
        text.textContent = `The map can't be drawn: ${error.message}.`;
      }
    }

    mark(map, places, vars) {
      const group = L.markerClusterGroup({
        showCoverageOnHover: false, maxClusterRadius: 36,
        iconCreateFunction: (cluster) => pin(cluster.getChildCount()),
      });
      for (const { point, rows } of places) {
        const name = title(rows, vars);
        group.addLayer(L.marker(point, { icon: pin(), title: name, alt: name })
          .bindPopup(() => rowsElement(rows, vars, known), { minWidth: 230, maxHeight: 260 }));
      }
      map.on("popupopen", ({ popup }) => { // so that keys can scroll it
        popup.getElement().querySelector(".leaflet-popup-content").tabIndex = 0;
      });
      map.addLayer(group).fitBounds(group.getBounds(), { maxZoom: 6, padding: [30, 30] });
    }

    destroy() {
      this.map?.remove();
      this.map = null;
    }
  };
}

// One place, or a number of places that are too close to be told apart.
function pin(number) {
  const html = document.createElement("span");
  html.textContent = number ?? "";
  return L.divIcon({ className: number ? "pins" : "pin", html, iconSize: number ? [32, 32] : [18, 18] });
}
