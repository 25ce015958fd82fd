// A worker for one build: it compiles a program, links it, and hands back the module and the packages that were lent to it.
import { Files } from "./files.js";
import "./wasm_exec.js";

const text = new TextEncoder();

onmessage = async ({ data: { tools, program, link, export: exported, packs } }) => {
  const begun = performance.now();
  const bytes = Object.fromEntries(packs.map((p) => [p.name, p.bytes]));
  const files = new Files();
  let said = "";
  files.print = (_name, s) => (said += s);
  globalThis.fs = files.go();
  Object.assign(globalThis.process, { cwd: () => "/work", chdir() {} });
  const place = (path, { pack, at, size }) => files.put(path, bytes[pack].subarray(at, at + size));
  let config = "";
  for (const path of program.imports ?? []) {
    if (!exported[path]) continue; // "unsafe" has none
    place(`/export/${path}`, exported[path]);
    config += `packagefile ${path}=/export/${path}\n`;
  }
  files.put("/work/imports", text.encode(config));
  files.put("/work/main.go", text.encode(program.source));
  config = "";
  for (const p of link) {
    place(`/link/${p.path}`, p);
    config += `packagefile ${p.path}=/link/${p.path}\n`;
  }
  files.put("/work/packages", text.encode(config));

  const back = (answer) => postMessage({ ...answer, packs }, { transfer: packs.map((p) => p.bytes.buffer) });
  try {
    const compiled = performance.now();
    if (await run(tools.compile, files, ["compile", "-o", "cell.o", "-p", "main", "-importcfg", "imports", "-pack", "main.go"])) return back({ error: said });
    const linked = performance.now();
    if (await run(tools.link, files, ["link", "-o", "cell.wasm", "-importcfg", "packages", "-s", "-w", "-buildmode=exe", "cell.o"])) return back({ error: said });
    const module = await WebAssembly.compile(/** @type {BufferSource} */ (files.get("/work/cell.wasm")));
    back({ module, took: { before: compiled - begun, compile: linked - compiled, link: performance.now() - linked } });
  } catch (e) {
    back({ error: `The compiler has failed: ${e}\n${said}` });
  }
};

/** run runs a tool to its end and gives its exit code. */
async function run(module, files, argv) {
  const go = new Go();
  let code = 0;
  go.argv = argv;
  go.env = { GOOS: "js", GOARCH: "wasm", GOROOT: "/goroot", TMPDIR: "/tmp", HOME: "/tmp", GOGC: "off" };
  go.exit = (c) => {
    code = c;
    for (const id of go._scheduledTimeouts.values()) clearTimeout(id); // a timer would wake a program that has ended
    go._scheduledTimeouts.clear();
  };
  let instance;
  go.importObject.vaelab = files.reader(() => instance.exports.mem.buffer);
  instance = await WebAssembly.instantiate(module, go.importObject);
  await go.run(instance);
  return code;
}
