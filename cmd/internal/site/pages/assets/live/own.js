// A picture of the reader's own: drawn or loaded, then coded, and painted again.
import { put, setting } from "./address.js";
import { bytes, decoder, encoder, go, models } from "./fetched.js";
import { legend, map } from "./map.js";
import { button, dragged, make, row, signed, spoken, weights } from "./parts.js";
import { PIXELS, SIDE, picture } from "./picture.js";
import { say, word } from "./say.js";

const LIMIT = 5;
const PEN = 1.15; // its radius, in pixels
const NEIGHBOURS = 15;
const LARGEST = 40e6; // bytes of a file
const NINE = 9; // draws that are painted
const SEED = 1; // of their noise

export async function mount(place, name) {
  const all = await models();
  const vaes = all.models.filter((m) => m.kind === "vae");
  const course = await go();
  const canvas = make("canvas", { width: SIDE, height: SIDE, className: "pixels pad drags", role: "img", "aria-label": say("Your picture, 28 × 28 pixels") });
  const says = spoken();
  let pixels = new Uint8Array(PIXELS);
  const begin = { weights: [1, vaes.at(-1).weight], own: all.originals.slice(0, PIXELS) };
  const sides = begin.weights.map((weight) => side(all, vaes, course, weight, () => keep()));

  function show() {
    const seen = pixels.map((p) => 17 * Math.round(p / 17)); // in the 16 shades that the address has room for
    const image = new ImageData(SIDE, SIDE);
    seen.forEach((p, i) => image.data.set([p, p, p, 255], 4 * i));
    canvas.getContext("2d").putImageData(image, 0, 0);
    const empty = seen.every((p) => p === seen[0]);
    says.say(empty ? say("The picture is empty. Draw something, bright on dark, or take one of the test pictures.") : "");
    for (const s of sides) s.show(empty ? null : seen);
  }
  const keep = () => put(name, [...sides.map((s) => s.weight()), packed(pixels)].join(), place);

  // Drawing: a round, soft pen; the line from the last place to this one.
  let last = null;
  let erases = false;
  dragged(canvas, ([x, y], done) => {
    const to = [x * SIDE, y * SIDE];
    const from = last ?? to;
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 2));
    for (let k = 0; k <= steps; k++) dab(pixels, from[0] + ((to[0] - from[0]) * k) / steps, from[1] + ((to[1] - from[1]) * k) / steps, erases);
    last = done ? null : to;
    show();
    if (done) keep();
  });
  const replace = (next) => {
    pixels = next;
    show();
    keep();
  };
  let test = 0; // the one that stands there first
  const file = make("input", { type: "file", accept: "image/*", hidden: true });
  file.addEventListener("change", async () => {
    try {
      if (file.files[0]) replace(await loaded(file.files[0]));
    } catch (e) {
      says.say(e instanceof Refused ? e.message : say("The picture can't be read: {error}", { error: e?.message ?? e }));
    }
    file.value = "";
  });
  const pen = button(say("Rub out"), () => {
    erases = !erases;
    pen.setAttribute("aria-pressed", String(erases));
  });
  pen.setAttribute("aria-pressed", "false");
  place.append(
    make("p", { className: "try" }, say("Draw a piece of clothing with finger or mouse, bright on dark, or load a picture. The encoder answers with a place in the plane and with how sure it is: rings at one and two σ, small where it is sure. The decoder paints from there. Two KL weights give two answers. And try a thing that is no clothes at all: what comes back, and do the rings grow?")),
    make("div", { className: "own" },
      make("div", { className: "panel" }, make("p", { className: "title" }, say("Your picture")), canvas,
        row(button(say("Clear"), () => replace(new Uint8Array(PIXELS))), pen,
          button(say("A test picture"), () => replace(all.originals.slice(++test % (all.originals.length / PIXELS) * PIXELS, (test % (all.originals.length / PIXELS) + 1) * PIXELS))),
          button(say("Invert"), () => replace(pixels.map((p) => 255 - p))),
          button(say("Load a picture"), () => file.click()), file),
        says.element),
      ...sides.map((s) => s.element)),
    legend(all),
  );
  const read = (text) => {
    const [one, other, drawn] = text.split(",");
    const weights = [Number(one), Number(other)];
    const own = drawn === undefined ? null : unpacked(drawn);
    return own && weights.every((w) => vaes.some((m) => m.weight === w)) ? { weights, own } : null;
  };
  const set = async ({ weights, own }) => {
    pixels = own.slice();
    await Promise.all(sides.map((s, i) => s.set(weights[i])));
    show();
  };
  await set(setting(name, read, (kept) => void set(kept ?? begin)) ?? begin);
}

