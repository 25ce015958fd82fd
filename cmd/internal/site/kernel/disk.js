// What lasts from visit to visit, and what the site brings: the files that programs find below /course.
import { COURSE, lasts } from "./paths.js";
import { Missing } from "./site.js";

/** so many files are fetched at once */
const ABREAST = 4;

/**
 * Disk is one for all kernels of the page. What programs write below the folder of runs is kept in the browser's database, and
 * where that is forbidden in the page's memory. Below it lie the site's own files: models that were trained when it was built,
 * and the sample of the data.
 */
export class Disk {
  constructor(site) {
    this.site = site;
    this.memory = new Map(); // where there is no database
    /** why nothing lasts; null where it does */
    this.forgets = null;
    this.database = this.open();
    this.held = new Map(); // locks, where the browser has none
  }

  /** open gives the database, or null. Each folder of an origin has its own: several sites may share one. */
  async open() {
    try {
      return await new Promise((done, fail) => {
        const asked = indexedDB.open("vaelab " + new URL(this.site.base).pathname, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("files");
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
        asked.onblocked = () => fail(new Error("another tab holds an older version"));
      });
    } catch (e) {
      this.forgets = `This browser keeps nothing for this page (${e?.message ?? e}): what is trained here is gone when it is closed.`;
      return null;
    }
  }

  /** ask does something with the store of files, and gives the request's result once it is safe. */
  async ask(mode, request) {
    const database = await this.database;
    if (!database) return undefined;
    return new Promise((done, fail) => {
      const change = database.transaction("files", mode, { durability: "strict" });
      const asked = request(change.objectStore("files"));
      change.oncomplete = () => done(asked?.result);
      change.onabort = change.onerror = () => fail(change.error ?? new Error("the browser has refused to keep a file"));
    });
  }

  /** read gives a file's bytes, or null where there is none. */
  async read(path) {
    if (lasts(path)) {
      const data = this.memory.get(path) ?? (await this.ask("readonly", (files) => files.get(path)));
      if (data) return data;
    }
    const entry = await this.shipped(path);
    return entry ? (entry.text !== undefined ? new TextEncoder().encode(entry.text) : await this.site.kept(entry)) : null;
  }

  /** shipped is what the site's list says of a path. */
  async shipped(path) {
    if (!path.startsWith(COURSE)) return null;
    const { files } = await this.site.manifest;
    return files[path.slice(COURSE.length)] ?? null;
  }

  /** expect fetches those of these files that the site brings, several at once. tell(come, all, files) hears of bytes. */
  async expect(paths, tell) {
    const wanted = [];
    for (const path of paths) {
      const entry = await this.shipped(path);
      if (entry?.file && !this.site.has(entry) && !this.memory.has(path) && !(await this.ask("readonly", (files) => files.getKey(path)))) wanted.push(entry);
    }
    const all = wanted.reduce((sum, entry) => sum + entry.bytes, 0);
    const come = new Map();
    const count = wanted.length;
    if (count > 0) tell(0, all, count);
    const fetchRest = async () => {
      for (let entry = wanted.shift(); entry; entry = wanted.shift()) {
        await this.site
          .kept(entry, (bytes) => {
            come.set(entry.file, bytes);
            tell([...come.values()].reduce((a, b) => a + b, 0), all, count);
          })
          .catch(() => {}); // whoever reads it is told
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, fetchRest));
  }

  async write(path, data) {
    if (!(await this.database)) {
      this.memory.set(path, data);
      return;
    }
    try {
      await this.ask("readwrite", (files) => files.put(data, path));
    } catch (e) {
      throw new Missing(`the browser can't keep ${path}: ${e?.name === "QuotaExceededError" ? "its room for this site is full" : e}`);
    }
  }

  async remove(path) {
    this.memory.delete(path);
    await this.ask("readwrite", (files) => files.delete(path));
  }

  /** list gives the names in a folder. */
  async list(folder) {
    const below = folder.endsWith("/") ? folder : folder + "/";
    const { files } = await this.site.manifest;
    const kept = (await this.ask("readonly", (store) => store.getAllKeys(IDBKeyRange.bound(below, below + "\uffff")))) ?? [];
    const names = new Set();
    for (const path of [...kept, ...this.memory.keys(), ...Object.keys(files).map((f) => COURSE + f)]) {
      if (path.startsWith(below)) names.add(path.slice(below.length).split("/")[0]);
    }
    return [...names];
  }

  /** lock gives a function that gives the lock back, or null where somebody else has it: in this tab or another. */
  lock(name) {
    name = "vaelab " + this.site.base + name;
    if (!navigator.locks) { // not over plain http: then at least this page's programs don't get into each other's way
      if (this.held.has(name)) return Promise.resolve(null);
      this.held.set(name, true);
      return Promise.resolve(() => this.held.delete(name));
    }
    return new Promise((done, fail) => {
      navigator.locks
        .request(name, { ifAvailable: true }, (lock) => (lock ? new Promise((release) => done(release)) : done(null)))
        .catch(fail);
    });
  }
}
