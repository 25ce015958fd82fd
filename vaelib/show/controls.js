({ root, send, beat }) => {
  if (!root) return;
  const inputs = [...root.querySelectorAll("input")];
  const button = root.querySelector("button");
  let count = 0, waiting = false, again = false, stopped = false;

  // Messages may overtake each other on their way: the program goes by the count.
  const words = (what) => [++count, what, ...inputs.map((i) => i.value)].join(" ");
  // However fast the hand is, one message for each picture of the screen is enough: the first at once, then the newest.
  const moved = () => {
    if (stopped) return;
    if (waiting) { again = true; return; }
    send(words("move"));
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
    send(words("stop")); // the last message: nothing may overtake it
  });
  beat(() => !stopped && words("alive"));
}
