// A worker for one run of Go's linker. It is started before there is anything to link, and loads what the next cell will probably
// need; where it opens the cell's object it waits. That is half of its work, done while somebody reads.
import { Files } from "./files.js";
import { ready } from "./tool.js";

const text = new TextEncoder();
const OBJECT = "/work/cell.o";

let places; // of all packages, by path: { pack, at, size }
let packs = []; // lent by the page: { name, bytes }
let give; // hands the object to the linker

/** back gives the packs back with an answer: nobody else has their bytes meanwhile. */
function back(answer) {
  const lent = packs;
  packs = [];
  postMessage({ ...answer, packs: lent }, { transfer: lent.map((p) => p.bytes.buffer) });
}

const disk = {
  lasts: () => false,
  list: () => [],
  async read(path) {
    if (path === OBJECT) {
      const object = new Promise((done) => (give = done));
      back({ what: "waits" });
      return object;
    }
    const place = path.startsWith("/link/") ? places[path.slice("/link/".length)] : undefined;
    if (!place) return null;
    const pack = packs.find((p) => p.name === place.pack);
    if (!pack) throw new Error(`${path} lies in a pack that hasn't been lent`);
    return pack.bytes.subarray(place.at, place.at + place.size);
  },
};

onmessage = ({ data: m }) => {
  packs = m.packs;
  if (m.what === "load") void link(m);
  else give(m.object);
};

async function link({ tool, all, before }) {
  places = all;
  const files = new Files(disk);
  let said = "";
  files.print = (_name, s) => (said += s);
  files.put("/work/packages", text.encode(Object.keys(all).map((path) => `packagefile ${path}=/link/${path}\n`).join("")));
  files.put("/work/before", text.encode(before.join("\n")));
  try {
    const run = await ready(tool, files);
    if (await run(["link", "-o", "cell.wasm", "-importcfg", "packages", "-s", "-w", "-buildmode=exe", "cell.o"])) return back({ what: "failed", error: said });
    back({ what: "linked", module: await WebAssembly.compile(/** @type {BufferSource} */ (files.get("/work/cell.wasm"))) });
  } catch (e) {
    back({ what: "failed", failed: `${e}\n${said}` });
  }
}
