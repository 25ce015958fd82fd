// A section of a notebook by its address, lab/index.html?path=NOTEBOOK#Words-of-its-heading, as JupyterLab's own links to headings have
// it. JupyterLab follows them in a notebook that is open already; JupyterLite has forgotten the address by then.

const wanted = location.hash;

/** openSection scrolls the notebook that opens first to the section that the address asked for, once all of it is laid out. */
export async function openSection(app) {
  if (wanted.length < 2) return;
  await app.restored;
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
