// A worker that runs one program: a cell's, or the one that computes for it.
import { Files } from "./files.js";
import { COURSE, lasts } from "./paths.js";
import "./wasm_exec.js";

const asked = new Map(); // questions to the page
let count = 0;

/** ask asks the page something. */
function ask(message, transfer = []) {
  return new Promise((done, fail) => {
    asked.set(++count, { done, fail });
    postMessage({ ...message, n: count }, { transfer });
  });
}

const disk = {
  lasts,
  read: (path) => (path.startsWith(COURSE) ? ask({ what: "disk", call: "read", args: [path] }) : null),
  write: (path, data) => ask({ what: "disk", call: "write", args: [path, data] }, [data.buffer]),
  remove: (path) => ask({ what: "disk", call: "remove", args: [path] }),
  list: (folder) => (folder.startsWith("/course") ? ask({ what: "disk", call: "list", args: [folder] }) : []),
};

const hears = new Map(); // what sliders send, by address
let interrupted = null;
let port; // to the other program
const lines = []; // to programs that this one has started

/** What the program finds around it: see vaelib/internal/tab. */
globalThis.vaelab = {
  display(id, html, plain) {
    flush();
    postMessage({ what: "display", id, html, plain });
  },
  markdown(text) {
    flush();
    postMessage({ what: "markdown", text });
  },
  listen: (address, f) => hears.set(address, f),
  onInterrupt: (f) => (interrupted = f),
  announce: (text) => postMessage({ what: "announce", text }),
  async lock(name) {
    const id = await ask({ what: "lock", name });
    return id === null ? null : () => postMessage({ what: "unlock", id });
  },
  said: (what) => postMessage({ what: "said", text: what }),
  expect: (paths) => ask({ what: "expect", paths }),
  async compute() {
    const line = new MessageChannel();
    await ask({ what: "compute", port: line.port2 }, [line.port2]);
    lines.push(line.port1);
    return line.port1;
  },
  get port() {
    return port;
  },
};

// What is printed goes to the page at once, since a program that then computes gives no moment for it later. Only where very much is
// printed it is gathered: many thousand small messages would choke the page.
const AT_ONCE = 300; // messages, from one moment in which the worker is free to the next
const gathered = { name: "", text: "", since: 0, sent: 0 };
function flush() {
  if (gathered.text) postMessage({ what: "text", name: gathered.name, text: gathered.text });
  gathered.text = "";
}
function print(name, text) {
  if (gathered.name !== name) flush();
  if (gathered.sent === 0) {
    setTimeout(() => {
      flush();
      gathered.sent = 0;
    }, 20);
  }
  if (!gathered.text) gathered.since = performance.now();
  gathered.name = name;
  gathered.text += text;
  if (++gathered.sent < AT_ONCE || gathered.text.length > 65536 || performance.now() - gathered.since > 50) flush();
}

async function run({ module, vectors, env, args, main, port: line }) {
  port = line;
  const files = new Files(disk);
  files.print = print;
  for (const folder of ["/course", "/course/.vaelab", "/course/.vaelab/runs", "/course/datasets", "/course/datasets/sample"]) files.folders.add(folder);
  if (main) files.put("/work/main.go", new TextEncoder().encode(main));
  globalThis.fs = files.go();
  Object.assign(globalThis.process, { cwd: () => "/work", chdir() {} });
  const go = new Go();
  let code = 0;
  go.argv = ["cell", ...(args ?? [])];
  go.env = env;
  go.exit = (c) => {
    code = c;
  };
  /** @type {{ endless: boolean, message: string } | null} */
  let error = null;
  try {
    await go.run(await instantiate(module, vectors, go.importObject));
  } catch (e) {
    error = { endless: e instanceof RangeError, message: String(e?.message ?? e) };
  }
  flush();
  postMessage({ what: "ended", code, error });
}

/**
 * instantiate starts a program's module; the one with vector instructions, where it needs it, works on its memory.
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Module | null} vectors
 */
async function instantiate(module, vectors, imports) {
  if (!vectors) return WebAssembly.instantiate(module, imports);
  let functions;
  imports.vaelab_simd = {};
  // The module has to be there before its memory is: what it calls comes afterwards.
  for (const { name } of WebAssembly.Module.exports(vectors)) imports.vaelab_simd[name] = (...args) => functions[name](...args);
  const instance = await WebAssembly.instantiate(module, imports);
  functions = (await WebAssembly.instantiate(vectors, { env: { memory: instance.exports.mem } })).exports;
  return instance;
}

onmessage = ({ data: m }) => {
  switch (m.what) {
    case "run":
      void run(m);
      break;
    case "answer": {
      const { done, fail } = asked.get(m.n);
      asked.delete(m.n);
      if (m.error === undefined) done(m.value);
      else fail(new Error(m.error));
      break;
    }
    case "hear":
      hears.get(m.address)?.(m.text);
      break;
    case "interrupt":
      interrupted?.();
      break;
    case "alone": // the other program has ended: nothing more is to come
      for (const line of lines.splice(0)) line.onmessage?.({ data: null });
      break;
  }
};
