// What GoNB's script needs to lay its line between this page and a notebook's kernel, in three places where it doesn't know its way.
// It runs before that script does. On a page at http://localhost:PORT/ that shows one notebook it changes nothing.
/** @param {string} kernel */
(kernel) => {
  // By plain http, but from localhost, browsers give pages no crypto.randomUUID, by which GoNB numbers its messages.
  crypto.randomUUID ??= () => {
    const x = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
    return `${x.slice(0, 8)}-${x.slice(8, 12)}-4${x.slice(13, 16)}-a${x.slice(17, 20)}-${x.slice(20)}`;
  };

  // A page has one gonb_comm: laying a line closes the one that is there, and a line closes itself when it hears something and is
  // not the one. So another notebook's is put aside, and is the one for as long as it hears something.
  const lines = (globalThis.vaelabLines ??= new Map()); // by kernel
  const other = globalThis.gonb_comm;
  if (other?._websocket && other._kernel_id !== kernel) {
    if (lines.get(other._kernel_id) !== other) {
      const hear = other._websocket.onmessage;
      other._websocket.onmessage = (/** @type {MessageEvent} */ event) => {
        const now = globalThis.gonb_comm;
        globalThis.gonb_comm = other;
        hear(event);
        globalThis.gonb_comm = now;
      };
      lines.set(other._kernel_id, other);
    }
    globalThis.gonb_comm = lines.get(kernel);
  }

  // GoNB's address is ws://HOST/api/kernels/ID/channels, also where Jupyter's server is below a base address or behind https.
  if (!location.protocol.startsWith("http")) return; // an editor's page, from which no line leads anywhere
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const gonbs = `ws://${location.host}/api/kernels/`;
  const right = new URL("api/kernels/", new URL(config.baseUrl ?? "/", location.href));
  right.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  if (right.href === gonbs || "vaelabLine" in WebSocket) return;
  globalThis.WebSocket = new Proxy(WebSocket, {
    has: (socket, name) => name === "vaelabLine" || name in socket, // once is enough
    construct(socket, [address, ...rest], by) {
      if (String(address).startsWith(gonbs)) address = right.href + String(address).slice(gonbs.length);
      return Reflect.construct(socket, [address, ...rest], by);
    },
  });
}
