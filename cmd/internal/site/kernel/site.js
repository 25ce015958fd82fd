// The site's own files: found, fetched, unpacked.
import { lasting } from "./lasting.js";
import { say } from "./say.js";
import { AGAIN, Lost } from "./workers.js";
import { decompress } from "./zstd.js";

/** so many bytes of unpacked files are kept in memory: the sample of the data, and as many models as a cell of the course asks for at once */
const ROOM = 100e6;

/** A failed fetch, in words for the reader of a notebook. */
export class Missing extends Error {}

/** A file that came, but not as it was made. */
class Damaged extends Missing {}

/** damaged says that a file can't be read. */
const damaged = (path, e) => say("{path} is damaged on this site ({error}). {again}", { path, error: e.message, again: AGAIN });

/**
 * Site fetches what the site's build has made. Every file's name says its contents, so that two versions of the site never mix;
 * the list of names is site.json, which is asked for anew at each visit.
 */
export class Site {
  constructor() {
    this.base = new URL("../../../", import.meta.url).href;
    this.list = lasting(() => this.json("vaelab/site.json"));
    /**
     * tools brings what every kernel needs, for all of the page's kernels: Go's compiler and linker, the program that takes cells
     * apart, and what there is of packages. Where something couldn't be had, all is asked for again the next time.
     */
    this.tools = lasting(() => this.bringTools());
    /**
     * what is being fetched and unpacked, for whoever shows it; what has come stays until all has
     * @type {Set<{ come: number, bytes: number, over: boolean }>}
     */
    this.coming = new Set();
    /** @type {Map<string, { data: Promise<Uint8Array>, size: number }>} by name, those asked for last at the end */
    this.unpacked = new Map();
    /** @type {Map<string, Promise<Uint8Array>>} fetched before anybody has asked; whoever asks first has it */
    this.early = new Map();
  }

  /** manifest is site.json. Where it can't be had, it is asked for again the next time. */
  get manifest() {
    return this.list();
  }

  async json(path) {
    const answer = await this.get(path);
    try {
      return JSON.parse(new TextDecoder().decode(answer));
    } catch (e) {
      throw new Missing(damaged(path, e));
    }
  }

  /** get fetches a file as it is. progress hears how many of its bytes have come, cache is fetch's word for how caches are asked. */
  async get(path, progress = (_come) => {}, cache = /** @type {RequestCache} */ ("default")) {
    let answer;
    try {
      answer = await fetch(this.base + path, { cache });
    } catch {
      throw new Missing(say("{path} can't be fetched: is the network gone? Run the cell again when it is back.", { path }));
    }
    if (!answer.ok) throw new Missing(say("{path} is missing on this site ({status}). {again}", { path, status: answer.status, again: AGAIN }));
    const parts = [];
    let come = 0;
    const reader = answer.body.getReader();
    for (;;) {
      let next;
      try {
        next = await reader.read();
      } catch {
        throw new Missing(say("{path} broke off after {come} bytes: run the cell again.", { path, come }));
      }
      if (next.done) break;
      parts.push(next.value);
      come += next.value.length;
      progress(come);
    }
    const whole = new Uint8Array(come);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** awaited has a file counted among those that are coming, before it is asked for. */
  awaited(entry) {
    const part = { come: 0, bytes: entry.bytes, over: false };
    this.coming.add(part);
    return part;
  }

  /**
   * file gives one of the manifest's files, unpacked: { file, bytes (as sent), size (unpacked) }. One that is cut or damaged may come
   * from a cache, so it is asked for once more, past all of them.
   */
  async file(entry, part = this.awaited(entry)) {
    const early = this.early.get(entry.file);
    if (early) {
      this.early.delete(entry.file);
      this.coming.delete(part);
      return early;
    }
    try {
      return await this.whole(entry, part, "default").catch((e) => {
        if (e instanceof Damaged) return this.whole(entry, part, "reload");
        throw e;
      });
    } catch (e) {
      this.coming.delete(part);
      throw e;
    } finally {
      part.over = true;
      if ([...this.coming].every((p) => p.over)) this.coming.clear();
    }
  }

  async whole(entry, part, cache) {
    const packed = await this.get("vaelab/" + entry.file, (come) => (part.come = come), cache);
    if (packed.length !== entry.bytes) {
      const { file, bytes } = entry;
      throw new Damaged(say("{file} is cut on this site: {come} of {bytes} bytes came. {again}", { file, come: packed.length, bytes, again: AGAIN }));
    }
    try {
      return await decompress(packed, entry.size);
    } catch (e) {
      if (e instanceof Lost) throw e;
      throw new Damaged(damaged(entry.file, e));
    }
  }

  /** module compiles a program among the files. */
  async module(entry) {
    return WebAssembly.compile(/** @type {BufferSource} */ (await this.file(entry)));
  }

  async bringTools() {
    const { packages, ...manifest } = await this.manifest;
    const packed = this.file(packages).then((text) => {
      const index = JSON.parse(new TextDecoder().decode(text));
      this.ahead(index.packs[0]); // every cell needs it
      return index;
    });
    const modules = [manifest.compile, manifest.link, manifest.cells].map((entry) => this.module(entry));
    const [index, [compile, link, cells]] = await Promise.all([packed, Promise.all(modules)]);
    return { index, compile, link, cells };
  }

  /** ahead fetches a file that somebody will ask for. */
  ahead(entry) {
    if (this.early.has(entry.file)) return;
    const data = this.file(entry);
    this.early.set(entry.file, data);
    data.catch(() => this.early.delete(entry.file));
  }

  /** has says whether a file is there already, or on its way. */
  has(entry) {
    return this.unpacked.has(entry.file);
  }

  /** kept is file for what is asked for again and again: it stays in memory, as long as not too much else is asked for. */
  kept(entry, part) {
    const kept = this.unpacked.get(entry.file) ?? { data: this.file(entry, part), size: entry.size };
    this.unpacked.delete(entry.file);
    this.unpacked.set(entry.file, kept); // as the last of them
    kept.data.catch(() => this.unpacked.delete(entry.file));
    let sum = 0;
    for (const { size } of this.unpacked.values()) sum += size;
    for (const [name, { size }] of this.unpacked) {
      if (sum <= ROOM || name === entry.file) break;
      this.unpacked.delete(name);
      sum -= size;
    }
    return kept.data;
  }
}
