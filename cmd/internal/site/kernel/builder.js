// Builds programs with Go's compiler and linker, each in a worker that is ended afterwards, so that its memory goes back at once.
import { say } from "./say.js";
import { Ahead, DISPOSED } from "./workers.js";

/** of so many builds the packages are loaded for the next */
const RECENT = 3;

export class Builder {
  /** crew has its workers, tools are the modules compile and link, index says where packages lie, pack(name) brings a pack, lose(name) forgets it. */
  constructor({ crew, tools, index, pack, lose }) {
    this.crew = crew;
    this.tools = tools;
    this.index = index;
    this.pack = pack;
    this.lose = lose;
    this.declared = new Map(); // what packages declare, for the compiler, by their paths
    this.recent = []; // what the last builds have linked, as sets of paths
    /** @type {Linker | null} */
    this.linker = null; // the next one
    this.shrunk = false;
    this.compilers = new Ahead(crew, "compiler.js", "compiler", { tool: tools.compile });
    this.compilers.begin();
  }

  /** end ends all that waits. */
  end() {
    this.compilers.end();
    this.linker?.end();
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

  /** load has the next linker load packages whose packs are there, unless there is one that does. */
  load(paths) {
    if (this.linker || this.crew.ended) return;
    const linker = (this.linker = new Linker(this.crew, paths));
    linker.ready = this.lend(linker, paths, { what: "load", tool: this.tools.link, all: this.index.link, before: [...paths] });
    void linker.ready.then((answer) => {
      if (answer.lost && this.linker === linker) this.linker = null; // the next build asks for its script again
    });
  }

  /** shrink gives back the memory of what waits for the next cell, for a program that needs much; prepare has it wait again. */
  shrink() {
    this.compilers.end();
    const linker = this.linker;
    void linker?.ready.then(() => {
      if (this.linker !== linker || !this.shrunk) return; // it is at work again
      linker.end();
      this.linker = null;
    });
    this.shrunk = true;
  }

  prepare() {
    if (!this.shrunk || this.crew.ended) return;
    this.shrunk = false;
    this.compilers.begin();
    this.load(this.likely());
  }

  /** likely is what the next cell will probably link. */
  likely() {
    return new Set(this.recent.flatMap((paths) => [...paths]));
  }

  /** lend gives a linker something to do, and for that time the packs in which packages lie. */
  async lend(linker, paths, message) {
    const names = [...new Set([...paths].map((path) => this.index.link[path].pack))];
    const holders = [];
    for (const name of names) holders.push({ name, holder: await this.pack(name) });
    const packs = holders.map(({ name, holder }) => ({ name, bytes: holder.bytes }));
    const answer = await linker.ask({ ...message, packs }, packs.map((p) => p.bytes.buffer));
    if (answer.lost) names.forEach(this.lose);
    else for (const back of answer.packs) (await this.pack(back.name)).bytes = back.bytes;
    return answer;
  }

  /** build compiles a program and links it, if it is to run: { module } or { error }. */
  async build(program, deps) {
    const begun = performance.now();
    this.load(deps);
    const linker = this.linker;
    const { worker: compiler, lost } = this.compilers.take();
    const exported = await this.exported(program.imports ?? []);
    const made = new Promise((done) => {
      compiler.onmessage = ({ data }) => done(data);
      compiler.postMessage({ source: program.source, exported });
    });
    const { object, failed, ...answered } = await Promise.race([made, lost]).catch((e) => ({ failed: e.message }));
    const error = failed ? say("The compiler has failed: {error}", { error: failed }) : answered.error;
    this.crew.dismiss(compiler);
    if (this.crew.ended) return { error: DISPOSED };
    this.compilers.begin();
    const compiled = performance.now();
    const compile = compiled - begun;
    if (error) return { error };
    if (!program.runs) return { module: null, took: { compile } };
    const loaded = await linker.ready;
    const answer =
      loaded.what === "waits" ? await this.lend(linker, [...deps].filter((path) => !linker.loaded.has(path)), { what: "link", object }) : loaded;
    linker.end();
    this.linker = null;
    if (this.crew.ended) return { error: DISPOSED };
    if (answer.what !== "linked") return { error: answer.failed ? say("The linker has failed: {error}", { error: answer.failed }) : answer.error };
    this.recent = [deps, ...this.recent].slice(0, RECENT);
    this.load(this.likely());
    return { module: answer.module, took: { compile, link: performance.now() - compiled } };
  }
}

/** A linker that has loaded packages, or does so. */
class Linker {
  constructor(crew, loaded) {
    this.crew = crew;
    this.loaded = loaded;
    /** @type {Promise<any> | null} its answer to what it was asked first */
    this.ready = null;
    const { worker: own, lost } = crew.worker("linker.js", "linker");
    this.worker = own;
    this.lost = lost;
  }

  ask(message, transfer) {
    const answer = new Promise((done) => (this.worker.onmessage = ({ data }) => done(data)));
    this.worker.postMessage(message, transfer);
    return Promise.race([answer, this.lost]).catch((e) => ({ what: "failed", failed: e.message, lost: true }));
  }

  end() {
    this.crew.dismiss(this.worker);
  }
}