/** side is what a model with one KL weight makes of the picture. */
function side(all, vaes, course, weight, done) {
  const plane = map(all, { limit: LIMIT });
  const back = picture("", { className: "large" });
  const nine = picture("", { columns: 3, rows: 3, className: "nine" });
  const says = spoken();
  const noise = course.draws(0, 0, SEED, 2 * NINE); // of N(0, 1)
  let model = vaes.find((m) => m.weight === weight);
  let halves = null;
  let pixels = null;
  const turn = weights(vaes, async (next, over) => {
    if (await take(next)) show();
    if (over) done();
  });
  /** take brings a model; it is false where another was asked for meanwhile. */
  async function take(next) {
    model = next;
    try {
      const both = await Promise.all([encoder(next), decoder(next)]);
      if (model !== next) return false;
      halves = both;
      return true;
    } catch (e) {
      says.say(say("{why}: move the slider to try again.", { why: e?.message ?? e }));
      return false;
    }
  }
  function show() {
    if (!pixels) {
      plane.draw(model, say("Map with KL weight {weight}, without a picture of yours.", { weight: model.weight }));
      back.show(new Uint8Array(PIXELS).fill(255));
      nine.show(new Uint8Array(9 * PIXELS).fill(255));
      says.say("");
      return;
    }
    const [encode, decode] = halves;
    const numbers = encode(pixels);
    const mean = [numbers[0], numbers[1]];
    const logVar = [numbers[2], numbers[3]];
    const sigma = logVar.map((s) => Math.exp(s / 2));
    const outside = mean.some((m) => Math.abs(m) > LIMIT);
    const spot = `(${mean.map((m) => signed(m)).join(", ")})`;
    plane.draw(model, say("Map with KL weight {weight}, with the bell of your picture at {spot}.", { weight: model.weight, spot }), { mean, sigma });
    back.show(decode(mean));
    back.name(say("What comes back of your picture with KL weight {weight}", { weight: model.weight }));
    for (let i = 0; i < NINE; i++) nine.show(decode(mean.map((m, j) => m + sigma[j] * noise[2 * i + j])), i);
    nine.name(say("Nine pictures painted from draws of your picture's bell, with KL weight {weight}", { weight: model.weight }));
    const fines = mean.map((m, j) => course.fine(m, logVar[j]));
    const [forMu, forSigma] = [0, 1].map((part) => fines[0][part] + fines[1][part]);
    const { kind, of } = neighbours(all, model, mean);
    const place = { spot, sigma: sigma.map((x) => (x < 0.1 ? x.toPrecision(1) : x.toFixed(2))).join(", ") };
    says.say(say("{place} {fine} {kinds}", {
      place: outside ? say("μ = {spot}, σ = ({sigma}). That is outside the map.", place) : say("μ = {spot}, σ = ({sigma}).", place),
      fine: say("Its KL divergence from N(0, I): {a} nats for μ, {b} for σ; together {sum}.",
        { a: forMu.toFixed(2), b: forSigma.toFixed(2), sum: (forMu + forSigma).toFixed(2) }),
      kinds: say("Of the {n} test pictures nearest to it, {of} are of the kind {kind}; the model itself knows no kinds.", { n: NEIGHBOURS, of, kind: word(kind) }),
    }));
  }
  return {
    element: make("div", { className: "panel" }, turn.element, plane.element,
      make("div", { className: "beside" },
        make("figure", {}, back.element, make("figcaption", {}, say("What comes back"))),
        make("figure", {}, nine.element, make("figcaption", {}, say("Nine pictures from draws of the code")))),
      says.element),
    weight: () => model.weight,
    show(next) {
      pixels = next;
      if (halves) show();
    },
    set: (to) => take(turn.set(to)),
  };
}

