// The door through which JupyterLite takes this extension in: a container as webpack's module federation makes one, written by
// hand, so that the kernel needs no build step. What it does begins in plugin.js.
(() => {
  const folder = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  let shared;

  /** share gives a module that JupyterLite shares, in the one version that it has. */
  const share = async (name) => {
    const versions = shared[name];
    return (await versions[Object.keys(versions)[0]].get())();
  };

  const containers = (globalThis._JUPYTERLAB ??= {});
  containers["vaelab-kernel"] = {
    init(scope) {
      shared = scope;
    },
    async get(name) {
      if (name !== "./extension") return () => ({});
      const entry = import(folder + "plugin.js");
      entry.catch(reportError); // page.js tells the reader: JupyterLite only lists what has come
      const [services, widgets, { plugin }] = await Promise.all([share("@jupyterlite/services"), share("@lumino/widgets"), entry]);
      return () => ({ __esModule: true, default: plugin(services, widgets) });
    },
  };
})();
