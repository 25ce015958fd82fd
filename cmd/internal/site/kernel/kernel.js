// The kernel: what a cell goes through, from its text to its outputs.
import { Toolchain } from "./toolchain.js";
import { Program } from "./program.js";
import { say } from "./say.js";
import { Ahead, Crew } from "./workers.js";

/** how long an interrupted program may take to end by itself */
const GRACE = 1500;
/** how long an answer to an exercise may take; the program itself gives 5 s, which here it can't watch */
const PATIENCE = 5500;

/** kernelClass gives the class of kernels: JupyterLite's own is known only when the extension is taken in. */
export function kernelClass(BaseKernel, site, disk) {
  return class GoKernel extends BaseKernel {
    constructor(options) {
      super(options);
      this.crew = new Crew();
      this.toolchain = new Toolchain(site, this.crew);
      this.workers = new Ahead(this.crew, "run.js", "cell");
      this.number = 0;
      this.shown = new Set(); // displays that can be replaced
      /** @type {Program | null} */
      this.running = null;
      this.interrupted = false;
      this.said = new Set(); // by programs, what need be said only once
      this.remarked = new Set();
    }

    dispose() {
      if (this.isDisposed) return;
      this.running?.end(say("the kernel was shut down"));
      this.crew.end();
      super.dispose();
    }

    /** interrupt ends what is under way: a build at once, a program after it had time to say goodbye. */
    interrupt() {
      this.interrupted = true;
      this.toolchain.interrupt();
      this.running?.interrupt(GRACE);
    }

    /** hear passes on what the page sends to the cell's program. */
    hear(address, text) {
      this.running?.post({ what: "hear", address, text });
    }

    async kernelInfoRequest() {
      const { go } = await site.manifest.catch(() => ({ go: "" }));
      return {
        implementation: "vaelab",
        implementation_version: "1",
        status: "ok",
        protocol_version: "5.3",
        banner: say("Go, compiled in this page"),
        help_links: [],
        language_info: { name: "go", version: go, mimetype: "text/x-go", file_extension: ".go", pygments_lexer: "go", codemirror_mode: "go" },
      };
    }

    async executeRequest(content) {
      this.interrupted = false;
      const number = ++this.number;
      try {
        await this.cell(number, content.code);
        return { status: "ok", execution_count: this.executionCount, user_expressions: {} };
      } catch (e) {
        const lines = String(e?.message ?? e).split("\n");
        const error = { ename: e?.kind ?? "ERROR", evalue: lines[0], traceback: lines };
        this.publishExecuteError(error);
        return { status: "error", execution_count: this.executionCount, ...error };
      }
    }

    /** cell compiles a cell and runs it; what goes wrong is thrown, as words for its reader. */
    async cell(number, code) {
      const begun = performance.now();
      const over = this.waiting();
      let built;
      this.workers.begin(); // its script comes while the cell is built
      try {
        built = await this.toolchain.build(number, code);
      } finally {
        if (over()) this.clearOutput({ wait: false }); // nothing else has been said yet
      }
      await disk.database;
      this.remark();
      const made = performance.now();
      /** how long the last cell took, in milliseconds, for measurements */
      this.took = { ...built.took, build: made - begun, run: 0 };
      for (const line of built.said) this.stream({ name: "stdout", text: line + "\n" });
      if (!built.runs) return;
      const done = this.waiting();
      const ended = await this.run(built, {}).finally(done);
      this.took.run = performance.now() - made;
      if (ended.unsettled) await this.run(built, { VAELAB_ANNOUNCED: ended.announced, VAELAB_ENDED: ended.how });
      if (ended.error && ended.how !== "late") throw new Error(ended.error);
    }

    /** run runs a program to its end. */
    async run(built, env) {
      const program = new Program({
        disk,
        crew: this.crew,
        workers: this.workers,
        program: { module: built.module, vectors: built.vectors },
        main: built.source,
        args: built.args,
        env: { ...built.env, ...env, VAELAB_SAID: [...this.said].join("\n") },
        said: this.said,
        compute: () => this.toolchain.compute(),
        expect: (paths) => disk.expect(paths),
        patience: PATIENCE,
        tell: (text) => this.toolchain.tell(text),
        show: {
          text: (name, text) => this.stream({ name, text }),
          display: (id, html, plain) => this.show(id, { "text/html": html, "text/plain": plain }),
          markdown: (text) => this.show("", { "text/markdown": text, "text/plain": text }),
          remarks: () => this.remark(),
        },
      });
      this.running = program;
      try {
        return await program.ended;
      } finally {
        this.running = null;
        this.toolchain.idle();
      }
    }

    /** show puts a block on the page, in the place of an earlier one with the same id. */
    show(id, data) {
      const content = { data, metadata: {}, transient: id ? { display_id: id } : {} };
      if (id && this.shown.has(id)) {
        this.updateDisplayData(content);
        return;
      }
      if (id) this.shown.add(id);
      this.displayData(content);
    }

    /** remark says what the disk has to say, each once. */
    remark() {
      for (const [text, said] of disk.remarks) {
        if (this.remarked.has(text)) continue;
        this.remarked.add(text);
        this.stream({ name: "stderr", text: text + "\n" });
        said();
      }
    }

    /**
     * waiting shows how far it is with what is being fetched, whoever has asked for it, if it takes long enough to be seen. It gives
     * a function that takes the line away, and says whether there was one.
     */
    waiting() {
      const id = "wait_" + Math.random().toString(36).slice(2);
      let seen = 0;
      const look = setInterval(() => {
        const parts = [...site.coming];
        if (parts.length === 0 || ++seen < 3) return;
        const [come, all] = ["come", "bytes"].map((field) => parts.reduce((sum, part) => sum + part[field], 0));
        const text = say("Fetching what this cell needs: {come} of {all} MB", { come: (come / 1e6).toFixed(1), all: (all / 1e6).toFixed(1) });
        const bar = (style, inner) => `<div style="height:4px;border-radius:2px;${style}">${inner}</div>`;
        this.show(id, {
          "text/html":
            `<div role="status" style="font-size:13px;margin:4px 0;opacity:0.8">${text}` +
            bar("max-width:320px;background:rgba(127,127,127,0.3)", bar(`width:${Math.round((100 * come) / all)}%;background:currentColor`, "")) +
            "</div>",
          "text/plain": text,
        });
      }, 200);
      return () => {
        clearInterval(look);
        if (seen < 3) return false;
        this.show(id, { "text/html": "", "text/plain": "" });
        this.shown.delete(id);
        return true;
      };
    }

    async completeRequest(content) {
      const before = content.code.slice(0, content.cursor_pos);
      const { matches, shared } = await this.toolchain.complete(before).catch(() => ({ matches: [], shared: 0 }));
      return { matches: matches ?? [], cursor_start: content.cursor_pos - shared, cursor_end: content.cursor_pos, metadata: {}, status: "ok" };
    }

    async inspectRequest() {
      return { status: "ok", found: false, data: {}, metadata: {} };
    }
    async isCompleteRequest() {
      return { status: "complete" };
    }
    async commInfoRequest() {
      return { comms: {}, status: "ok" };
    }
    inputReply() {}
    async commOpen() {}
    async commMsg() {}
    async commClose() {}
  };
}
