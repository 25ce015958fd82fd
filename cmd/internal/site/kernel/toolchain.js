// Go's compiler and linker, each a WebAssembly module, and the packages that cells may import.
import { Builder } from "./builder.js";
import { lasting } from "./lasting.js";
import { language, say } from "./say.js";
import { Crew, DISPOSED } from "./workers.js";

/** so many built programs are kept, to be run again at once; each takes some 20 MB */
const KEPT = 3;

/** An interrupted build. */
class Interrupted extends Error {
  kind = "Interrupted";
}

export class Toolchain {
  /** crew has all its workers, and ends them. */
  constructor(site, crew = new Crew()) {
    this.site = site;
    this.crew = crew;
    this.packs = new Map(); // what has been fetched: name → Promise of its bytes
    this.built = new Map(); // modules of programs, by their source
    this.asked = 0;
    this.questions = new Map(); // to the worker that makes programs
    this.cut = null; // refuses the build under way
    this.last = Promise.resolve(); // the last build
    /** start brings all that every build needs. What couldn't be had is asked for again the next time. */
    this.start = lasting(() => this.bring());
    this.computing = lasting(() => this.bringCompute());
    this.vector = lasting(() => this.bringVectors());
    this.start().catch(() => {}); // each build tells
  }

  async bring() {
    if (!globalThis.WebAssembly) {
      throw new Error(
        say("This browser has no WebAssembly, or has been told to do without (a lockdown mode does that): cells can't run here. Use another browser, or allow it for this site."),
      );
    }
    const { index, compile, link, cells } = await this.site.tools();
    this.manifest = await this.site.manifest;
    this.index = index;
    if (this.crew.ended) throw new Error(DISPOSED);
    this.crew.dismiss(this.cells?.worker); // of a beginning that failed halfway
    this.builder?.end();
    this.builder = new Builder({ crew: this.crew, tools: { compile, link }, index: this.index, pack: (name) => this.pack(name), lose: (name) => this.packs.delete(name) });
    this.cells = this.crew.worker("cells.js", "cells");
    this.cells.worker.onmessage = ({ data: { n, answer, error } }) => {
      const { done, fail } = this.questions.get(n);
      this.questions.delete(n);
      if (error === undefined) done(answer);
      else fail(new Error(say("The program that takes cells apart has failed ({error}): restart the kernel.", { error })));
    };
    const catalogue = this.manifest.files[`vaelib/words/${language}/library.po`]; // English needs none
    const words = catalogue ? { language, text: new TextDecoder().decode(await this.site.kept(catalogue)) } : null;
    await this.answer({ module: cells, packages: JSON.stringify(this.index.packages), words });
    const base = this.index.packs[0].name;
    const { builder } = this;
    void this.pack(base).then(() => builder.load(new Set(this.index.paths.filter((path) => this.index.link[path].pack === base))), () => {});
  }

  /** compute is the program that trains and computes for cells. It needs much memory: what waits for the next cell makes room. */
  compute() {
    this.builder?.shrink();
    return this.computing();
  }

  async bringCompute() {
    await this.start();
    const module = await this.site.module(this.manifest.compute);
    return { module, vectors: await this.vectors(module) };
  }

  /** vectors is the module whose functions another calls for its arithmetic; null where it calls none. */
  async vectors(module) {
    if (!WebAssembly.Module.imports(module).some((i) => i.module === "vaelab_simd")) return null;
    return this.vector();
  }

  async bringVectors() {
    await this.start();
    try {
      return await this.site.module(this.manifest.simd);
    } catch (e) {
      throw e instanceof WebAssembly.CompileError ? new Error(say("This browser's WebAssembly has no vector instructions, which training needs: use a newer browser.")) : e;
    }
  }

  /** idle is told when no program runs. */
  idle() {
    this.builder?.prepare();
  }

  /** interrupt ends a build, if one is under way. */
  interrupt() {
    this.cut?.(new Interrupted(say("interrupted")));
  }

  /** ask has the worker that makes programs of cells do something. */
  async ask(call, ...args) {
    await this.start();
    return this.answer({ call, args });
  }

  answer(question) {
    const n = ++this.asked;
    this.cells.worker.postMessage({ n, ...question });
    return Promise.race([new Promise((done, fail) => this.questions.set(n, { done, fail })), this.cells.lost]);
  }

  /** tell puts places of cells into a text that names lines of main.go. */
  tell(text) {
    return /main\.go:\d/.test(text) ? this.ask("tell", text) : Promise.resolve(text);
  }

  async complete(text) {
    if (!this.cells) return { matches: [], shared: 0 }; // a cell that is run meanwhile would have to wait
    return JSON.parse(await this.ask("complete", text));
  }

  /** build makes a module of a cell that has something to run. What keeps it from that is thrown, in the compiler's words at the cell's lines. */
  async build(number, code) {
    const ask = { interrupted: false };
    const interrupted = new Promise((_, fail) => {
      this.cut = (e) => {
        ask.interrupted = true;
        fail(e);
      };
    });
    interrupted.catch(() => {});
    // One build at a time: an interrupted one goes on unseen until it gives back the packages that were lent to it.
    const made = this.last.catch(() => {}).then(() => this.make(number, code, ask));
    this.last = made;
    try {
      return await Promise.race([interrupted, made]);
    } finally {
      this.cut = null;
    }
  }

  async make(number, code, ask) {
    if (ask.interrupted) return null;
    const program = JSON.parse(await this.ask("cell", number, code));
    if (program.error) throw new Error(program.error);
    let module = this.built.get(program.source);
    let took = {};
    if (!module) {
      const deps = this.closure(program.imports ?? []);
      await this.fetch(deps);
      const made = await this.builder.build(program, deps);
      if (made.error) throw new Error(await this.ask("tell", made.error));
      ({ module, took } = made);
      if (module) this.built.set(program.source, module);
      if (this.built.size > KEPT) this.built.delete(this.built.keys().next().value);
    }
    if (ask.interrupted) return null;
    const vectors = module && (await this.vectors(module));
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

  /** fetch brings the packs in which packages lie, all at once. */
  async fetch(deps) {
    const need = new Set([...deps].map((path) => this.index.link[path].pack));
    await Promise.all([...need].map((name) => this.pack(name)));
  }

  pack(name) {
    let data = this.packs.get(name);
    if (!data) {
      data = this.site.file(this.index.packs.find((p) => p.name === name)).then((bytes) => ({ bytes }));
      this.packs.set(name, data);
      data.catch(() => this.packs.delete(name));
    }
    return data;
  }
}