/** neighbours is the commonest kind among the nearest codes, and how many are of it. */
function neighbours(all, model, at) {
  const order = model.codes.map((z, i) => [Math.hypot(z[0] - at[0], z[1] - at[1]), all.labels[i]]).sort((a, b) => a[0] - b[0]);
  const count = new Map();
  for (const [, label] of order.slice(0, NEIGHBOURS)) count.set(label, (count.get(label) ?? 0) + 1);
  const [label, of] = [...count].sort((a, b) => b[1] - a[1])[0];
  return { kind: all.classes[label].name, of };
}

/** dab puts a spot of the pen onto the picture, or takes it away. */
function dab(pixels, x, y, erases) {
  for (let j = Math.floor(y - 3); j <= y + 3; j++) {
    for (let i = Math.floor(x - 3); i <= x + 3; i++) {
      if (i < 0 || j < 0 || i >= SIDE || j >= SIDE) continue;
      const ink = Math.max(0, Math.min(1, (erases ? 2 * PEN : PEN) + 0.5 - Math.hypot(i + 0.5 - x, j + 0.5 - y)));
      const at = j * SIDE + i;
      pixels[at] = erases ? Math.min(pixels[at], 255 * (1 - ink)) : Math.max(pixels[at], 255 * ink);
    }
  }
}

/** A picture that can't be taken, with the reason for its reader. */
class Refused extends Error {}

/** loaded makes 28 × 28 grey pixels of a file: its middle square; dark on light is turned round, since the models know clothes bright on dark. */
async function loaded(file) {
  if (file.size === 0) throw new Refused(say("{name} is empty.", { name: file.name }));
  if (file.size > LARGEST) throw new Refused(say("{name} has {size} MB, and {most} is the most: make it smaller first.", { name: file.name, size: Math.round(file.size / 1e6), most: LARGEST / 1e6 }));
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    throw new Refused(say("{name} is no picture that this browser can read. PNG, JPEG, WebP and GIF work.", { name: file.name }));
  }
  const edge = Math.min(image.width, image.height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const c = canvas.getContext("2d", { willReadFrequently: true });
  c.imageSmoothingQuality = "high";
  c.drawImage(image, (image.width - edge) / 2, (image.height - edge) / 2, edge, edge, 0, 0, SIDE, SIDE);
  image.close();
  const { data } = c.getImageData(0, 0, SIDE, SIDE);
  const grey = new Uint8Array(PIXELS);
  let seen = 0;
  for (let i = 0; i < PIXELS; i++) {
    const [r, g, b, a] = data.subarray(4 * i, 4 * i + 4);
    grey[i] = Math.round(((0.2126 * r + 0.7152 * g + 0.0722 * b) * a) / 255); // what is transparent is ground
    seen += a;
  }
  if (seen === 0) throw new Refused(say("{name} is transparent everywhere: there is nothing to see.", { name: file.name }));
  if (grey.every((p) => p === grey[0])) throw new Refused(say("{name} has one shade everywhere: there is nothing to see.", { name: file.name }));
  const rim = [...grey].filter((_, i) => i < SIDE || i >= PIXELS - SIDE || i % SIDE === 0 || i % SIDE === SIDE - 1);
  return rim.reduce((sum, p) => sum + p, 0) / rim.length > 127 ? grey.map((p) => 255 - p) : grey;
}

/** packed is a picture as text for an address: 16 shades, two pixels a byte. */
function packed(pixels) {
  let text = "";
  for (let i = 0; i < PIXELS; i += 2) text += String.fromCharCode((Math.round(pixels[i] / 17) << 4) | Math.round(pixels[i + 1] / 17));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpacked(text) {
  try {
    const pairs = bytes(text.replaceAll("-", "+").replaceAll("_", "/"));
    return pairs.length === PIXELS / 2 ? Uint8Array.from({ length: PIXELS }, (_, i) => 17 * (i % 2 ? pairs[i >> 1] & 15 : pairs[i >> 1] >> 4)) : null;
  } catch {
    return null;
  }
}
