// What TypeScript's compiler should know of the kernel's surroundings. It isn't shipped; see types_test.go.

/** A program of Go's, as wasm_exec.js runs it. */
declare class Go {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  importObject: Record<string, any>;
  run(instance: any): Promise<void>;
  _scheduledTimeouts: Map<number, number>;
}

// of workers
declare var vaelab: any, vaecells: any, vaelive: any, fs: any, process: any;

// of the page
declare var vaelabPage: any, gonb_comm: any, jupyterapp: any, _JUPYTERLAB: any;

// of the service worker
interface Window {
  registration: any;
  clients: any;
  skipWaiting(): Promise<void>;
}
interface WindowEventMap {
  activate: any;
  fetch: any;
}
