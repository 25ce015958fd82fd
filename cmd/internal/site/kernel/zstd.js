// Unpacks what the site's build has packed, by a worker that is ended afterwards: the decoder's memory never shrinks.

/** decompress gives the size bytes that were packed. The packed bytes are gone afterwards. */
export function decompress(packed, size) {
  const worker = new Worker(new URL("unpack.js", import.meta.url), { type: "module", name: "unpack" });
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }) => (data.error ? fail(new Error(data.error)) : done(data.bytes));
    worker.onerror = (e) => fail(new Error(e.message || "the worker that unpacks can't be started"));
    worker.postMessage({ packed, size }, [packed.buffer]);
  }).finally(() => worker.terminate());
}
