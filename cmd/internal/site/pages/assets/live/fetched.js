// Files of the site that are packed, and the models among them.

import { say } from "./say.js";

/** What a reader should know, as the beginning of a sentence. */
export class Sentence extends Error {}

const list = new URL(/** @type {HTMLMetaElement} */ (document.querySelector("meta[name=vaelab-models]")).content, document.baseURI);

/** fetched gives a file that lies beside the list of models, unpacked. */
export async function fetched(name) {
  let answer;
  try {
    answer = await fetch(new URL(name, list));
  } catch {
    throw new Sentence(say("{name} can't be fetched (is the network gone?)", { name }));
  }
  if (!answer.ok) throw new Sentence(say("{name} is missing on this site ({status})", { name, status: answer.status }));
  try {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // some hosts have the browser unpack what ends in .gz
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw new Sentence(say("{name} has come cut or damaged", { name }));
  }
}

/** rest lets the page answer its reader between two things that take long. */
export const rest = () => new Promise((done) => setTimeout(done));

const kept = new Map();

/** once is what make gives, made once; what failed is tried again. */
function once(name, make) {
  let made = kept.get(name);
  if (!made) {
    made = make();
    kept.set(name, made);
    made.catch(() => kept.delete(name));
  }
  return made;
}

/**
 * models is what there is: classes, labels, originals, and models, each with the codes of the test pictures as [z₁, z₂].
 */
export const models = () =>
  once("models", async () => {
    let all;
    try {
      all = JSON.parse(new TextDecoder().decode(await fetched(list.href)));
    } catch (e) {
      throw e instanceof Sentence ? e : new Sentence(say("The list of models is damaged"));
    }
    for (const name of ["labels", "originals"]) all[name] = bytes(all[name]);
    for (const m of all.models ?? []) {
      const steps = new Int16Array(bytes(m.codes).buffer);
      m.codes = Array.from({ length: steps.length / 2 }, (_, i) => [steps[2 * i] / 512, steps[2 * i + 1] / 512]);
      for (const name of ["restored", "drawn"]) m[name] = bytes(m[name]);
    }
    return all;
  });

/** bytes are those that a text in base 64 stands for. */
export function bytes(text) {
  const letters = atob(text ?? "");
  const all = new Uint8Array(letters.length);
  for (let i = 0; i < all.length; i++) all[i] = letters.charCodeAt(i);
  return all;
}

/** go is the course's own Go: see cmd/vaelive. */
export const go = () =>
  once("go", async () => {
    const { program } = await models();
    const code = await fetched(program);
    await import("./wasm_exec.js");
    const run = new Go();
    let made;
    try {
      made = await WebAssembly.instantiate(/** @type {BufferSource} */ (code), run.importObject);
    } catch {
      throw new Sentence(say("{program} has come damaged, or this browser's WebAssembly is too old for it", { program }));
    }
    await rest();
    void run.run(made.instance);
    await rest();
    return globalThis.vaelive;
  });

/** half brings half a network: a function of its input. */
async function half(file, ask) {
  const program = await go();
  return once(file, async () => {
    const n = program.network(await fetched(file));
    if (typeof n === "string") throw new Sentence(say("{file} can't be used ({why})", { file, why: n }));
    await rest();
    return (input) => program[ask](n, input);
  });
}

/** decoder paints: a code to its picture's bytes. */
export const decoder = (model) => half(model.decoder, "decode");

/** encoder gives a picture's posterior: bytes to μ₁, μ₂ and, for a VAE, log σ₁², log σ₂². */
export const encoder = (model) => half(model.encoder, "encode");
