// A worker that makes programs of a notebook's cells: it runs cmd/vaecells, which keeps what has been declared.
import "./wasm_exec.js";

const go = new Go();
onmessage = async ({ data: { n, module, packages, words, call, args } }) => {
  try {
    if (module) {
      void go.run(await WebAssembly.instantiate(module, go.importObject));
      globalThis.vaecells.packages(packages);
      if (words) globalThis.vaecells.words(words.language, words.text);
      postMessage({ n });
    } else {
      postMessage({ n, answer: globalThis.vaecells[call](...args) });
    }
  } catch (e) {
    postMessage({ n, error: String(e?.message ?? e) });
  }
};
