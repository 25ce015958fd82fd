// Stands in the lab's page itself, before all else: where a file of the site can't be had or read, so that the page stays blank or has
// no kernel, it says which.
(() => {
  const folder = new URL(document.documentElement.dataset.root ?? "../", location.href).href;
  const words = document.getElementById("vaelab-words");
  const table = words ? JSON.parse(words.textContent) : {};
  /** say gives a sentence in the page's language, with what stands in braces filled in. */
  const say = (english, slots) => (table[english] ?? english).replace(/\{(\w+)\}/g, (_, name) => slots[name]);
  const told = new Set();

  /** tell shows that a file is missing or damaged. What caches hold of it is replaced, so that the next visit has it whole. */
  async function tell(address, script = false) {
    if (!address.startsWith(folder) || told.has(address)) return;
    told.add(address);
    const file = address.slice(folder.length).split("?")[0];
    let what;
    try {
      const answer = await fetch(address, { cache: "reload" });
      if (!answer.ok) what = say("{file} is missing on this site ({status}).", { file, status: answer.status });
      else if (script) what = say("{file}, or a script that it needs, has come damaged, or not at all.", { file });
      else what = say("{file} has come damaged, or not at all.", { file });
    } catch {
      what = say("{file} can't be fetched: is the network gone?", { file });
    }
    const line = document.createElement("div");
    line.setAttribute("role", "alert");
    line.style.cssText = "position:fixed;z-index:100000;top:0;left:0;right:0;padding:12px;background:#b00020;color:#fff;font:15px sans-serif";
    line.textContent = say("{what} Reload the page; if it says so again, tell whoever has put the site up.", { what });
    document.documentElement.append(line);
  }

  /** about tells of the file that an error names, or else, if the page doesn't come for want of them, of those that were refused. */
  function about(error) {
    const named = /https?:\/\/\S+?\.m?js\b/.exec(String(error?.message));
    if (named) return void tell(named[0], true);
    setTimeout(() => {
      if (globalThis.jupyterapp) return;
      const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
      for (const { name, responseStatus } of entries) if (responseStatus >= 400) void tell(name);
    }, 5000);
  }

  addEventListener("unhandledrejection", (e) => about(e.reason));
  addEventListener(
    "error",
    (e) => {
      if (e.target instanceof HTMLScriptElement) void tell(e.target.src);
      else if (e.error instanceof SyntaxError && e.filename) void tell(e.filename);
      else about(e.error);
    },
    true,
  );
})();
