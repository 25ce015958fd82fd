// What is said to a reader: by its English text, in the page's language.

const words = document.getElementById("vaelab-words");
const table = words ? JSON.parse(words.textContent) : {};

/** say gives a sentence in the page's language; English where it isn't translated. What stands in braces is filled in: {name}. */
export function say(english, slots = {}) {
  return word(english).replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
}

/** word is a text that comes from elsewhere, such as a class's name, in the page's language. */
export const word = (english) => table[english] ?? english;
