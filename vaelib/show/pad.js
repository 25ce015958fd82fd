({ root, send, beat }, stateID) => {
  if (!root) return;
  const GRAIN = 10000, MOST = 500, NEAR = 0.004, STEP = 0.02, FAR = 0.1; // a step of the pen, and one with Shift
  const svg = root.querySelector("svg");
  const [taken, hand, pen] = ["taken", "hand", "pen"].map((part) => svg.querySelector(`[data-part=${part}]`));
  const status = root.querySelector("[role=status]");
  const words = JSON.parse(root.dataset.words); // in the language that the program speaks
  const start = svg.dataset.pen.split(" ").map((c) => Number(c) / GRAIN);
  const waiting = []; // actions
  let pending = "", looking = 0, shown = "";
  let stroke = null, finger = null; // the pointer that draws; null for the keys

  // What the program has done and says stands in the page, in a block of its own: it is there also when this script runs once more.
  const state = () => JSON.parse(document.getElementById(stateID)?.dataset.state ?? "null");
  const show = () => {
    const now = document.getElementById(stateID)?.dataset.state;
    if (!now || now === shown) return;
    shown = now;
    const { said, strokes } = JSON.parse(now);
    taken.replaceChildren(...strokes.map((points) => {
      const line = document.createElementNS(svg.namespaceURI, "polyline");
      line.setAttribute("points", points);
      return line;
    }));
    status.textContent = said;
    if (stroke) return; // the next one is under way
    if (!said.startsWith("\u2717")) hand.setAttribute("points", "");
    hand.setAttribute("stroke", "#D55E00"); // a stroke that isn't taken stays to be looked at until the next
    hand.setAttribute("stroke-dasharray", "18 18");
  };

  // One action at a time, again and again until its number is in the state: nothing is lost or done twice.
  const act = (what) => {
    if (waiting.length < 20) waiting.push(what);
    next();
  };
  const next = () => {
    if (pending || waiting.length === 0) return;
    status.textContent = ""; // so that the same answer is heard once more
    shown = "";
    pending = `${(state()?.n ?? 0) + 1} ${waiting.shift()}`;
    send(pending);
    look();
  };
  const look = () => {
    clearTimeout(looking);
    if (!root.isConnected) return; // the drawing has ended, or the notebook is scrolled elsewhere
    if (pending && (state()?.n ?? 0) < parseInt(pending)) {
      looking = setTimeout(look, 20);
      return;
    }
    pending = "";
    show();
    next();
  };

  const draw = (points) => hand.setAttribute("points", points.map(([x, y]) => `${1000 * x},${1000 * (1 - y)}`).join(" "));
  const begin = (place) => {
    stroke = [place];
    hand.setAttribute("stroke", "currentColor");
    hand.removeAttribute("stroke-dasharray");
    draw(stroke);
  };
  const add = (place) => {
    const [x, y] = stroke.at(-1);
    if (Math.hypot(place[0] - x, place[1] - y) < NEAR) return;
    stroke.push(place);
    if (stroke.length >= MOST) stroke = stroke.filter((_, i) => i % 2 === 0 || i === stroke.length - 1);
  };
  const finish = () => {
    const whole = stroke;
    drop();
    draw(whole);
    act("stroke " + whole.map((p) => p.map((c) => Math.round(GRAIN * Math.max(-9, Math.min(10, c)))).join(" ")).join(" "));
  };
  const drop = () => {
    stroke = finger = null;
    hand.setAttribute("points", "");
    pen.setAttribute("visibility", "hidden");
  };

  const at = (e) => {
    const box = svg.getBoundingClientRect();
    return [(e.clientX - box.left) / box.width, 1 - (e.clientY - box.top) / box.height];
  };
  svg.addEventListener("pointerdown", (e) => {
    if (finger !== null || e.button !== 0) return;
    e.preventDefault(); // no text is selected
    svg.focus({ preventScroll: true });
    drop();
    finger = e.pointerId;
    svg.setPointerCapture(finger);
    begin(at(e));
  });
  svg.addEventListener("pointermove", (e) => {
    if (e.pointerId !== finger) return;
    const all = e.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [e]) add(at(one));
    draw(stroke);
  });
  svg.addEventListener("pointerup", (e) => {
    if (e.pointerId !== finger) return;
    add(at(e));
    finish();
  });
  svg.addEventListener("pointercancel", (e) => {
    if (e.pointerId !== finger) return;
    drop();
    status.textContent = words.broken;
  });

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  svg.addEventListener("keydown", (e) => {
    if (finger !== null || e.ctrlKey || e.metaKey || e.altKey) return;
    const way = ways[e.key];
    if (way) {
      if (!stroke) begin(start);
      const [x, y] = stroke.at(-1), far = e.shiftKey ? FAR : STEP;
      const place = [x + far * way[0], y + far * way[1]].map((c) => Math.max(0, Math.min(1, c)));
      add(place);
      draw(stroke);
      pen.setAttribute("cx", 1000 * place[0]);
      pen.setAttribute("cy", 1000 * (1 - place[1]));
      pen.setAttribute("visibility", "visible");
      status.textContent = words.pen.replace("{place}", place.map((c) => c.toFixed(2)).join(", "));
    } else if (e.key === "Enter" && stroke) {
      finish();
    } else if (e.key === "Escape" && stroke) {
      drop();
      status.textContent = words.dropped;
    } else return;
    e.preventDefault();
    e.stopPropagation(); // JupyterLab leaves its cell with Escape, and runs it with Shift and Enter
  });
  for (const button of root.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (stroke) drop();
      act(button.dataset.do);
    });
  }
  beat(() => {
    look();
    return pending || "0 alive";
  });
}
