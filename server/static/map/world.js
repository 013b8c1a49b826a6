// The map: countries without tiles, their names where there is room, and events as marks that gather into clusters.
import { drawCountries } from "./countries.js";
import { makeIcon } from "./marks.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

export class World {
  /**
   * `moved` is told when the reader moved the map; `popup` makes the content for a spot that is opened, and tells the
   * function it is given when there is more in it.
   */
  constructor(place, { moved, popup }) {
    this.moved = moved;
    this.popup = popup;
    this.took = 0; // milliseconds, to put the marks on the map the last time
    this.map = L.map(place, {
      attributionControl: false, trackResize: false, scrollWheelZoom: false, minZoom: 0, maxZoom: 11, zoomSnap: 0.5,
      zoomAnimation: !calm, fadeAnimation: !calm, maxBounds: [[-80, -220], [86, 220]], maxBoundsViscosity: 0.7,
    });
    this.map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
    this.clusters = L.markerClusterGroup({
      chunkedLoading: true, chunkInterval: 40, chunkDelay: 10, maxClusterRadius: 54, showCoverageOnHover: false,
      animate: !calm, iconCreateFunction: gathered, chunkProgress: (done, all) => this.progressed(done === all),
    }).addTo(this.map);
    this.listen();
  }

  listen() {
    const place = this.map.getContainer();
    this.map.on("focus", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
    // A popup or a mark that gets the focus may move the map; that is not the reader's wish to see another part.
    place.addEventListener("focus", () => { this.focusing = true; }, true);
    place.addEventListener("focusin", () => { this.focusing = false; });
    this.map.on("movestart", () => { this.hushed ||= this.focusing; });
    this.map.on("autopanstart", () => { this.hushed = true; });
    this.map.on("moveend", () => {
      if (!this.hushed) this.moved();
      else if (!this.setting) this.hushed = false;
    });
    this.map.on("popupopen", ({ popup }) => this.tell(popup));
    this.map.on("popupclose", ({ popup }) => this.leave(popup));
    new ResizeObserver(() => this.set(() => this.map.invalidateSize({ animate: false }))).observe(place);
  }

  /** Fills a popup, and makes room again when there is more in it. */
  tell(popup) {
    const content = this.popup(popup._source.options.spot, () => {
      if (!popup.isOpen()) return;
      const [focus, scrolled] = [document.activeElement, content.scrollTop];
      popup.setContent(content); // takes it out and puts it in again
      content.scrollTop = scrolled;
      if (content.contains(focus)) focus.focus({ preventScroll: true });
    });
    popup.options.maxWidth = Math.min(320, this.map.getSize().x - 104);
    popup.setContent(content);
    content.focus({ preventScroll: true });
  }

  /** Gives the focus back to the mark of a popup, if it was in the popup. */
  leave(popup) {
    const focus = document.activeElement;
    const lost = focus === document.body || popup.getElement()?.contains(focus);
    if (lost) popup._source?.getElement?.()?.focus({ preventScroll: true });
  }

  /** Moves the map at once, and not as the reader does. */
  set(move) {
    this.hushed = this.setting = true;
    move();
    this.hushed = this.setting = false;
  }

  /** Draws the countries of the TopoJSON at an address. */
  async draw(address) {
    drawCountries(this.map, await (await fetch(address)).json());
  }

  /** Shows spots, each `{lat, lon, shown, mix}`: what gathers there and how many of each kind. */
  show(spots) {
    this.waiting = spots;
    if (!this.busy) this.place();
  }

  /** Puts the latest spots on the map; those that come while it is still busy wait for their turn. */
  place() {
    const spots = this.waiting;
    this.waiting = null;
    this.shown = spots.length;
    this.began = performance.now();
    this.clusters.clearLayers();
    this.busy = true;
    this.clusters.addLayers(spots.map((spot) => this.marker(spot)));
    if (!spots.length) this.progressed(true);
  }

  progressed(done) {
    if (!done) return;
    this.busy = false;
    this.took = performance.now() - this.began;
    if (this.waiting) this.place();
    else this.placed?.();
  }

  marker(spot) {
    if (!spot.marker) {
      spot.marker = L.marker([spot.lat, spot.lon], { spot });
      const room = { autoPanPaddingTopLeft: [54, 12], autoPanPaddingBottomRight: [12, 12] };
      spot.marker.bindPopup("", { minWidth: 220, ...room });
    }
    const drawn = spot.mix.join();
    if (spot.drawn !== drawn) spot.marker.setIcon(makeIcon({ mix: spot.mix, name: spot.name }));
    spot.drawn = drawn;
    return spot.marker;
  }

  /** Shows all of the spots, or the world where there are none. */
  fit(spots) {
    const bounds = L.latLngBounds(spots.map(({ lat, lon }) => [lat, lon]));
    this.set(() => {
      if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [28, 28], maxZoom: 6, animate: false });
      else this.map.setView([25, 15], 2, { animate: false });
    });
  }

  /** `[lat, lon, zoom]`, what the address of a view tells. */
  get view() {
    const { lat, lng } = this.map.getCenter();
    return [Number(lat.toFixed(4)), Number(lng.toFixed(4)), this.map.getZoom()];
  }

  set view([lat, lon, zoom]) {
    this.set(() => this.map.setView([lat, lon], zoom, { animate: false }));
  }

  get bounds() {
    return this.map.getBounds();
  }
}

/** The mark of a cluster: all that its spots hold. */
function gathered(cluster) {
  const mix = [];
  for (const { options } of cluster.getAllChildMarkers()) {
    options.spot.mix.forEach((count, kind) => { mix[kind] = (mix[kind] || 0) + count; });
  }
  return makeIcon({ mix, cluster: true });
}
