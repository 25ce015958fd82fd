// What a reader has set stands in the address: so it can be sent, and the back button goes back.

const heard = new Map(); // who hears of a change, by name

/** setting is what the address says under a name, read by parse, which gives null for nonsense; hear is told when the reader goes back. */
export function setting(name, parse, hear) {
  const read = () => {
    const text = new URLSearchParams(location.search).get(name);
    return text === null ? null : parse(text);
  };
  heard.set(name, () => hear(read()));
  return read();
}

/** put puts a setting into the address, as a step that the back button takes back. The address leads to the section of element. */
export function put(name, text, element) {
  const all = new URLSearchParams(location.search);
  if (all.get(name) === text) return;
  all.set(name, text);
  const section = element.closest("section")?.getAttribute("aria-labelledby");
  history.pushState(null, "", `?${String(all).replaceAll("%2C", ",")}${section ? "#" + section : ""}`);
}

addEventListener("popstate", () => heard.forEach((hear) => hear()));

/** numbers reads so many numbers with commas between, each within its bounds: [least, largest]. */
export const numbers =
  (...bounds) =>
  (text) => {
    const list = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
    return list.length === bounds.length && list.every((x, i) => x >= bounds[i][0] && x <= bounds[i][1]) ? list : null;
  };
