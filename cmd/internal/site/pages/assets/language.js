// The switch of languages leads to the same place: the same section, and what a reader has set stands in the address.

/** here is the anchor of what is being read; "" at a page's beginning. */
const here = () =>
  [...document.querySelectorAll("main :is(h2, h3, dl > div)[id]")].findLast((e) => e.getBoundingClientRect().top < innerHeight / 3)?.id ?? "";

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".languages a"))) {
  const lead = () => {
    link.search = location.search;
    link.hash = scrollY > 0 ? here() : "";
  };
  for (const before of ["pointerdown", "focus", "click"]) link.addEventListener(before, lead);
}
