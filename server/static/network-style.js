// The style that cytoscape draws the graph by.
import { outline } from "./network-look.js";

// `many` is for a graph of so many nodes that only the nearest can be told apart.
export function style(classes, colours, many) {
  const { ink, soft, paper, link, fills } = colours;
  const text = {
    color: ink,
    "text-outline-width": 2,
    "text-outline-color": paper,
    "font-family": "system-ui, sans-serif",
  };
  const shapes = Object.keys(classes).map((name) => {
    const points = outline(classes, name);
    const shape = points ? { shape: "polygon", "shape-polygon-points": points.join(" ") } : {};
    return { selector: `node[class = "${name}"]`, style: { "background-color": fills[name], ...shape } };
  });
  return [
    {
      selector: "node",
      style: {
        ...text,
        label: "data(label)",
        "font-size": "data(font)",
        "min-zoomed-font-size": many ? 11 : 8,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-wrap": "ellipsis",
        "text-max-width": "data(room)",
        width: "data(size)",
        height: "data(size)",
        "background-color": fills[""],
        "border-width": 1.5,
        "border-color": paper,
        "z-index": 10,
      },
    },
    ...shapes,
    many
      ? []
      : {
          selector: "node[more > 0]",
          style: {
            "background-image": "data(image)",
            "background-width": "data(wide)",
            "background-height": 15,
            "background-position-x": "100%",
            "background-position-y": 0,
            "background-offset-x": 12,
            "background-offset-y": -5,
            "background-clip": "none",
            "background-image-containment": "over",
            "bounds-expansion": 16,
          },
        },
    {
      selector: "edge",
      style: {
        ...text,
        color: soft,
        label: "data(caption)",
        "font-size": 10,
        "min-zoomed-font-size": many ? 12 : 8.5,
        "text-rotation": "autorotate",
        width: "data(width)",
        "line-color": soft,
        "line-opacity": 0.55,
        "curve-style": "bezier",
        "control-point-step-size": 34,
        "target-arrow-shape": "triangle",
        "target-arrow-color": soft,
        "source-arrow-color": soft,
        "arrow-scale": 0.9,
      },
    },
    { selector: "edge[?mutual]", style: { "source-arrow-shape": "triangle" } },
    { selector: ".landmark", style: { "min-zoomed-font-size": 5, "z-index": 11, "text-outline-width": 3 } },
    {
      selector: ".lit",
      style: {
        "line-color": link,
        "line-opacity": 1,
        "target-arrow-color": link,
        "source-arrow-color": link,
        color: ink,
        "min-zoomed-font-size": 5,
        "z-index": 5,
      },
    },
    { selector: ".by", style: { "border-color": link, "border-width": 2, "min-zoomed-font-size": 5 } },
    {
      selector: "node.chosen",
      style: { "outline-color": link, "outline-width": 4, "outline-offset": 3, "min-zoomed-font-size": 0 },
    },
    { selector: ".off", style: { display: "none" } },
  ].flat();
}
