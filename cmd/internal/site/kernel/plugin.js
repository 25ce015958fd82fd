// The extension: it registers the kernel called gonb, by which the course's notebooks ask for it.
import { kernelClass } from "./kernel.js";
import { Disk } from "./disk.js";
import { keepButton } from "./keep.js";
import { languageLinks, openFolder } from "./languages.js";
import { say } from "./say.js";
import { openSection } from "./section.js";
import { tellApart } from "./sessions.js";
import { Site } from "./site.js";

/** a page of fewer pixels than this is a phone's */
const NARROW = 760;

/** sayOnce says, once in a browser, what those don't do over plain http. */
function sayOnce(site, disk) {
  const key = "vaelab has said what is missing over plain http " + site.base;
  let kept = null;
  try {
    kept = localStorage;
  } catch {
    // Nothing is kept: it is said at each visit.
  }
  if (kept?.getItem(key)) return;
  const text = say("This page comes over plain http, where browsers keep no copy for use without a network: each visit needs one. All else works.");
  disk.remark(text, () => kept?.setItem(key, "yes"));
}

/** plugin gives JupyterLab's list of plugins, made of JupyterLite's own services and of its widgets. */
export function plugin(services, { Widget }) {
  const { IKernelSpecs, IKernelClient } = services;
  return [
    {
      id: "vaelab-kernel:kernel",
      autoStart: true,
      requires: [IKernelSpecs],
      optional: [IKernelClient].filter(Boolean),
      activate(app, specs, client) {
        const site = new Site();
        if (globalThis.WebAssembly) site.tools().catch(() => {}); // JupyterLite asks for a kernel only seconds later: then it is told
        const disk = new Disk(site);
        if (!isSecureContext) sayOnce(site, disk);
        const GoKernel = kernelClass(services.BaseKernel, site, disk);
        const kernels = new Map();
        tellApart(app.serviceManager.sessions);
        specs.register({
          spec: { name: "gonb", display_name: "Go (gonb)", language: "go", argv: [], resources: {} },
          async create(options) {
            const kernel = new GoKernel(options);
            kernels.set(kernel.id, kernel);
            kernel.disposed?.connect(() => kernels.delete(kernel.id));
            return kernel;
          },
        });
        // JupyterLite only empties the queue of cells when it interrupts: the cell that runs hears of it here.
        if (client) {
          const interrupt = client.interrupt.bind(client);
          client.interrupt = async (id) => {
            kernels.get(id)?.interrupt();
            return interrupt(id);
          };
        }
        // What sliders on the page call, as on GoNB's own pages.
        globalThis.gonb_comm = {
          send(address, text) {
            for (const kernel of kernels.values()) kernel.hear(address, text);
          },
        };
        globalThis.vaelabPage = { kernels, disk, site };
        void app.restored.then(() => {
          if (innerWidth < NARROW) app.shell.collapseLeft?.(); // the list of files would leave the notebook no room
          openFolder(app).catch(() => {}); // it may have been deleted
          const links = languageLinks(Widget, app, site);
          if (links) app.shell.add(links, "top", { rank: 890 });
          const keep = keepButton(Widget, site); // it looks through all that is kept: not while the page comes up
          if (keep) app.shell.add(keep, "top", { rank: 900 });
        });
        void openSection(app);
      },
    },
  ];
}
