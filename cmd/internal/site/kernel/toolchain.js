// Go's compiler and linker, each a WebAssembly module, and the packages that cells may import.

/** An interrupted build. */
class Interrupted extends Error {
  kind = "Interrupted";
}

export class Toolchain {
  constructor(site) {
    this.site = site;
    this.packs = new Map(); // what has been fetched: name → Promise of its bytes
    this.built = new Map(); // modules of programs, by their source
    this.asked = 0;
    this.questions = new Map(); // to the worker that makes programs
    this.cut = null; // refuses the build under way
    this.last = Promise.resolve(); // the last build
    this.ready = this.start();
    this.ready.catch(() => {}); // each build tells
  }

  async start() {
    const manifest = (this.manifest = await this.site.manifest);
    this.cells = new Worker(new URL("cells.js", import.meta.url), { type: "module", name: "cells" });
    this.cells.onmessage = ({ data }) => {
      this.questions.get(data.n)?.(data.answer);
      this.questions.delete(data.n);
    };
    const [compile, link, cells, packages] = await Promise.all([
      this.module(manifest.compile),
      this.module(manifest.link),
      this.module(manifest.cells),
      this.site.file(manifest.packages),
    ]);
    this.tools = { compile, link };
    this.index = JSON.parse(new TextDecoder().decode(packages));
    this.next = this.tool();
    this.cells.postMessage({ n: 0, module: cells, packages: JSON.stringify(this.index.packages) });
    await new Promise((done) => this.questions.set(0, done));
    void this.pack(this.index.packs[0].name).catch(() => {}); // every cell needs it
  }

  async module(entry) {
    return WebAssembly.compile(/** @type {BufferSource} */ (await this.site.file(entry)));
  }

  /** compute is the program that trains and computes for cells. */
  compute() {
    this.computing ??= this.ready.then(async () => {
      const module = await this.module(this.manifest.compute);
      return { module, vectors: await this.vectors(module) };
    });
    this.computing.catch(() => (this.computing = undefined));
    return this.computing;
  }

  /** vectors is the module whose functions another calls for its arithmetic; null where it calls none. */
  async vectors(module) {
    if (!WebAssembly.Module.imports(module).some((i) => i.module === "vaelab_simd")) return null;
    this.vector ??= this.ready.then(() => this.module(this.manifest.simd)).catch((e) => {
      this.vector = undefined;
      throw e instanceof WebAssembly.CompileError ? new Error("This browser's WebAssembly has no vector instructions, which training needs: use a newer browser.") : e;
    });
    return this.vector;
  }

  dispose() {
    this.cells?.terminate();
    this.next?.terminate();
  }

  /** interrupt ends a build, if one is under way. */
  interrupt() {
    this.cut?.(new Interrupted("interrupted"));
  }

  /** ask has the worker that makes programs of cells do something. */
  async ask(call, ...args) {
    await this.ready;
    const n = ++this.asked;
    this.cells.postMessage({ n, call, args });
    return new Promise((done) => this.questions.set(n, done));
  }

  /** tell puts places of cells into a text that names lines of main.go. */
  tell(text) {
    return /main\.go:\d/.test(text) ? this.ask("tell", text) : Promise.resolve(text);
  }

  async complete(text) {
    return JSON.parse(await this.ask("complete", text));
  }

  /**
   * build makes a module of a cell. What keeps it from that is thrown, in the compiler's words at the cell's lines.
   * wait(text, share) hears of what takes long.
   */
  async build(number, code, wait) {
    const ask = { interrupted: false };
    const interrupted = new Promise((_, fail) => {
      this.cut = (e) => {
        ask.interrupted = true;
        fail(e);
      };
    });
    interrupted.catch(() => {});
    // One build at a time: an interrupted one goes on unseen until it gives back the packages that were lent to it.
    const made = this.last.catch(() => {}).then(() => this.make(number, code, wait, ask));
    this.last = made;
    try {
      return await Promise.race([interrupted, made]);
    } finally {
      this.cut = null;
    }
  }

  async make(number, code, wait, ask) {
    if (ask.interrupted) return null;
    const program = JSON.parse(await this.ask("cell", number, code));
    if (program.error) throw new Error(program.error);
    let module = this.built.get(program.source);
    let took = {};
    if (!module) {
      const deps = this.closure(program.imports ?? []);
      const packs = await this.fetch(deps, wait);
      const made = await this.compile(program, deps, packs);
      if (made.error) throw new Error(await this.ask("tell", made.error));
      ({ module, took } = made);
      this.built.set(program.source, module);
      if (this.built.size > 8) this.built.delete(this.built.keys().next().value);
    }
    if (ask.interrupted) return null;
    const vectors = await this.vectors(module);
    await this.ask("keep");
    return { ...program, module, vectors, took, said: program.said ?? [] };
  }

  /** closure is what a program links that imports these packages, by their paths. */
  closure(imports) {
    const all = new Set();
    const add = (path) => {
      const p = this.index.link[path];
      if (!p || all.has(path)) return;
      all.add(path);
      for (const i of p.deps) add(this.index.paths[i]);
    };
    for (const path of this.index.always) add(path);
    for (const path of imports) add(path);
    return all;
  }

  /** fetch brings the packs in which packages lie, all at once, and says how far it is. */
  async fetch(deps, wait) {
    const need = new Set([...deps].map((path) => this.index.link[path].pack));
    const missing = this.index.packs.filter((p) => need.has(p.name) && !this.packs.has(p.name));
    const all = missing.reduce((sum, p) => sum + p.bytes, 0);
    const come = new Map();
    const told = (name, bytes) => {
      come.set(name, bytes);
      const sum = [...come.values()].reduce((a, b) => a + b, 0);
      wait(`Fetching packages: ${(sum / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB`, sum / all);
    };
    await Promise.all(this.index.packs.filter((p) => need.has(p.name)).map((p) => this.pack(p.name, (bytes) => told(p.name, bytes))));
    return need;
  }

  pack(name, progress) {
    let data = this.packs.get(name);
    if (!data) {
      data = this.site.file(this.index.packs.find((p) => p.name === name), progress).then((bytes) => ({ bytes }));
      this.packs.set(name, data);
      data.catch(() => this.packs.delete(name));
    }
    return data;
  }

  /** tool is a worker for one build: it ends afterwards, so that the compiler's and the linker's memory goes back at once. */
  tool() {
    return new Worker(new URL("tool.js", import.meta.url), { type: "module", name: "compiler" });
  }

  /** compile lends the packs' bytes to a worker, and takes them back. */
  async compile(program, deps, names) {
    const packs = [];
    for (const name of names) packs.push({ name, holder: await this.packs.get(name) });
    const tool = this.next;
    this.next = this.tool();
    const lent = packs.map(({ name, holder }) => ({ name, bytes: holder.bytes }));
    const answer = await new Promise((done) => {
      tool.onmessage = ({ data }) => done(data);
      tool.onerror = (e) => done({ error: `The compiler has failed: ${e.message}`, lost: true });
      const link = [...deps].map((path) => ({ path, ...this.index.link[path] }));
      tool.postMessage({ tools: this.tools, program, link, export: this.index.export, packs: lent }, lent.map((p) => p.bytes.buffer));
    });
    tool.terminate();
    if (answer.lost) for (const { name } of packs) this.packs.delete(name);
    else for (const back of answer.packs) (await this.packs.get(back.name)).bytes = back.bytes;
    return answer;
  }
}
