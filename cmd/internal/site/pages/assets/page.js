// What a page to read can do beyond being read. Without this all of it is there, but for these comforts.

const words = document.getElementById("vaelab-words");
const table = words ? JSON.parse(words.textContent) : {};
/** say gives an English text in the page's language. */
const say = (english) => table[english] ?? english;

// Code can be copied.
for (const pre of document.querySelectorAll("details.code > pre, pre.stub")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = say("Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      tell(say("Copied"));
    } catch {
      getSelection().selectAllChildren(pre); // a page without https may not copy: then it is marked
      tell(say("Press Ctrl+C"));
    }
  });
  const tell = (text) => {
    button.textContent = text;
    setTimeout(() => (button.textContent = say("Copy")), 2000);
  };
  button.setAttribute("aria-live", "polite");
  const holder = document.createElement("div");
  holder.className = "copied";
  pre.replaceWith(holder);
  holder.append(pre, button);
}

// All code folds at once.
const fold = document.querySelector("button.fold");
const listings = [...document.querySelectorAll("details.code")].filter((d) => !d.closest(".solution"));
if (fold && listings.length) {
  const open = () => listings.some((d) => d.open);
  const name = () => (fold.textContent = open() ? say("Fold all code") : say("Unfold all code"));
  fold.hidden = false;
  fold.addEventListener("click", () => {
    const to = !open();
    for (const d of listings) d.open = to;
    name();
  });
  for (const d of listings) d.addEventListener("toggle", name);
}

// What is folded is printed, too.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open], .contents)")];
  for (const d of opened) d.open = true;
  for (const img of document.images) img.loading = "eager";
});
addEventListener("afterprint", () => opened.forEach((d) => (d.open = false)));

// An anchor inside something folded opens it.
const reveal = () => {
  for (let d = document.getElementById(decodeURIComponent(location.hash.slice(1))); d; d = d.parentElement) if (d.localName === "details") d.open = true;
};
addEventListener("hashchange", reveal);
reveal();

// What scrolls sideways can be scrolled with the keyboard.
const scrolling = new ResizeObserver((boxes) => {
  for (const [box, scrolls] of boxes.map((b) => [b.target, b.target.scrollWidth > b.target.clientWidth])) {
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".wide, .formula, pre")) scrolling.observe(box);

// The contents say where one is.
const links = new Map([...document.querySelectorAll("nav.contents > ol > li > a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
const sections = [...document.querySelectorAll("main > section")];
const here = new IntersectionObserver(() => {
  const now = sections.findLast((s) => s.getBoundingClientRect().top < innerHeight / 3);
  for (const a of links.values()) a.removeAttribute("aria-current");
  if (now) links.get(now.getAttribute("aria-labelledby"))?.setAttribute("aria-current", "true");
}, { rootMargin: "0px 0px -66% 0px" });
for (const s of sections) here.observe(s);
