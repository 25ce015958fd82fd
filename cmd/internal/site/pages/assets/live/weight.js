// The KL weight, turned over models that were really trained; two of them side by side.
import { put, setting } from "./address.js";
import { models } from "./fetched.js";
import { legend, map } from "./map.js";
import { make, slider, spoken } from "./parts.js";
import { PIXELS, picture } from "./picture.js";

const LIMIT = 6;
const COLUMNS = 6; // pictures in a row

export async function mount(place, name) {
  const all = await models();
  const vaes = all.models.filter((m) => m.kind === "vae");
  const sides = ["one", "other"].map((which) => side(all, vaes, which, () => put(name, sides.map((s) => s.weight()).join())));
  place.append(
    make("p", { className: "try" }, "Each slider turns the KL weight. At every stop stands a model that was trained with that weight, and nothing else was changed. Move one to the left and the other to the right: what does a larger weight buy, and what does it cost? Look at the map, at the restored pictures, and at the new ones."),
    make("div", { className: "pair" }, ...sides.map((s) => s.element)),
    legend(all),
  );
  const begin = [vaes[0], vaes.at(-1)].map((m) => m.weight);
  const read = (text) => {
    const list = text.split(",").map(Number);
    return list.length === 2 && list.every((w) => vaes.some((m) => m.weight === w)) ? list : null;
  };
  const set = (weights) => sides.forEach((s, i) => s.set(weights[i]));
  set(setting(name, read, (weights) => set(weights ?? begin)) ?? begin);
}

/** side is one of the two models, and its slider. */
function side(all, vaes, which, done) {
  const plane = map(all, { limit: LIMIT });
  const originals = all.originals.length / PIXELS;
  const rows = Math.ceil(originals / COLUMNS);
  const restored = picture("", { columns: COLUMNS, rows: 2 * rows, className: "grid" });
  const drawn = picture("", { columns: COLUMNS, rows: Math.ceil(vaes[0].drawn.length / PIXELS / COLUMNS), className: "grid" });
  const says = spoken();
  let now;
  const turn = slider({
    name: "KL weight", from: 0, to: vaes.length - 1, step: 1, words: (i) => String(vaes[i].weight),
    moved: (i, over) => {
      show(vaes[i]);
      if (over) done();
    },
  });
  function show(model) {
    if (model !== now) {
      now = model;
      plane.draw(model, `Map with KL weight ${model.weight}: the codes of 1,000 test pictures from −${LIMIT} to ${LIMIT} both ways, coloured by kind.`);
      for (let r = 0; r < rows; r++) { // each row of originals with what comes back below it
        const part = (bytes) => bytes.subarray(r * COLUMNS * PIXELS, (r + 1) * COLUMNS * PIXELS);
        restored.show(part(all.originals), 2 * r * COLUMNS);
        restored.show(part(model.restored), (2 * r + 1) * COLUMNS);
      }
      restored.name(`${originals} test pictures in ${rows} rows, each row with what comes back of it with KL weight ${model.weight} below it.`);
      drawn.show(model.drawn);
      drawn.name(`${model.drawn.length / PIXELS} new pictures, painted from codes drawn from N(0, I), with KL weight ${model.weight}.`);
    }
    const weight = model.weight === 1 ? "" : `${model.weight} times `;
    const outside = model.codes.filter((z) => z.some((x) => Math.abs(x) > LIMIT)).length;
    says.say(
      `On test images, in nats an image: reconstruction term (distortion) ${model.reconstruction.toFixed(1)}, KL term (rate) ${model.kl.toFixed(2)}. ` +
        `It was trained to make the first and ${weight}the second small together.${outside ? ` ${outside} of the 1,000 codes lie outside the map.` : ""}`,
    );
  }
  return {
    element: make("div", { className: "panel", role: "group", "aria-label": which === "one" ? "One model" : "The other model" },
      turn.element, says.element, plane.element,
      make("p", { className: "title" }, "Test pictures, and below each what comes back"), restored.element,
      make("p", { className: "title" }, "New pictures, from random codes"), drawn.element),
    weight: () => now.weight,
    set(weight) {
      const i = vaes.findIndex((m) => m.weight === weight);
      turn.set(i);
      show(vaes[i]);
    },
  };
}
