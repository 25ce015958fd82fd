// A section of a notebook by its address, lab/index.html?path=NOTEBOOK#Words-of-its-heading, as JupyterLab's own links to headings have
// it. JupyterLab follows them in a notebook that is open already; JupyterLite has forgotten the address by then.

const wanted = location.hash;
const asked = new URLSearchParams(location.search).get("path");

/**
 * openAsked opens the notebook that the address asked for. JupyterLite does it, too; but where a page comes slowly, what was open at the
 * last visit, such as the notebook in another language, takes its place.
 */
async function openAsked(app) {
  await app.restored;
  if (!asked) return;
  const there = await app.serviceManager.contents.get(asked, { content: false }).catch(() => null); // JupyterLite says what isn't
  if (there?.type === "notebook") await app.commands.execute("docmanager:open", { path: asked });
}

/** openSection scrolls the notebook that the address asked for to the section that it asked for, once all of it is laid out. */
export async function openSection(app) {
  await openAsked(app);
  if (wanted.length < 2) return;
  for (let i = 0; i < 150; i++) {
    const book = app.shell.currentWidget;
    await book?.context?.ready; // before, it holds a cell that isn't the notebook's
    const cells = book?.content?.widgets?.length;
    if (cells && book.setFragment && book.node.querySelectorAll(".jp-Cell").length >= cells) {
      const top = book.node.querySelector(".jp-WindowedPanel-outer")?.scrollTop;
      if (!top) book.setFragment(wanted); // who has scrolled already reads
      return;
    }
    await new Promise((then) => setTimeout(then, 200));
  }
}
