// The start page's contents, as elements. All words come from data: see page.json.

// draw fills node with the page. It leaves what hasn't changed in place, so that nobody loses the focus or the place.
export function draw(node, { here, data, status, progress, visits, open, speak }) {
  const key = JSON.stringify([status, progress, visits]);
  if (node.dataset.drawn === key) return;
  node.dataset.drawn = key;
  const w = data.words;
  const last = data.notebooks.map((b) => b.path).filter((p) => visits[p])
    .sort((a, b) => (visits[a].at < visits[b].at ? 1 : -1))[0];
  const next = last ?? data.notebooks[0]?.path;
  const top = node.scrollTop;
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.path : null;

  node.lang = data.locale.replace('_', '-');
  node.replaceChildren(el('div', { className: 'vaelab-start-page' },
    data.others.length > 0 && el('nav', { className: 'vaelab-start-languages', ariaLabel: w.language },
      ...data.others.map((e) => Object.assign(link(e.name, '', () => speak(e.locale)), { lang: e.locale.replace('_', '-') }))),
    el('header', {},
      el('div', {},
        el('h1', {}, w.title),
        el('p', {}, w.lead),
        el('p', {}, w.how)),
      data.picture && el('figure', {},
        el('img', { src: new URL(data.picture, here).href, alt: w.pictureAlt }),
        el('figcaption', {}, w.pictureCaption))),
    ready(w, status),
    el('ol', { className: 'vaelab-start-books' }, ...data.notebooks.map((b) => card(w, b, progress, visits[b.path], b.path === next, open))),
    el('footer', {},
      el('section', {}, el('h2', {}, w.keysTitle),
        el('dl', {}, ...data.keys.flatMap(([key, what]) => [el('dt', {}, ...key.split(' ').map((k) => el('kbd', {}, k))), el('dd', {}, what)]))),
      el('section', {}, el('h2', {}, w.moreTitle),
        data.notebooks.some((b) => b.solution) && el('p', {}, w.solutions, ' ',
          ...data.notebooks.filter((b) => b.solution).map((b) => link(b.number, `${w.solutionOf} ${b.number}`, () => open(b.solution)))),
        ...data.more.map((line) => el('p', {}, line))))));

  node.scrollTop = top;
  if (focused) node.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
}

// ready says what is still being compiled, and what to do meanwhile. It says nothing where nobody compiles.
function ready(w, status) {
  const stages = ['kernel', 'first-cells', 'trainer', 'everything'];
  if (!status) return null;
  const failed = stages.find((s) => status[s] === 'failed');
  const waits = stages.find((s) => status[s] === 'waiting');
  if (!failed && !waits) return null;
  return el('div', { className: 'vaelab-start-ready', role: 'status' },
    waits && el('div', { className: 'vaelab-start-steps', ariaHidden: 'true' }, ...stages.map((s) => el('i', { className: status[s] }))),
    el('p', {}, waits ? w[`waiting-${waits}`] : '', failed && waits ? ' ' : '', failed ? w.failed : ''));
}

function card(w, book, progress, visit, next, open) {
  const done = book.exercises.filter((id) => progress[id]?.done).length;
  const all = book.exercises.length;
  const exercises = all && fill(done ? w.exercisesDone : w.exercises, { done, all });
  const button = el('button', { className: next ? 'vaelab-start-next' : '' }, next ? (visit ? w.goOn : w.begin) : w.open);
  button.dataset.path = book.path;
  button.setAttribute('aria-label', `${button.textContent}: ${book.title}`);
  button.onclick = () => open(book.path);
  return el('li', {},
    el('span', { className: 'vaelab-start-number', ariaHidden: 'true' }, book.number),
    el('div', {},
      el('h2', {}, link(book.title, '', () => open(book.path))),
      el('p', {}, book.shows),
      el('p', { className: 'vaelab-start-facts' },
        book.minutes && el('span', {}, fill(w.minutes, book)),
        all && el('span', {}, done > 0 && el('progress', { max: all, value: done, ariaHidden: 'true' }), exercises),
        visit?.heading && el('span', {}, fill(w.lastAt, visit)))),
    button);
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function link(text, title, go) {
  const a = el('a', { href: '#', title }, text);
  a.onclick = (e) => { e.preventDefault(); go(); };
  return a;
}

function el(name, properties, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children.filter((c) => c || c === ''));
  return e;
}
