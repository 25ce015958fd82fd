// The bell of one picture, its ticket, the landscape of the fine, and draws whose mean finds the same number.
import { numbers, put, setting } from "./address.js";
import { go } from "./fetched.js";
import { button, dragged, make, reduced, row, signed, slider, spoken } from "./parts.js";
import { say } from "./say.js";

const MU = 3; // μ goes from −3 to 3
const LOGVAR = [-4, 2];
const WIDE = 5; // the bell is drawn from −5 to 5
const HIGH = 1.6;
const DRAWS = [0, 20, 200, 2000];
const SEED = 1;

const NS = "http://www.w3.org/2000/svg";

/** svg makes an element of a drawing. */
function svg(name, properties = {}, ...children) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

export async function mount(place, name) {
  const course = await go();
  let mu = 1.5;
  let logVar = -1;
  let draws = 0;

  // The bell, 440 × 220, and below its axis the draws.
  const [width, height, floor] = [440, 250, 200];
  const x = (z) => ((z + WIDE) / (2 * WIDE)) * width;
  const y = (p) => floor - (p / HIGH) * (floor - 10);
  const curve = (m, s) => Array.from(course.bell(m, s, -WIDE, WIDE, 221), (p, i) => [(i / 220) * width, y(Math.min(p, HIGH * 1.1))]);
  const prior = svg("path", { class: "prior", d: path(curve(0, 0)) });
  const bell = svg("path", { class: "q" });
  const fallen = svg("path", { class: "draws" });
  const ticks = [-4, -2, 0, 2, 4].map((z) => svg("text", { x: x(z), y: height - 6, "text-anchor": "middle" }, signed(z, 0)));
  const bells = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "bells drags", role: "img" },
    svg("line", { x1: 0, x2: width, y1: floor, y2: floor, class: "axis" }), prior, bell, fallen, ...ticks);

  // The ticket: a bar of two parts.
  const forMu = make("span", { className: "for-mu" }, "μ");
  const forSigma = make("span", { className: "for-sigma" }, "σ");
  const ticket = make("div", { className: "ticket", "aria-hidden": "true" }, forMu, forSigma);
  const says = spoken();

  // The landscape: how much each μ and log σ² costs.
  const [columns, rows] = [240, 240];
  const land = make("canvas", { width: columns, height: rows, role: "img", "aria-label": say("Landscape of the fine: 0 at μ = 0, log σ² = 0, rising to all sides; steeply upwards, where the bell is wider than N(0, 1). Each shade is one nat.") });
  paintLandscape(land, course.landscape(MU, ...LOGVAR, columns, rows));
  const point = make("span", { className: "point" });
  const landscape = make("div", { className: "map drags" }, land, point);

  // The running mean of the draws.
  const mean = svg("svg", { viewBox: "0 0 440 150", class: "means", role: "img" });
  const found = spoken();
  const estimate = make("div", { className: "panel", hidden: true }, mean, found.element);

  const ofMu = slider({ name: "μ", from: -MU, to: MU, step: 0.05, words: (v) => signed(v), moved: (v, done) => move(v, logVar, done) });
  const ofSpread = slider({ name: "log σ²", from: LOGVAR[0], to: LOGVAR[1], step: 0.05, words: (v) => signed(v), moved: (v, done) => move(mu, v, done) });

  function move(toMu, toLogVar, done) {
    mu = Math.min(MU, Math.max(-MU, toMu));
    logVar = Math.min(LOGVAR[1], Math.max(LOGVAR[0], toLogVar));
    show();
    if (done) keep();
  }
  const keep = () => put(name, [mu.toFixed(2), logVar.toFixed(2), draws].join(), place);
  let whole = 0;
  function show() {
    const [a, b] = course.fine(mu, logVar);
    whole = a + b;
    bell.setAttribute("d", path(curve(mu, logVar)));
    const sigma = Math.exp(logVar / 2);
    bells.setAttribute("aria-label", say("The bell N(μ, σ²) with μ = {mu} and σ = {sigma}, over the bell N(0, 1).", { mu: signed(mu), sigma: sigma.toFixed(2) }));
    forMu.style.width = `${Math.min(100, (100 * a) / 6)}%`;
    forSigma.style.width = `${Math.min(100, (100 * b) / 6)}%`;
    says.say(say("The ticket: {a} nats for μ = {mu}, {b} for σ = {sigma}; together {sum}.",
      { a: a.toFixed(2), mu: signed(mu), b: b.toFixed(2), sigma: sigma.toFixed(2), sum: whole.toFixed(2) }));
    point.style.left = `${(50 * (mu + MU)) / MU}%`;
    point.style.top = `${(100 * (LOGVAR[1] - logVar)) / (LOGVAR[1] - LOGVAR[0])}%`;
    ofMu.set(mu);
    ofSpread.set(logVar);
    fall(draws);
  }
  /** fall shows the first n draws and their running mean. */
  function fall(n) {
    estimate.hidden = draws === 0;
    if (draws === 0) {
      fallen.setAttribute("d", "");
      return;
    }
    const all = course.draws(mu, logVar, SEED, draws);
    const seen = Array.from(all.subarray(0, Math.min(n, 400)), x);
    fallen.setAttribute("d", seen.map((at) => `M${at.toFixed(1)} ${floor + 3}v14`).join(""));
    const means = all.subarray(draws, 2 * draws);
    const top = Math.max(0.5, 2 * whole);
    const bottom = Math.min(0, whole - top / 2);
    const across = (i) => 34 + (404 * Math.log(i + 1)) / Math.log(draws);
    const up = (v) => 130 - (120 * (Math.min(Math.max(v, bottom - 1), top + 1) - bottom)) / (top - bottom);
    const line = Array.from(means.subarray(0, n), (v, i) => [across(i), up(v)]);
    mean.replaceChildren(
      svg("line", { x1: 34, x2: 440, y1: up(whole), y2: up(whole), class: "closed" }),
      svg("path", { d: path(line), class: "running" }),
      svg("text", { x: 30, y: up(whole) + 4, "text-anchor": "end" }, whole.toFixed(1)),
      svg("text", { x: 34, y: 147 }, say("1 draw")),
      svg("text", { x: 440, y: 147, "text-anchor": "end" }, say("{n} draws", { n: draws.toLocaleString("en") })),
    );
    const last = means[draws - 1];
    const closed = whole.toFixed(3);
    mean.setAttribute("aria-label", say("The running mean of log q − log p over {draws} draws, which ends at {last}, and the closed form, {closed}.",
      { draws, last: last.toFixed(3), closed }));
    found.say(say("Mean of log q − log p over {draws} draws: {last} ± {error} nats (one standard error). Closed form: {closed}.",
      { draws: draws.toLocaleString("en"), last: last.toFixed(3), error: all.at(-1).toFixed(3), closed }));
  }
  let running = 0;
  function rain(n) {
    draws = n;
    keep();
    cancelAnimationFrame(running);
    if (n === 0 || reduced()) return show();
    show();
    const begun = performance.now();
    const step = () => {
      const share = Math.min(1, (performance.now() - begun) / 1500);
      fall(Math.max(1, Math.round(n ** share)));
      if (share < 1) running = requestAnimationFrame(step);
    };
    step();
  }

  dragged(bells, ([right, down], done) => move(right * 2 * WIDE - WIDE, spreadAt((floor - down * height) / (floor - 10) * HIGH), done));
  dragged(landscape, ([right, down], done) => move(right * 2 * MU - MU, LOGVAR[1] - down * (LOGVAR[1] - LOGVAR[0]), done));
  place.append(
    make("p", { className: "try" }, say("Drag the bell: sideways moves μ, up and down makes it narrow or wide. Then drag the point across the landscape, where each shade is one nat. Which bells cost exactly 1 nat? And how many draws does it take until their mean agrees with the formula?")),
    make("div", { className: "pair" },
      make("div", { className: "panel" }, make("p", { className: "title" }, say("The bell q, over N(0, 1)")), bells, ticket, says.element),
      make("div", { className: "panel" }, make("p", { className: "title" }, say("The landscape of the fine")), landscape,
        make("p", { className: "note" }, say("Across: μ, from −{mu} to {mu}. Up: log σ², from {low} to {high}.", { mu: MU, low: signed(LOGVAR[0], 0), high: LOGVAR[1] })))),
    row(ofMu.element, ofSpread.element),
    row(...DRAWS.slice(1).map((n) => button(say("Draw {n}", { n: n.toLocaleString("en") }), () => rain(n))), button(say("No draws"), () => rain(0))),
    estimate,
  );
  const read = (text) => {
    const list = numbers([-MU, MU], LOGVAR, [0, DRAWS.at(-1)])(text);
    return list && DRAWS.includes(list[2]) ? list : null;
  };
  const set = (list) => {
    [mu, logVar, draws] = list ?? [1.5, -1, 0];
    show();
  };
  set(setting(name, read, set));
}

/** spreadAt is the log-variance of the bell whose top is at this height. */
const spreadAt = (top) => -2 * Math.log(Math.max(top, 0.05) * Math.sqrt(2 * Math.PI));

/** paintLandscape gives each nat a shade, and lines between them. */
function paintLandscape(canvas, nats) {
  const c = canvas.getContext("2d");
  const image = c.createImageData(canvas.width, canvas.height);
  nats.forEach((v, i) => {
    const shade = Math.min(7, Math.floor(v));
    const edge = Math.floor(v) !== Math.floor(nats[i - 1] ?? v) || Math.floor(v) !== Math.floor(nats[i - canvas.width] ?? v);
    const deep = edge && v < 8 && i % canvas.width !== 0 ? 40 : 0;
    image.data.set([255 - 6 * shade - deep, 250 - 22 * shade - deep, 240 - 30 * shade - deep, 255], 4 * i);
  });
  c.putImageData(image, 0, 0);
}
