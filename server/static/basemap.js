// The map that is drawn on: countries in the page's colours, without tiles and without any other server.
import { script, style } from "./load.js";
import { drawCountries } from "./map/countries.js";

const CAPTION = "Boundaries: Natural Earth; they say nothing about claims.";
const WORLD = [[-80, -220], [86, 220]]; // what crosses the 180th meridian goes on beyond it
let countries;

// A Leaflet map in the element. `urls` has the files to load: `leaflet`, `topojson`, `countries`, and a list `styles`.
export async function makeMap(element, urls) {
  countries ??= fetch(urls.countries).then((answer) => answer.json());
  const [topology] = await Promise.all([
    countries, script(urls.leaflet), script(urls.topojson), ...urls.styles.map(style),
  ]);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    minZoom: 1, maxZoom: 9, maxBounds: WORLD, maxBoundsViscosity: 0.8,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  map.attributionControl.setPrefix(false).addAttribution(CAPTION);
  map.setView([25, 20], 2);
  drawCountries(map, structuredClone(topology)); // which drawing changes
  return map;
}
