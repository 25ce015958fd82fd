// How a worker runs Go's compiler or linker.
import "./wasm_exec.js";

/** run runs a tool to its end and gives its exit code. files are its own, though other tools may run in this worker. */
export async function run(module, files, argv) {
  globalThis.fs = files.go(); // a program looks for it as it starts
  Object.assign(globalThis.process, { cwd: () => "/work", chdir() {} });
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
