// How a worker runs Go's compiler or linker.
import "./wasm_exec.js";

/** ready gives a function that runs a tool to its end with some arguments, and gives its exit code. files are what it sees. */
export async function ready(module, files) {
  globalThis.fs = files.go(); // a program looks for it as it starts
  Object.assign(globalThis.process, { cwd: () => "/work", chdir() {} });
  const go = new Go();
  go.env = { GOOS: "js", GOARCH: "wasm", GOROOT: "/goroot", TMPDIR: "/tmp", HOME: "/tmp", GOGC: "off" };
  let instance;
  go.importObject.vaelab = files.reader(() => instance.exports.mem.buffer);
  instance = await WebAssembly.instantiate(module, go.importObject);
  return async (argv) => {
    let code = 0;
    go.argv = argv;
    go.exit = (c) => {
      code = c;
      for (const id of go._scheduledTimeouts.values()) clearTimeout(id); // a timer would wake a program that has ended
      go._scheduledTimeouts.clear();
    };
    await go.run(instance);
    return code;
  };
}
