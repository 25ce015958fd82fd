// A worker for one run of Go's compiler.
import { Files } from "./files.js";
import { run } from "./tool.js";

const text = new TextEncoder();

/** source is the program, exported what its packages declare: [path, bytes]. */
onmessage = async ({ data: { tool, source, exported } }) => {
  const files = new Files();
  let said = "";
  files.print = (_name, s) => (said += s);
  let config = "";
  for (const [path, bytes] of exported) {
    files.put(`/export/${path}`, bytes);
    config += `packagefile ${path}=/export/${path}\n`;
  }
  files.put("/work/imports", text.encode(config));
  files.put("/work/main.go", text.encode(source));
  try {
    if (await run(tool, files, ["compile", "-o", "cell.o", "-p", "main", "-importcfg", "imports", "-pack", "main.go"])) return postMessage({ error: said });
    const object = files.get("/work/cell.o").slice();
    postMessage({ object }, { transfer: [object.buffer] });
  } catch (e) {
    postMessage({ error: `The compiler has failed: ${e}\n${said}` });
  }
};
