// The countries in the page's colours, without tiles, with their names where there is room.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws the countries of a TopoJSON on a Leaflet map that shows some part of the world already. */
export function drawCountries(map, atlas) {
  const countries = topojson.feature(atlas, atlas.objects.countries);
  for (const { geometry: { type, coordinates } } of countries.features) {
    for (const polygon of type === "Polygon" ? [coordinates] : coordinates) polygon.forEach(unroll);
  }
  const style = () => ({ fillColor: colour("--land"), fillOpacity: 1, color: colour("--border"), weight: 0.8 });
  const layer = L.geoJSON(countries, { renderer: L.canvas({ padding: 0.4 }), interactive: false, style });
  layer.addTo(map);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.setStyle(style));
  new Names(map, countries.features);
}

/** The countries' names, where the country is larger on the screen than its name and no larger one is in the way. */
class Names {
  constructor(map, countries) {
    this.map = map;
    this.pane = map.createPane("names");
    this.pane.setAttribute("aria-hidden", "true");
    const measure = document.createElement("canvas").getContext("2d");
    measure.font = "11px system-ui, sans-serif";
    this.names = countries.map((country) => ({
      ...largest(country.geometry),
      text: country.properties.name,
      width: measure.measureText(country.properties.name).width * 1.12 + 6,
    })).sort((one, other) => other.size - one.size);
    map.on("zoomend moveend", () => this.write());
    map.on("zoomstart", () => this.pane.replaceChildren());
    this.write();
  }

  write() {
    const shown = this.map.getBounds().pad(0.1);
    const taken = [];
    const written = [];
    for (const name of this.names) {
      if (!shown.intersects(name.box)) continue;
      const corners = [name.box.getSouthWest(), name.box.getNorthEast()];
      const [low, high] = corners.map((corner) => this.map.latLngToLayerPoint(corner));
      if (high.x - low.x < name.width || low.y - high.y < 14) continue;
      const at = this.map.latLngToLayerPoint(name.centre);
      const box = L.bounds(at.subtract([name.width / 2, 8]), at.add([name.width / 2, 8]));
      if (taken.some((other) => other.intersects(box))) continue;
      taken.push(box);
      written.push(this.label(name.text, at));
    }
    this.pane.replaceChildren(...written);
  }

  label(text, at) {
    const label = document.createElement("span");
    label.className = "country";
    label.append(document.createElement("span"));
    label.firstChild.textContent = text;
    L.DomUtil.setPosition(label, at.round());
    return label;
  }
}

/** Lets a ring that crosses the antimeridian go on beyond it; one round a pole goes on to the pole. */
function unroll(ring) {
  let shift = 0;
  for (let n = 1; n < ring.length; n += 1) {
    const jump = ring[n][0] + shift - ring[n - 1][0];
    if (Math.abs(jump) > 180) shift -= 360 * Math.sign(jump);
    ring[n] = [ring[n][0] + shift, ring[n][1]];
  }
  if (shift) ring.push([ring[ring.length - 1][0], -90], [ring[0][0], -90], ring[0]);
}

/** The centre, the box and the size of the largest polygon of a geometry. */
function largest({ type, coordinates }) {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const measured = polygons.map(([ring]) => {
    let [area, x, y] = [0, 0, 0];
    for (let n = 0; n + 1 < ring.length; n += 1) {
      const cross = ring[n][0] * ring[n + 1][1] - ring[n + 1][0] * ring[n][1];
      area += cross;
      x += (ring[n][0] + ring[n + 1][0]) * cross;
      y += (ring[n][1] + ring[n + 1][1]) * cross;
    }
    const box = L.latLngBounds(ring.map(([lon, lat]) => [lat, lon]));
    return { size: Math.abs(area), centre: area ? [y / (3 * area), x / (3 * area)] : box.getCenter(), box };
  });
  return measured.reduce((one, other) => (other.size > one.size ? other : one));
}
