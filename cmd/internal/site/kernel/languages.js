// The lab in another language: its page leads to the same notebook there, at the cell that is being read.

/** languageLinks gives a widget with a link for each other language of the site; none where there is no other. */
export function languageLinks(Widget, app, site) {
  const editions = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=alternate][hreflang]"));
  const others = [...editions].filter((e) => e.hreflang !== document.documentElement.dataset.tag);
  if (others.length === 0) return null;
  const widget = new Widget({ node: document.createElement("div") });
  widget.id = "vaelab-languages";
  for (const { hreflang, title, href, dataset } of others) {
    const link = document.createElement("a");
    Object.assign(link, { href, hreflang, lang: hreflang, textContent: title, target: "_self" });
    link.style.cssText = "padding:0 10px;line-height:28px;font-size:12px;color:var(--jp-ui-font-color1)";
    const lead = () => (link.href = addressOf(app, site, href, dataset.folder));
    for (const before of ["pointerdown", "focus", "click"]) link.addEventListener(before, lead);
    widget.node.append(link);
  }
  return widget;
}

/** openFolder shows the files of the page's language. */
export async function openFolder(app) {
  const own = document.documentElement.dataset.folder;
  if (own) await app.commands.execute("filebrowser:go-to-path", { path: own, dontShowBrowser: true });
}

/** addressOf is where another lab shows what this one shows: folder has its notebooks. */
function addressOf(app, site, page, folder) {
  const book = app.shell.currentWidget ?? [...app.shell.widgets("main")].find((w) => w.isVisible);
  const path = book?.context?.path;
  if (!path) return page;
  const own = document.documentElement.dataset.folder ?? "";
  if (own && !path.startsWith(own + "/")) return page; // another's notebook
  const same = own ? path.slice(own.length + 1) : path;
  const cell = book.content?.widgets?.find((c) => c.node.getBoundingClientRect().bottom > innerHeight / 3)?.model?.id; // the one being read
  const fragment = cell ? `#cell-id=${encodeURIComponent(cell)}` : "";
  return `${page}?path=${encodeURIComponent(folder ? `${folder}/${same}` : same).replaceAll("%2F", "/")}${fragment}`;
}
