// The site's service worker, in the place of JupyterLite's: what was opened once works without a network.
//
// Files whose names say their contents are taken from the cache. All others are asked for first, so that a new version of the site
// doesn't mix with an old one, and taken from the cache where nobody answers. A cached file that the site's new list doesn't name
// any more is forgotten.
const CACHE = "vaelab " + new URL(self.registration.scope).pathname;
const NAMED = /\/vaelab\/[\w-]+-[0-9a-f]{16}\.zst$|\/build\/[\w.]*[0-9a-f]{7}[\w.]*\.\w+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (url.pathname.endsWith("/api/service-worker-heartbeat")) e.respondWith(new Response("ok")); // JupyterLite asks whether it lives
  else if (e.request.method === "GET" && url.href.startsWith(self.registration.scope)) e.respondWith(answer(e, url));
});

async function answer(e, url) {
  const cache = await caches.open(CACHE);
  const key = url.origin + url.pathname; // what stands behind a ? is for the page alone
  if (NAMED.test(url.pathname)) {
    const kept = await cache.match(key);
    if (kept) return kept;
  }
  let fresh;
  try {
    fresh = await fetch(e.request);
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
  if (fresh.ok) {
    const copy = fresh.clone();
    e.waitUntil(keep(cache, key, copy));
  }
  return fresh;
}

async function keep(cache, key, answer) {
  try {
    if (key.endsWith("/vaelab/site.json")) {
      const list = await answer.clone().text();
      for (const old of await cache.keys()) {
        const name = new URL(old.url).pathname.split("/").at(-1);
        if (name.endsWith(".zst") && !list.includes(name)) await cache.delete(old);
      }
    }
    // Where the host sends from index.html to its folder, the answer says so, and no browser shows a page by such an answer from here.
    await cache.put(key, answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer);
  } catch {
    // The browser's room is full: the page works on, and needs the network the next time.
  }
}
