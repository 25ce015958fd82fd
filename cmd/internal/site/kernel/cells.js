// A worker that makes programs of a notebook's cells: it runs cmd/vaecells, which keeps what has been declared.
import "./wasm_exec.js";

const go = new Go();
onmessage = async ({ data }) => {
  if (data.module) {
    void go.run(await WebAssembly.instantiate(data.module, go.importObject));
    globalThis.vaecells.packages(data.packages);
    postMessage({ n: data.n });
    return;
  }
  postMessage({ n: data.n, answer: globalThis.vaecells[data.call](...data.args) });
};
