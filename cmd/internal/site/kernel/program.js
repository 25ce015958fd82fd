// One program of a cell, seen from the page: its worker, what it asks of the page, and how it ends.

import { COURSE, RUNS } from "./paths.js";
import { say } from "./say.js";

/** the most that a cell may print: a page with more can hardly be used */
const MOST_PRINTED = 2_000_000;

/** where programs find the course */
const PLACES = { VAELAB_ROOT: COURSE.slice(0, -1), VAELAB_RUNS: RUNS.slice(0, -1), GOMLX_BACKEND: "go", HOME: "/tmp", TMPDIR: "/tmp" };

/** ended says how a program has ended that didn't end by itself. */
function ended({ said, endless, message }) {
  if (said) return said;
  return endless ? say("the program calls itself without end: the stack is full") : say("the program has failed: {error}", { error: message });
}

export class Program {
  /** See GoKernel.run for the fields. */
  constructor(options) {
    this.options = options;
    this.announced = "";
    this.printed = 0;
    this.line = ""; // of the standard error, begun: places are looked up in whole ones
    this.locks = new Map();
    this.workers = new Set();
    this.late = 0; // a timer
    /** @type {Promise<{ error: string, how: string, announced: string, unsettled: boolean }>} */
    this.ended = new Promise((done) => (this.done = done));
    this.saying = Promise.resolve(); // what is printed comes in order, though its places are looked up
    this.worker = this.begin(options.program, {
      ...PLACES,
      VAELAB_BUDGET: "full",
      GONB_TMP_DIR: "/work",
      ...options.env,
    });
  }

  /** begin starts a program in a worker of its own. port is the line to another program, where it has one. */
  begin({ module, vectors }, env, port) {
    const { worker: begun, lost } = port ? this.options.crew.worker("run.js", "compute") : this.options.workers.take();
    this.workers.add(begun);
    begun.onmessage = ({ data }) => this.hear(begun, data);
    lost.catch((e) => this.over(begun, { code: 2, error: { said: e.message } }));
    begun.postMessage({ what: "run", module, vectors, env, args: port ? [] : this.options.args, main: this.options.main, port }, port ? [port] : []);
    return begun;
  }

  post(message) {
    this.worker.postMessage(message);
  }

  /** interrupt asks the program to end, and ends it if it doesn't. */
  interrupt(grace) {
    this.interrupted = true;
    this.post({ what: "interrupt" });
    setTimeout(() => this.end(say("interrupted")), grace);
  }

  /** end ends the program and all that it has started. */
  end(error, how = "failed") {
    if (!this.done) return;
    for (const worker of this.workers) this.options.crew.dismiss(worker);
    for (const unlock of this.locks.values()) unlock();
    clearTimeout(this.late);
    if (this.line) this.print("stderr", "\n");
    const { done, announced } = this;
    this.done = null;
    void this.saying.then(() => done({ error, how, announced, unsettled: this.unsettled(how) }));
  }

  /**
   * unsettled says whether a verdict on an exercise is missing, so that somebody must look into it: the program was ended in the
   * middle of one, or it never came to those that its text asks for.
   */
  unsettled(how) {
    if (this.interrupted || this.options.env.VAELAB_ANNOUNCED !== undefined) return false;
    const words = this.announced.split("\n").map((line) => line.split(" ")).filter(([word]) => word && word !== "taught" && word !== "trying");
    if (how === "late" || (words.length > 0 && words.at(-1)[0] === "begun")) return true;
    const main = this.options.main.slice(this.options.main.indexOf("\nfunc main()"));
    return how === "" && words.length === 0 && /\b(exercise|losses)\.\w/.test(main);
  }

  /** hear does what a worker asks. */
  hear(worker, m) {
    if (!this.done) return;
    const { disk, show } = this.options;
    switch (m.what) {
      case "text":
        this.print(m.name, m.text);
        break;
      case "display":
        this.saying = this.saying.then(() => show.display(m.id, m.html, m.plain));
        break;
      case "markdown":
        this.saying = this.saying.then(() => show.markdown(m.text));
        break;
      case "announce":
        this.announce(m.text);
        break;
      case "disk":
        void this.answer(worker, m.n, disk[m.call](...m.args)).then(show.remarks);
        break;
      case "said":
        this.options.said.add(m.text);
        break;
      case "expect":
        this.answer(worker, m.n, this.options.expect(m.paths));
        break;
      case "lock":
        this.answer(worker, m.n, this.lock(m.name));
        break;
      case "unlock":
        this.locks.get(m.id)?.();
        this.locks.delete(m.id);
        break;
      case "compute":
        this.compute(worker, m.port, m.n);
        break;
      case "ended":
        this.over(worker, m);
        break;
    }
  }

  async answer(worker, n, promise) {
    try {
      worker.postMessage({ what: "answer", n, value: await promise });
    } catch (e) {
      worker.postMessage({ what: "answer", n, error: String(e?.message ?? e) });
    }
  }

  async lock(name) {
    const unlock = await this.options.disk.lock(name);
    if (!unlock) return null;
    const id = Math.random();
    this.locks.set(id, unlock);
    return id;
  }

  async compute(worker, port, n) {
    const started = (async () => {
      const compute = await this.options.compute();
      const { VAELAB_LANG } = this.options.env; // it says what can't be computed
      if (this.done) this.begin(compute, VAELAB_LANG ? { ...PLACES, VAELAB_LANG } : PLACES, port); // else the program has ended while this was fetched
    })();
    await this.answer(worker, n, started);
  }

  print(name, text) {
    if (name === "stderr") {
      const end = (this.line + text).lastIndexOf("\n") + 1;
      [text, this.line] = [(this.line + text).slice(0, end), (this.line + text).slice(end)];
      if (!text) return;
    }
    this.printed += text.length;
    if (this.printed > MOST_PRINTED) {
      if (this.full) return;
      this.full = true;
      text = `\n${say("… The cell prints more than two million letters: the rest isn't shown.")}\n`;
    }
    const { show, tell } = this.options;
    this.saying = this.saying.then(async () => show.text(name, name === "stderr" ? await tell(text) : text));
  }

  /** announce notes what is said of an exercise; an answer that takes too long ends the program. */
  announce(text) {
    this.announced += text;
    clearTimeout(this.late);
    const last = text.trimEnd().split("\n").at(-1).split(" ")[0];
    if (last === "begun" || last === "trying") this.late = setTimeout(() => this.end(say("an answer took too long"), "late"), this.options.patience);
  }

  /** over is called when a program has ended by itself. */
  over(worker, { code, error: why }) {
    const error = why ? ended(why) : "";
    if (worker !== this.worker) {
      this.workers.delete(worker);
      if (error || code) this.print("stderr", say("The program that computes has ended: {how}", { how: error || `exit status ${code}` }) + "\n");
      this.post({ what: "alone" }); // or it would wait for an answer without end
      return;
    }
    this.end(this.interrupted ? say("interrupted") : error || (code ? `exit status ${code}` : ""), error || code ? "failed" : "");
  }
}
