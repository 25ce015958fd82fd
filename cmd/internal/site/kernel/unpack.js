// A worker that unpacks one file.
import { ZSTDDecoder } from "./zstddec.mjs";

onmessage = async ({ data: { packed, size } }) => {
  try {
    const decoder = new ZSTDDecoder();
    await decoder.init();
    const bytes = decoder.decode(packed, size);
    if (bytes.length !== size) throw new Error(`${bytes.length} bytes came out, not ${size}`);
    postMessage({ bytes }, { transfer: [bytes.buffer] });
  } catch (e) {
    postMessage({ error: String(e?.message ?? e) });
  }
};
