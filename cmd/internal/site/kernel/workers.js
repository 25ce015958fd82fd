// Workers: each runs one script of the kernel's.

import { say } from "./say.js";

/** what a reader can do when a file isn't as it should be */
export const AGAIN = say("Run the cell again; if it says so again, a new version may have been put up: reload the page.");

/** A worker that can't be started, or has failed. */
export class Lost extends Error {}

/** what somebody comes to who asks a kernel for a worker that has ended */
export const DISPOSED = say("The kernel was shut down.");

/** worker starts one. lost is a promise that is only ever refused: when the worker's script can't be had, or fails. */
export function worker(script, name) {
  const worker = new Worker(new URL(script, import.meta.url), { type: "module", name });
  const lost = new Promise((_, fail) => {
    // An event without a message: the script, or one that it imports, hasn't come or can't be read.
    worker.onerror = (e) => fail(new Lost(e.message || say("{script}, or a script that it needs, is missing or damaged on this site. {again}", { script, again: AGAIN })));
  });
  lost.catch(() => {}); // whoever waits for the worker is told
  return { worker, lost };
}

/**
 * A kernel's workers. They end with it, whoever has started them and whatever was being waited for meanwhile: afterwards none starts.
 */
export class Crew {
  constructor() {
    this.all = new Set();
    this.ended = false;
  }

  worker(script, name) {
    if (this.ended) throw new Error(DISPOSED);
    const begun = worker(script, name);
    this.all.add(begun.worker);
    return begun;
  }

  /** dismiss ends one. */
  dismiss(worker) {
    this.all.delete(worker);
    worker?.terminate();
  }

  end() {
    this.ended = true;
    for (const worker of this.all) this.dismiss(worker);
  }
}

/** A worker that is started before it is needed, by one script and again and again. */
export class Ahead {
  /** first, where it is given, is what each is told as it starts. */
  constructor(crew, script, name, first = undefined) {
    this.crew = crew;
    this.start = () => {
      const begun = crew.worker(script, name);
      if (first) begun.worker.postMessage(first);
      return begun;
    };
    /** @type {ReturnType<Crew["worker"]> | null} */
    this.next = null;
  }

  /** begin starts the next one. */
  begin() {
    if (this.next) return;
    const begun = (this.next = this.start());
    begun.lost.catch(() => {
      if (this.next === begun) this.next = null; // whoever takes one asks for its script again
    });
  }

  take() {
    const taken = this.next ?? this.start();
    this.next = null;
    return taken;
  }

  end() {
    this.crew.dismiss(this.next?.worker);
    this.next = null;
  }
}
