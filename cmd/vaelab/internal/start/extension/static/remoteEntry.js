// What JupyterLab loads: a module federation container, as webpack makes them, written by hand. JupyterLab hands its own
// modules over in init, asks for ./extension, and gets the plugin of lab.js.
(() => {
  const here = new URL('.', document.currentScript.src);
  let shared = {};
  const module = async (name) => (await Object.values(shared[name])[0].get())();
  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB['vaelab-start'] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const { plugin } = await import(new URL('lab.js', here));
      const made = await plugin(module, here);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
