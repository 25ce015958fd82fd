// The KL weight, turned over models that were really trained; two of them side by side.
import { put, setting } from "./address.js";
import { models } from "./fetched.js";
import { legend, map } from "./map.js";
import { heard, make, weights } from "./parts.js";
import { PIXELS, picture } from "./picture.js";
import { say } from "./say.js";

const LIMIT = 6;
const COLUMNS = 6; // pictures in a row

export async function mount(place, name) {
  const all = await models();
  const vaes = all.models.filter((m) => m.kind === "vae");
  const sides = ["one", "other"].map((which) => side(all, vaes, which, () => put(name, sides.map((s) => s.weight()).join(), place)));
  place.append(
    make("p", { className: "try" }, say("Each slider turns the KL weight. At every stop stands a model that was trained with that weight, from the same beginning, on the same pictures. Move one to the left and the other to the right: what does a larger weight buy, and what does it cost? Look at the map, at the pictures that come back, and at the new ones.")),
    make("div", { className: "pair" }, ...sides.map((s) => s.element)),
    make("details", { className: "hint" }, make("summary", {}, say("What there is to see")), ...answer(vaes)),
  );
  const begin = [vaes[0], vaes.at(-1)].map((m) => m.weight);
  const read = (text) => {
    const list = text.split(",").map(Number);
    return list.length === 2 && list.every((w) => vaes.some((m) => m.weight === w)) ? list : null;
  };
  const set = (weights) => sides.forEach((s, i) => s.set(weights[i]));
  set(setting(name, read, (weights) => set(weights ?? begin)) ?? begin);
}

/** answer says what is to be seen, with the numbers of these models. */
function answer(vaes) {
  const [least, most] = [vaes[0], vaes.at(-1)];
  const one = vaes.find((m) => m.weight === 1);
  const nats = (m) => say("{nats} nats at weight {weight}", { nats: m.reconstruction.toFixed(1), weight: m.weight });
  return [
    make("p", {}, say("The KL term is what a picture’s code pays, on average, for lying away from the middle and for being too sure: {more} nats at weight {least}, {less} at weight {most}. A larger weight makes that dear, so the codes move together. Random codes are drawn round the middle, dashed on the map: the better the dots fill it, the more of the new pictures are clothes.",
      { more: least.kl.toFixed(2), least: least.weight, less: most.kl.toFixed(2), most: most.weight })),
    make("p", {}, say("It is paid for in what comes back: the reconstruction term, which says how badly the painted pictures fit (smaller is better), is {least}, {one} and {most}. To the eye that is little; look at what is rare, such as long sleeves, checks and heels.",
      { least: nats(least), one: nats(one), most: nats(most) })),
    make("p", {}, say("Which side of the plane a kind of clothes lies on means nothing: each training finds a place of its own.")),
  ];
}

/** side is one of the two models, and its slider. */
function side(all, vaes, which, done) {
  const plane = map(all, { limit: LIMIT });
  const originals = all.originals.length / PIXELS;
  const rows = Math.ceil(originals / COLUMNS);
  const restored = picture("", { columns: COLUMNS, rows: 2 * rows, className: "grid" });
  const drawn = picture("", { columns: COLUMNS, rows: Math.ceil(vaes[0].drawn.length / PIXELS / COLUMNS), className: "grid" });
  const aloud = heard();
  const numbers = make("dl", { className: "measures" });
  let now;
  const turn = weights(vaes, (model, over) => {
    show(model);
    if (over) done();
  });
  function show(model) {
    if (model !== now) {
      now = model;
      plane.draw(model, say("Map with KL weight {weight}: the codes of 1,000 test pictures from −{limit} to {limit} both ways, coloured by kind.", { weight: model.weight, limit: LIMIT }));
      for (let r = 0; r < rows; r++) { // each row of originals with what comes back below it
        const part = (bytes) => bytes.subarray(r * COLUMNS * PIXELS, (r + 1) * COLUMNS * PIXELS);
        restored.show(part(all.originals), 2 * r * COLUMNS);
        restored.show(part(model.restored), (2 * r + 1) * COLUMNS);
      }
      restored.name(say("{n} test pictures in {rows} rows, each row with what comes back of it with KL weight {weight} below it.", { n: originals, rows, weight: model.weight }));
      drawn.show(model.drawn);
      drawn.name(say("{n} new pictures, painted from codes drawn from N(0, I), with KL weight {weight}.", { n: model.drawn.length / PIXELS, weight: model.weight }));
    }
    const lines = [
      [say("Reconstruction term"), say("{x} nats", { x: model.reconstruction.toFixed(1) })],
      [say("KL term"), say("{x} nats", { x: model.kl.toFixed(2) })],
      [say("Its loss"), say("first + {weight} × second", { weight: model.weight })],
    ];
    numbers.replaceChildren(...lines.map(([what, value]) => make("div", {}, make("dt", {}, what), make("dd", {}, value))));
    aloud.say(lines.map(([what, value]) => say("{what}: {value}", { what, value })).join("; "));
  }
  return {
    element: make("div", { className: "panel", role: "group", "aria-label": which === "one" ? say("One model") : say("The other model") },
      turn.element, plane.element, legend(all), numbers, aloud.element,
      make("p", { className: "title" }, say("Pictures, and what comes back")), restored.element,
      make("p", { className: "title" }, say("New pictures, from random codes")), drawn.element),
    weight: () => now.weight,
    set: (weight) => show(turn.set(weight)),
  };
}
