// How events look on the map: a dot in the colour of its type, or a ring of several with their number in it.
export const kinds = []; // the local names of the top types, in their order; the page fills it

const Mark = L.DivIcon.extend({
  createIcon(old) {
    const mark = L.DivIcon.prototype.createIcon.call(this, old);
    const { mix, count, name, cluster } = this.options;
    const what = `${count.toLocaleString("en")} event${count === 1 ? "" : "s"}`;
    mark.setAttribute("aria-label", cluster ? `${what}, close together: zoom in` : `${what}, ${name}`);
    const ring = document.createElement("div");
    ring.style.background = count === 1 ? "" : slices(mix, count);
    if (count === 1) ring.className = `dot t-${kinds[mix.findIndex(Boolean)]}`;
    else {
      const number = document.createElement("span");
      number.textContent = count < 10000 ? String(count) : `${Math.round(count / 1000)}k`;
      ring.className = cluster ? "ring cluster" : "ring";
      ring.append(number);
    }
    mark.replaceChildren(ring);
    return mark;
  },
});

/** A mark for so many events of each kind: `mix` has a number for each of `kinds`. */
export function makeIcon({ mix, name = "", cluster = false }) {
  const count = mix.reduce((sum, each) => sum + each, 0);
  const size = count === 1 ? 24 : Math.min(56, Math.round(27 + 7 * Math.log10(count)));
  return new Mark({ className: "mark", html: "", iconSize: [size, size], mix: [...mix], count, name, cluster });
}

/** The colours of the kinds round the circle, each as wide as its part. */
function slices(mix, count) {
  let [gone, written] = [0, []];
  mix.forEach((each, kind) => {
    if (!each) return;
    const ends = ((gone + each) / count) * 100;
    written.push(`var(--t-${kinds[kind]}, var(--t-other)) ${((gone / count) * 100).toFixed(1)}% ${ends.toFixed(1)}%`);
    gone += each;
  });
  return `conic-gradient(${written.join(", ")})`;
}
