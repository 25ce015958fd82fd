(id, address, kernel) => {
  const root = document.getElementById(id);
  if (!root) return;
  const inputs = [...root.querySelectorAll("input")];
  const button = root.querySelector("button");
  let count = 0, waiting = false, again = false, stopped = false, seen = Date.now();

  // The page's line to this notebook's kernel: gonb_comm, or the one that line.js has put aside for another notebook's.
  const found = () => [globalThis.gonb_comm, globalThis.vaelabLines?.get(kernel)].find((l) => l && (l._kernel_id ?? kernel) === kernel);

  // Messages may overtake each other on their way: the program goes by the count.
  const send = (what) => {
    const line = found();
    line?.send(address, [++count, what, ...inputs.map((i) => i.value)].join(" "));
    return !!line;
  };
  // However fast the hand is, one message for each picture of the screen is enough: the first at once, then the newest.
  const moved = () => {
    if (stopped) return;
    if (waiting) { again = true; return; }
    send("move");
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (again) { again = false; moved(); }
    }, 16);
  };
  for (const input of inputs) {
    input.addEventListener("input", () => {
      const text = Number(input.value).toFixed(input.dataset.decimals).replace("-", "\u2212");
      input.nextElementSibling.textContent = text;
      moved();
    });
  }
  button.addEventListener("click", () => {
    button.disabled = stopped = true;
    send("stop"); // the last message: nothing may overtake it
  });
  // Signs of life; without them the program would wait for ever on a page that was closed.
  const beat = () => {
    if (root.isConnected) seen = Date.now();
    if (stopped || Date.now() - seen > 60000) return;
    root.hidden = !send("alive");
    setTimeout(beat, root.hidden ? 50 : 2000);
  };
  beat();
}
