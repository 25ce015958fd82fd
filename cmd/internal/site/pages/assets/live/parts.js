// Parts of which what can be touched is made.
import { say } from "./say.js";

/** make makes an element of a name, properties and children. */
export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** signed writes a number as text does: with a true minus. */
export const signed = (x, digits = 2) => (Math.abs(x) < 0.5 * 10 ** -digits ? 0 : x).toFixed(digits).replace("-", "−");

/** row is a row of things, which breaks where there is no room. */
export const row = (...children) => make("div", { className: "row" }, ...children);

/** slider is one with its name and value; words(value) is how the value is said. moved(value, done) hears of each move. */
export function slider({ name, from, to, step, words, moved }) {
  const value = make("output", {});
  const input = make("input", { type: "range", min: from, max: to, step });
  const label = make("label", { className: "slide" }, make("span", {}, name), input, value);
  const show = () => {
    const said = words(Number(input.value));
    value.textContent = said;
    input.setAttribute("aria-valuetext", said);
  };
  input.addEventListener("input", () => {
    show();
    moved(Number(input.value), false);
  });
  input.addEventListener("change", () => moved(Number(input.value), true));
  return {
    element: label,
    set(x) {
      input.value = String(x);
      show();
    },
  };
}

/** weights is a slider over models by their KL weights; set(weight) puts it there, and gives that model. */
export function weights(models, moved) {
  const turn = slider({
    name: say("KL weight"), from: 0, to: models.length - 1, step: 1, words: (i) => String(models[i].weight),
    moved: (i, done) => moved(models[i], done),
  });
  return {
    element: turn.element,
    set(weight) {
      const i = models.findIndex((m) => m.weight === weight);
      turn.set(i);
      return models[i];
    },
  };
}

/** button is one that does something. */
export const button = (name, does) => make("button", { type: "button", onclick: does }, name);

/** heard is what a screen reader says when it has come to rest. */
export function heard() {
  const element = make("p", { className: "hidden", role: "status" });
  let later = 0;
  return {
    element,
    say(text) {
      clearTimeout(later);
      later = setTimeout(() => (element.textContent = text), 700);
    },
  };
}

/** spoken is a line of numbers that is seen and heard. */
export function spoken() {
  const seen = make("p", { className: "numbers" });
  const aloud = heard();
  return {
    element: make("div", {}, seen, aloud.element),
    say(text) {
      if (seen.textContent === text) return;
      seen.textContent = text;
      aloud.say(text);
    },
  };
}

/** reduced says whether the reader wants nothing to move by itself. */
export const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** dragged calls move([x, y], done) with places on an element, from 0 to 1 rightwards and downwards, while a finger or mouse is down on it. */
export function dragged(element, move) {
  let down = null;
  const at = (e, done) => {
    const box = element.getBoundingClientRect();
    move([(e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height].map((x) => Math.min(1, Math.max(0, x))), done);
  };
  element.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    down = e.pointerId;
    element.setPointerCapture(down);
    at(e, false);
  });
  element.addEventListener("pointermove", (e) => {
    if (e.pointerId === down) at(e, false);
  });
  element.addEventListener("pointerup", (e) => {
    if (e.pointerId !== down) return;
    down = null;
    at(e, true);
  });
  element.addEventListener("pointercancel", () => (down = null));
}
