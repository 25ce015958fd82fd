// Pictures of grey bytes, 28 to a side.
import { make } from "./parts.js";

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
const STEP = SIDE + 1; // a line of white between two

/** picture is a canvas that shows one, or several in rows of so many columns. */
export function picture(name, { columns = 1, rows = 1, className = "one" } = {}) {
  const canvas = make("canvas", { width: STEP * columns - 1, height: STEP * rows - 1, className: `pixels ${className}`, role: "img", "aria-label": name });
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  image.data.fill(255);
  return {
    element: canvas,
    name: (text) => canvas.setAttribute("aria-label", text),
    /** show paints pictures that stand one after another in bytes, from the place at. */
    show(bytes, at = 0) {
      for (let n = 0; n < bytes.length / PIXELS; n++) {
        const left = ((at + n) % columns) * STEP;
        const top = Math.floor((at + n) / columns) * STEP;
        for (let y = 0; y < SIDE; y++) {
          for (let x = 0; x < SIDE; x++) {
            const to = 4 * ((top + y) * canvas.width + left + x);
            image.data[to] = image.data[to + 1] = image.data[to + 2] = bytes[n * PIXELS + y * SIDE + x];
          }
        }
      }
      context.putImageData(image, 0, 0);
    },
  };
}
