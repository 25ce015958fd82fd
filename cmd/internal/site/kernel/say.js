// What is said to a reader: by its English text, in the page's language. Workers say nothing themselves: they tell the page what has
// happened.

const words = globalThis.document?.getElementById("vaelab-words");
const table = words ? JSON.parse(words.textContent) : {};

/** language is the page's, by its code: "en", "zh". */
export const language = words?.dataset.language ?? "en";

/** say gives a sentence in the page's language; English where it isn't translated. What stands in braces is filled in: {name}. */
export function say(english, slots = {}) {
  return (table[english] ?? english).replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
}
