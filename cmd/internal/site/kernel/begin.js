// Begins with what every kernel needs while JupyterLite is still coming up: by itself it asks for a kernel only seconds later.
import { Site } from "./site.js";

/** the one of the page */
export const site = new Site();

if (globalThis.WebAssembly) site.tools().catch(() => {}); // a kernel asks again, and tells
