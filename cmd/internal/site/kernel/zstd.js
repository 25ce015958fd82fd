// Unpacks what the site's build has packed, by a worker that is ended afterwards: the decoder's memory never shrinks.
import { worker } from "./workers.js";

/** decompress gives the size bytes that were packed. The packed bytes are gone afterwards. */
export function decompress(packed, size) {
  const { worker: unpacker, lost } = worker("unpack.js", "unpack");
  const unpacked = new Promise((done, fail) => {
    unpacker.onmessage = ({ data }) => (data.error ? fail(new Error(data.error)) : done(data.bytes));
    unpacker.postMessage({ packed, size }, [packed.buffer]);
  });
  return Promise.race([unpacked, lost]).finally(() => unpacker.terminate());
}
