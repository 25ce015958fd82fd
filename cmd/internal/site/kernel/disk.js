// What lasts from visit to visit, and what the site brings: the files that programs find below /course.
import { COURSE, lasts } from "./paths.js";
import { say } from "./say.js";

/** so many files are fetched at once */
const ABREAST = 4;

/**
 * Disk is one for all kernels of the page. What programs write below the folder of runs is kept in the browser's database, and
 * where that is forbidden, or full, in the page's memory: a cell goes on, and its reader is told. Below it lie the site's own files:
 * models that were trained when it was built, and the sample of the data.
 */
export class Disk {
  constructor(site) {
    this.site = site;
    this.memory = new Map(); // what the database doesn't take
    /**
     * what the reader should know; what is to be done when it has been said
     * @type {Map<string, () => void>}
     */
    this.remarks = new Map();
    this.held = new Map(); // locks, where the browser has none
  }

  /** database is the browser's, or null; opened anew after its reader has cleared what the browser keeps. */
  get database() {
    this.opened ??= this.open();
    return this.opened;
  }

  /** open opens the database. Each folder of an origin has its own: several sites may share one. */
  async open() {
    try {
      return await new Promise((done, fail) => {
        const asked = indexedDB.open("vaelab " + new URL(this.site.base).pathname, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("files");
        asked.onsuccess = () => {
          asked.result.onclose = () => (this.opened = undefined);
          done(asked.result);
        };
        asked.onerror = () => fail(asked.error);
        asked.onblocked = () => fail(new Error(say("another tab holds an older version")));
      });
    } catch (e) {
      this.remark(
        say("This browser keeps nothing for this page ({error}): what you train and solve here is gone when it is closed. A window that isn't private may keep it.",
          { error: e?.message ?? e }),
      );
      return null;
    }
  }

  /** remark has the page's kernels say something, each once. */
  remark(text, said = () => {}) {
    if (!this.remarks.has(text)) this.remarks.set(text, said);
  }

  /** ask does something with the store of files, and gives the request's result once it is safe. */
  async ask(mode, request) {
    const database = await this.database;
    if (!database) return undefined;
    return new Promise((done, fail) => {
      const change = database.transaction("files", mode, { durability: "strict" });
      const asked = request(change.objectStore("files"));
      change.oncomplete = () => done(asked?.result);
      change.onabort = () => fail(change.error ?? asked.error);
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

  /** expect fetches those of these files that the site brings, several at once; what all of them weigh is seen from the start. */
  async expect(paths) {
    const wanted = [];
    for (const path of paths) {
      const entry = await this.shipped(path);
      if (entry?.file && !this.site.has(entry) && !this.memory.has(path) && !(await this.ask("readonly", (files) => files.getKey(path)))) {
        wanted.push({ entry, part: this.site.awaited(entry) });
      }
    }
    const fetchRest = async () => {
      for (let next = wanted.shift(); next; next = wanted.shift()) await this.site.kept(next.entry, next.part).catch(() => {}); // whoever reads it is told
    };
    await Promise.all(Array.from({ length: ABREAST }, fetchRest));
  }

  async write(path, data) {
    try {
      if (await this.database) {
        await this.ask("readwrite", (files) => files.put(data, path));
        this.memory.delete(path);
        return;
      }
    } catch (e) {
      const why = e?.name === "QuotaExceededError" ? say("its room for this site is full") : e;
      this.remark(
        say("The browser can't keep what you train and solve ({why}): it is gone when this page is closed. Make room on the disk, or delete notebooks here that you don't need.",
          { why }),
      );
    }
    this.memory.set(path, data);
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
