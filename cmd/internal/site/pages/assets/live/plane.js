// The plane of codes: a point that is dragged, and what the decoders paint there. "plane" is a VAE's alone, "planes" an AE's beside it.
import { numbers, put, setting } from "./address.js";
import { decoder, models } from "./fetched.js";
import { legend, map, nearest } from "./map.js";
import { button, make, row, signed, slider, spoken } from "./parts.js";
import { picture } from "./picture.js";
import { say, word } from "./say.js";

const STEPS = 8; // pictures of a walk, both ends among them

export async function mount(place, name) {
  const all = await models();
  const limit = name === "planes" ? 8 : 4; // an AE's codes lie farther out
  const vae = all.models.find((m) => m.kind === "vae" && m.weight === 1);
  const both = name === "planes" ? [all.models.find((m) => m.kind === "ae"), vae] : [vae];
  const painters = await Promise.all(both.map(decoder));
  const title = (m) => (m.kind === "ae" ? "AE" : "VAE"); // so in every language
  const shown = both.map((model) => ({
    model,
    map: map(all, { limit, moved: go }),
    picture: picture("", { className: "large" }),
    numbers: spoken(),
    walk: picture("", { columns: STEPS, className: "strip" }),
  }));
  const walks = make("div", { className: "walks", hidden: true }, ...shown.map((s) => make("figure", {}, s.walk.element, make("figcaption", {}, ""))));

  let z = [0, 0];
  function paint() {
    shown.forEach((s, i) => {
      s.picture.show(painters[i](z));
      s.map.set(z);
      const { best, distance } = nearest(s.model, z);
      const at = { model: title(s.model), z: spot(z), kind: word(all.classes[all.labels[best]].name), distance: distance.toFixed(2) };
      s.picture.name(say("What the decoder of the {model} paints at {z}", at));
      s.numbers.say(both.length > 1 ? say("{model}: z = {z}. The nearest of 1,000 codes: {kind}, {distance} away.", at)
        : say("z = {z}. The nearest of 1,000 codes: {kind}, {distance} away.", at));
    });
    sliders.forEach((s, i) => s.set(z[i]));
  }
  function go(to, done) {
    z = to.map((x) => Math.round(100 * x) / 100); // as the address has it
    paint();
    if (done) put(name, z.map((x) => x.toFixed(2)).join(), place);
  }
  const sliders = [0, 1].map((i) =>
    slider({ name: i ? "z₂" : "z₁", from: -limit, to: limit, step: 0.01, words: (x) => signed(x), moved: (x, done) => go(z.map((old, j) => (i === j ? x : old)), done) }),
  );
  const chance = () => {
    const draw = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()); // Box and Muller's
    go([draw(), draw()].map((x) => Math.min(limit, Math.max(-limit, x))), true);
  };

  /** walk shows the way between the codes of two test pictures. */
  function walk([from, to]) {
    walks.hidden = false;
    const names = [from, to].map((i) => word(all.classes[all.labels[i]].name));
    shown.forEach((s, i) => {
      const [a, b] = [s.model.codes[from], s.model.codes[to]];
      for (let k = 0; k < STEPS; k++) {
        const t = k / (STEPS - 1);
        s.walk.show(painters[i]([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]), k);
      }
      s.map.walk(a, b);
      const way = { steps: STEPS, model: title(s.model), from: names[0], to: names[1] };
      s.walk.name(say("{steps} pictures that the {model} paints on the way from one code to another: {from} to {to}", way));
      s.walk.element.nextSibling.textContent =
        say("The line on the {model}’s plane, in equal steps: from one picture’s code ({from}) to another’s ({to}).", way);
    });
  }
  function noWalk() {
    walks.hidden = true;
    for (const s of shown) s.map.walk();
  }
  const strangers = () => {
    const from = Math.floor(Math.random() * all.labels.length);
    let to = from;
    while (all.labels[to] === all.labels[from]) to = Math.floor(Math.random() * all.labels.length);
    walk([from, to]);
    put(`${name}-walk`, `${from},${to}`, place);
  };

  const intro = both.length > 1
    ? say("Drag on one of the planes, or move the sliders: both decoders paint the code at that place. Try a place between the clouds of points, and one far outside: which of the two still paints clothes there?")
    : say("Drag across the plane: the half of the model that paints, the decoder, shows what belongs to the place, as fast as you move. Find a shoe, and drag from it to a shirt: what comes between them? And what does it paint where there are no dots?");
  const dots = both.length > 1
    ? say("Each dot is one of 1,000 pictures that the models have never seen; its place is its code. The colours are the kinds of clothes, which nobody told the models. Dashed: where N(0, I) draws codes, one and two σ from the middle.")
    : say("Each dot is one of 1,000 pictures that the model has never seen; its place is its code. The colours are the kinds of clothes, which nobody told the model. Dashed: where N(0, I) draws codes, one and two σ from the middle. KL weight 1.");
  place.append(
    make("p", { className: "try" }, intro),
    make("div", { className: both.length > 1 ? "pair" : "single" }, ...shown.map((s) =>
      make("div", { className: "panel" }, ...(both.length > 1 ? [make("p", { className: "title" }, title(s.model))] : []),
        make("div", { className: "beside" }, s.map.element, s.picture.element), s.numbers.element))),
    row(...sliders.map((s) => s.element), button(say("A random code"), chance), button(say("Walk between two pictures"), strangers)),
    walks,
    legend(all),
    make("p", { className: "note" }, dots),
  );
  for (const s of shown) {
    s.map.draw(s.model, say("Map: the codes of 1,000 test pictures in the plane of the {model}, from −{limit} to {limit} both ways, coloured by kind.",
      { model: title(s.model), limit }));
  }
  const within = [-limit, limit];
  const begin = [2.5, -0.5];
  const index = [0, all.labels.length - 1];
  const read = (text) => {
    const list = numbers(index, index)(text);
    return list?.every(Number.isInteger) ? list : null;
  };
  const walked = setting(`${name}-walk`, read, (w) => (w ? walk(w) : noWalk()));
  z = setting(name, numbers(within, within), (at) => go(at ?? begin, false)) ?? begin;
  paint();
  if (walked) walk(walked);
}

const spot = (z) => `(${z.map((x) => signed(x)).join(", ")})`;
