// The plane of codes: a map of test pictures, with a point that can be dragged.
import { dragged, make } from "./parts.js";
import { word } from "./say.js";

const SIZE = 640; // pixels of the canvas; the page shows it smaller

/**
 * map draws codes by their classes. all is what models() gives; moved([z₁, z₂], done), where it is given, hears of drags.
 */
export function map(all, { limit, moved = null }) {
  const canvas = make("canvas", { width: SIZE, height: SIZE, role: "img" });
  const point = make("span", { className: "point" });
  const way = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  way.setAttribute("viewBox", "0 0 1 1");
  const element = make("div", { className: moved ? "map drags" : "map" }, canvas, way, point);
  const at = (z) => [(z[0] + limit) / (2 * limit), (limit - z[1]) / (2 * limit)];
  point.hidden = true;
  if (moved) dragged(element, ([x, y], done) => moved([x * 2 * limit - limit, limit - y * 2 * limit], done));
  return {
    element,
    /** draw draws a model's codes; cloud, { mean, sigma }, is an ellipse of one and of two σ over them. */
    draw(model, name, cloud = null) {
      canvas.setAttribute("aria-label", name);
      const c = canvas.getContext("2d");
      c.fillStyle = "#fff";
      c.fillRect(0, 0, SIZE, SIZE);
      c.strokeStyle = "#e9e9e9";
      c.lineWidth = 1;
      for (let x = Math.ceil(-limit); x <= limit; x++) {
        const [px, py] = at([x, x]).map((p) => p * SIZE);
        c.strokeStyle = x === 0 ? "#b0b0b0" : "#efefef";
        c.strokeRect(px, -1, 0, SIZE + 2);
        c.strokeRect(-1, py, SIZE + 2, 0);
      }
      c.fillStyle = "#595959";
      c.font = "22px sans-serif";
      for (let x = 2 * Math.ceil(-limit / 2 + 0.5); x < limit; x += 2) { // numbers at the left and lower edges
        const [px, py] = at([x, x]).map((p) => p * SIZE);
        const words = String(x).replace("-", "−");
        c.textAlign = "center";
        c.fillText(words, px, SIZE - 8);
        c.textAlign = "left";
        c.fillText(words, 6, py + 8);
      }
      c.setLineDash([8, 8]);
      c.strokeStyle = "#b0b0b0";
      for (const r of [1, 2]) { // of N(0, I)
        c.beginPath();
        c.arc(SIZE / 2, SIZE / 2, (r * SIZE) / (2 * limit), 0, 2 * Math.PI);
        c.stroke();
      }
      c.setLineDash([]);
      c.globalAlpha = cloud ? 0.5 : 0.75;
      model.codes.forEach((z, i) => {
        const [x, y] = at(z).map((p) => p * SIZE);
        c.fillStyle = all.classes[all.labels[i]].colour;
        c.beginPath();
        c.arc(x, y, 5, 0, 2 * Math.PI);
        c.fill();
      });
      c.globalAlpha = 1;
      if (!cloud) return;
      const [x, y] = at(cloud.mean).map((p) => p * SIZE);
      c.strokeStyle = "#000";
      for (const k of [1, 2]) {
        c.lineWidth = 4 / k;
        c.beginPath();
        c.ellipse(x, y, ...cloud.sigma.map((s) => Math.max(2, (k * s * SIZE) / (2 * limit))), 0, 0, 2 * Math.PI);
        c.stroke();
      }
    },
    /** walk draws the way from one code to another; without codes there is none. */
    walk(from, to) {
      way.innerHTML = from ? `<line x1="${at(from)[0]}" y1="${at(from)[1]}" x2="${at(to)[0]}" y2="${at(to)[1]}" />` : "";
    },
    set(z) {
      const [x, y] = at(z);
      point.hidden = x < 0 || x > 1 || y < 0 || y > 1;
      point.style.left = `${100 * x}%`;
      point.style.top = `${100 * y}%`;
    },
  };
}

/** legend names the colours. */
export const legend = (all) =>
  make("ul", { className: "legend" }, ...all.classes.map((c) => {
    const dot = make("span", { "aria-hidden": "true" });
    dot.style.background = c.colour;
    return make("li", {}, dot, word(c.name));
  }));

/** nearest is the test picture whose code is the nearest: its number and how far it is away. */
export function nearest(model, z) {
  let best = 0;
  let least = Infinity;
  model.codes.forEach((code, i) => {
    const d = Math.hypot(code[0] - z[0], code[1] - z[1]);
    if (d < least) [best, least] = [i, d];
  });
  return { best, distance: least };
}
