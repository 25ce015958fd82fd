// Go's compiler and linker, each a WebAssembly module, and the packages that cells may import.

/** of so many builds the packages are loaded for the next */
const RECENT = 3;

/** An interrupted build. */
class Interrupted extends Error {
  kind = "Interrupted";
}

export class Toolchain {
  constructor(site) {
    this.site = site;
    this.packs = new Map(); // what has been fetched: name → Promise of its bytes
    this.declared = new Map(); // what packages declare, for the compiler, by their paths
    this.built = new Map(); // modules of programs, by their source
    this.asked = 0;
    this.questions = new Map(); // to the worker that makes programs
    this.cut = null; // refuses the build under way
    this.last = Promise.resolve(); // the last build
    this.recent = []; // what the last builds have linked, as sets of paths
    /** @type {Linker | null} */
    this.linker = null; // the next one
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
    this.compiler = this.worker("compiler");
    this.cells.postMessage({ n: 0, module: cells, packages: JSON.stringify(this.index.packages) });
    await new Promise((done) => this.questions.set(0, done));
    const base = this.index.packs[0].name; // every cell needs it
    void this.pack(base).then(() => this.load(new Set(this.index.paths.filter((path) => this.index.link[path].pack === base))), () => {});
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
    this.compiler?.terminate();
    this.linker?.end();
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
      await this.fetch(deps, wait);
      const made = await this.compile(program, deps);
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

  worker(name) {
    return new Worker(new URL(name + ".js", import.meta.url), { type: "module", name });
  }

  /** exported is what packages declare, [path, bytes]: copies, since a linker may have the packs while the compiler runs. */
  async exported(imports) {
    const list = [];
    for (const path of imports) {
      const place = this.index.export[path];
      if (!place) continue; // "unsafe" has none
      let bytes = this.declared.get(path);
      if (!bytes) {
        await this.linker?.ready; // to have the packs back
        const holder = await this.pack(place.pack);
        bytes = holder.bytes.slice(place.at, place.at + place.size);
        this.declared.set(path, bytes);
      }
      list.push([path, bytes]);
    }
    return list;
  }

  /** load has the next linker load packages; those that are there already. */
  load(paths) {
    if (this.linker) return;
    const linker = (this.linker = new Linker(this.worker("linker"), paths));
    linker.ready = this.lend(linker, paths, { what: "load", tool: this.tools.link, all: this.index.link, before: [...paths] });
  }

  /** lend gives a linker something to do, and for that time the packs in which packages lie. */
  async lend(linker, paths, message) {
    const names = [...new Set([...paths].map((path) => this.index.link[path].pack))];
    const holders = [];
    for (const name of names) holders.push({ name, holder: await this.pack(name) });
    const packs = holders.map(({ name, holder }) => ({ name, bytes: holder.bytes }));
    const answer = await linker.ask({ ...message, packs }, packs.map((p) => p.bytes.buffer));
    if (answer.lost) for (const name of names) this.packs.delete(name);
    else for (const back of answer.packs) (await this.packs.get(back.name)).bytes = back.bytes;
    return answer;
  }

  /** compile compiles and links a program. */
  async compile(program, deps) {
    const begun = performance.now();
    this.load(deps);
    const linker = this.linker;
    const compiler = this.compiler;
    this.compiler = this.worker("compiler");
    const exported = await this.exported(program.imports ?? []);
    const { object, error } = await new Promise((done) => {
      compiler.onmessage = ({ data }) => done(data);
      compiler.onerror = (e) => done({ error: `The compiler has failed: ${e.message}` });
      compiler.postMessage({ tool: this.tools.compile, source: program.source, exported });
    });
    compiler.terminate(); // so that its memory goes back at once
    if (error) return { error };
    const compiled = performance.now();
    const loaded = await linker.ready;
    const answer =
      loaded.what === "waits" ? await this.lend(linker, [...deps].filter((path) => !linker.loaded.has(path)), { what: "link", object }) : loaded;
    linker.end();
    this.linker = null;
    if (answer.what !== "linked") return { error: answer.error };
    this.recent = [deps, ...this.recent].slice(0, RECENT);
    this.load(new Set(this.recent.flatMap((paths) => [...paths])));
    return { module: answer.module, took: { compile: compiled - begun, link: performance.now() - compiled } };
  }
}

/** A linker that has loaded packages, or does so. */
class Linker {
  constructor(worker, loaded) {
    this.worker = worker;
    this.loaded = loaded;
    /** its answer to what it was asked last */
    this.ready = null;
  }

  ask(message, transfer) {
    return new Promise((done) => {
      this.worker.onmessage = ({ data }) => done(data);
      this.worker.onerror = (e) => done({ what: "failed", error: `The linker has failed: ${e.message}`, lost: true });
      this.worker.postMessage(message, transfer);
    });
  }

  /** end gives its memory back. */
  end() {
    this.worker.terminate();
  }
}
