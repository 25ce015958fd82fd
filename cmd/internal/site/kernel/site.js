// The site's own files: found, fetched, unpacked.
import { decompress } from "./zstd.js";

/** A failed fetch, in words for the reader of a notebook. */
export class Missing extends Error {}

/**
 * Site fetches what the site's build has made. Every file's name says its contents, so that two versions of the site never mix;
 * the list of names is site.json, which is asked for anew at each visit.
 */
export class Site {
  constructor() {
    this.base = new URL("../../../", import.meta.url).href;
    this.manifest = this.json("vaelab/site.json");
    this.manifest.catch(() => {}); // whoever needs it is told
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.unpacked = new Map();
  }

  async json(path) {
    const answer = await this.get(path);
    return JSON.parse(new TextDecoder().decode(answer));
  }

  /** get fetches a file as it is. progress, where it is given, hears how many of its bytes have come. */
  async get(path, progress = (_come) => {}) {
    let answer;
    try {
      answer = await fetch(this.base + path);
    } catch {
      throw new Missing(`${path} can't be fetched: is the network gone? Run the cell again when it is back.`);
    }
    if (!answer.ok) throw new Missing(`${path} is missing on this site (${answer.status}): has a new version been put up? Reload the page.`);
    const parts = [];
    let come = 0;
    const reader = answer.body.getReader();
    for (;;) {
      let next;
      try {
        next = await reader.read();
      } catch {
        throw new Missing(`${path} broke off after ${come} bytes: run the cell again.`);
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

  /** file gives one of the manifest's files, unpacked: { file, bytes (as sent), size (unpacked) }. */
  async file(entry, progress) {
    const packed = await this.get("vaelab/" + entry.file, progress);
    if (packed.length !== entry.bytes) throw new Missing(`${entry.file} is cut: ${packed.length} of ${entry.bytes} bytes came. Reload the page.`);
    try {
      return await decompress(packed, entry.size);
    } catch (e) {
      throw new Missing(`${entry.file} is damaged (${e}): reload the page.`);
    }
  }

  /** has says whether a file is there already, or on its way. */
  has(entry) {
    return this.unpacked.has(entry.file);
  }

  /** kept is file for what is asked for again and again: it stays in memory. */
  kept(entry, progress) {
    let data = this.unpacked.get(entry.file);
    if (!data) {
      data = this.file(entry, progress);
      this.unpacked.set(entry.file, data);
      data.catch(() => this.unpacked.delete(entry.file));
    }
    return data;
  }
}
