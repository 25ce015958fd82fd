// A worker for one run of Go's compiler.
import { Files } from "./files.js";
import { ready } from "./tool.js";

const text = new TextEncoder();

const files = new Files();
let compile;

/** The first message has the tool, which is made ready; the second source, the program, and exported, what its packages declare: [path, bytes]. */
onmessage = ({ data: m }) => {
  if (m.tool) {
    compile = ready(m.tool, files);
    compile.catch(() => {}); // whoever compiles is told
  } else void build(m);
};

async function build({ source, exported }) {
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
    const run = await compile;
    if (await run(["compile", "-o", "cell.o", "-p", "main", "-importcfg", "imports", "-pack", "main.go"])) return postMessage({ error: said });
    const object = files.get("/work/cell.o").slice();
    postMessage({ object }, { transfer: [object.buffer] });
  } catch (e) {
    postMessage({ failed: `${e}\n${said}` });
  }
}
