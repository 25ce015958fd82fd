// Sets moving what on a page can be touched: each element with data-live names one of the modules below, and holds stills that stay
// where it can't be alive, and on paper.
import { Sentence, rest } from "./fetched.js";
import { say } from "./say.js";

const figures = {
  plane: () => import("./plane.js"),
  planes: () => import("./plane.js"),
  bell: () => import("./bell.js"),
  weight: () => import("./weight.js"),
  own: () => import("./own.js"),
};

/** begin sets one moving, or says why it stays still. */
async function begin(still) {
  try {
    if (!globalThis.WebAssembly) throw new Sentence(say("This browser has no WebAssembly, or has been told to do without"));
    const touch = document.createElement("div");
    touch.className = "touch";
    const { mount } = await figures[still.dataset.live]();
    await mount(touch, still.dataset.live);
    await rest();
    still.before(touch);
    still.classList.add("still");
  } catch (e) {
    const line = document.createElement("p");
    line.className = "note";
    line.setAttribute("role", "status");
    const why = e instanceof Sentence ? e.message : say("Something has failed ({error})", { error: e?.message ?? e });
    line.textContent = say("{why}: so this picture stands still.", { why });
    still.append(line);
    if (!(e instanceof Sentence)) reportError(e);
  }
}

// What is far down the page waits until it comes near: it would only keep the first from coming.
const near = new IntersectionObserver(
  (seen) => {
    for (const { target } of seen.filter((s) => s.isIntersecting)) {
      near.unobserve(target);
      void begin(target);
    }
  },
  { rootMargin: "300px" },
);
for (const still of document.querySelectorAll("[data-live]")) near.observe(still);
