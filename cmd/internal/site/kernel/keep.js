// The button that keeps the whole site for later, when there is no network.

import { language, say } from "./say.js";

/** so many files are fetched at once */
const ABREAST = 4;

const megabytes = (bytes) => Math.max(1, Math.round(bytes / 1e6)) + " MB";

/** Keeper fetches what the service worker then keeps. */
export class Keeper {
  constructor(site) {
    this.site = site;
  }

  /** missing are the site's files that aren't kept yet: [path, bytes]. */
  async missing() {
    const all = await this.site.json("vaelab/files.json");
    const kept = new Set();
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) kept.add(request.url);
    // What is of one language alone is said so in the list: another one's isn't fetched.
    return all.filter(([path, , only]) => (!only || only === language) && !kept.has(this.site.base + path));
  }

  /** keep fetches files, and gives those that aren't kept all the same. tell hears how many bytes have come. */
  async keep(files, tell) {
    await navigator.storage?.persist?.().catch(() => false); // or the browser may make room by forgetting them
    let come = 0;
    const rest = [...files];
    const fetchRest = async () => {
      for (let next = rest.shift(); next; next = rest.shift()) {
        await this.site.get(next[0]).catch(() => {});
        tell((come += next[1]));
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, fetchRest));
    await new Promise((done) => setTimeout(done, 500)); // the service worker writes after it has answered
    return this.missing();
  }
}

/** keepButton gives a widget with the button; none where there is no service worker to keep anything. */
export function keepButton(Widget, site) {
  if (!navigator.serviceWorker || !globalThis.caches) return null;
  const button = document.createElement("button");
  button.className = "jp-Button jp-mod-minimal";
  button.style.cssText = "height:22px;line-height:20px;padding:0 10px;margin:2px 8px;font-size:12px;white-space:nowrap;color:var(--jp-ui-font-color1);border:1px solid var(--jp-border-color1);border-radius:3px";
  const show = (text, title) => {
    button.textContent = text;
    button.title = title;
  };
  const keeper = new Keeper(site);
  const sum = (files) => files.reduce((total, [, bytes]) => total + bytes, 0);
  let missing = [];
  const look = async () => {
    missing = await keeper.missing();
    button.disabled = missing.length === 0;
    if (missing.length === 0) show(say("✓ Kept for offline use"), say("The whole course works without a network now."));
    else
      show(say("Keep all for offline use ({size})", { size: megabytes(sum(missing)) }),
        say("Fetches the rest of the course, its models included, so that everything works without a network."));
  };
  button.onclick = async () => {
    const all = sum(missing);
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < all)
      return show(say("The browser has room for {size} only", { size: megabytes(quota - usage) }), say("{size} are needed.", { size: megabytes(all) }));
    button.disabled = true;
    const left = await keeper.keep(missing, (come) => show(say("Keeping: {come} of {all}", { come: megabytes(come), all: megabytes(all) }), ""));
    await look();
    if (left.length > 0)
      show(say("{size} couldn't be kept: try again", { size: megabytes(sum(left)) }), say("The network is gone, or the browser's room is full."));
  };
  show("", "");
  void look().catch(() => button.remove());
  const widget = new Widget({ node: document.createElement("div") });
  widget.id = "vaelab-keep";
  widget.node.append(button);
  return widget;
}
