(id, address, kernel) => {
  const root = document.getElementById(id);
  let seen = Date.now();

  // The page's line to this notebook's kernel: gonb_comm, or the one that line.js has put aside for another notebook's.
  const found = () => [globalThis.gonb_comm, globalThis.vaelabLines?.get(kernel)].find((l) => l && (l._kernel_id ?? kernel) === kernel);
  const send = (text) => {
    const line = found();
    line?.send(address, text);
    return !!line;
  };
  // Signs of life; without them the program would wait for ever on a page that was closed. alive gives what is sent, or nothing at
  // the end. The controls are seen from when there is a line.
  const beat = (alive) => {
    if (root.isConnected) seen = Date.now();
    const text = alive();
    if (!text || Date.now() - seen > 60000) return;
    root.hidden = !send(text);
    setTimeout(beat, root.hidden ? 50 : 2000, alive);
  };
  return { root, send, beat };
}
