// The start page within JupyterLab: a tab of the main area, there when nothing else is, restored as all tabs are. And a
// memory of where the learner was in each notebook, kept with JupyterLab's workspace.
import { hint } from './hints.js';
import { draw } from './page.js';

const OPEN = 'vaelab-start:open';
const VISITS = 'vaelab-start:visits';

export async function plugin(module, here) {
  const { Widget } = await module('@lumino/widgets');
  const { ILabShell, ILayoutRestorer } = await module('@jupyterlab/application');
  const { ICommandPalette, WidgetTracker } = await module('@jupyterlab/apputils');
  const { ILauncher } = await module('@jupyterlab/launcher');
  const { INotebookTracker } = await module('@jupyterlab/notebook');
  const { ISettingRegistry } = await module('@jupyterlab/settingregistry');
  const { IStateDB } = await module('@jupyterlab/statedb');
  const { ITranslator } = await module('@jupyterlab/translation');

  // The texts come with the page; what changes while the lab runs is asked for anew each time, and may be missing.
  const ask = async (name) => {
    try {
      const answer = await fetch(new URL(name, here), { cache: 'no-store' });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // the lab has ended, or keeps none
    }
  };

  class StartPage extends Widget {
    constructor(data, app, visits, speak) {
      super();
      Object.assign(this, { data, app, visits, speak });
      this.id = 'vaelab-start';
      this.addClass('vaelab-start');
      Object.assign(this.title, { label: data.words.tab, caption: data.words.title, closable: true });
      this.back = () => this.refresh();
      window.addEventListener('focus', this.back);
    }
    dispose() {
      window.removeEventListener('focus', this.back);
      clearTimeout(this.next);
      super.dispose();
    }
    onAfterShow() { this.refresh(); }
    onAfterAttach() { this.refresh(); }
    async refresh() {
      clearTimeout(this.next);
      const [status, progress] = await Promise.all([ask('status.json'), ask('progress.json'), this.visits.ready]);
      clearTimeout(this.next);
      if (this.isDisposed || !this.isVisible) return;
      draw(this.node, {
        here, data: this.data, speak: this.speak, status, progress: progress ?? {}, visits: this.visits.all,
        open: (path) => this.app.commands.execute('docmanager:open', { path }),
      });
      this.next = setTimeout(() => this.refresh(), status?.everything === 'waiting' ? 1000 : 3000);
    }
  }

  const course = await ask('page.json');
  return {
    id: 'vaelab-start:plugin',
    description: 'The start page of the course.',
    autoStart: true,
    requires: [ILabShell, ILayoutRestorer, INotebookTracker, IStateDB],
    optional: [ICommandPalette, ILauncher, ITranslator, ISettingRegistry],
    activate: (app, shell, restorer, notebooks, state, palette, launcher, translator, settings) => {
      if (!course) return;
      const code = translator?.languageCode ?? '';
      const now = course.editions.find((e) => code.startsWith(e.language)) ?? course.editions[0];
      const data = { ...now, others: settings ? course.editions.filter((e) => e !== now) : [] };
      // JupyterLab's language is a setting, which it reads when its page is loaded.
      const speak = async (locale) => {
        await settings.set('@jupyterlab/translation-extension:plugin', 'locale', locale);
        window.location.reload();
      };
      const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('style.css', here) });
      document.head.append(style);
      hint(data.hints);

      // The state is known when plugins have been activated, so nothing here waits for it.
      const visits = { all: {} };
      visits.ready = state.fetch(VISITS).then((kept) => { visits.all = kept ?? {}; });
      remember(notebooks, visits, () => state.save(VISITS, visits.all));

      const tracker = new WidgetTracker({ namespace: 'vaelab-start' });
      let page = null;
      app.commands.addCommand(OPEN, {
        label: data.words.command,
        execute: async () => {
          if (!page || page.isDisposed) page = new StartPage(data, app, visits, speak);
          if (!tracker.has(page)) await tracker.add(page);
          if (!page.isAttached) shell.add(page, 'main');
          shell.activateById(page.id);
        },
      });
      restorer.restore(tracker, { command: OPEN, name: () => 'start' });
      palette?.addItem({ command: OPEN, category: data.words.category });
      launcher?.add({ command: OPEN, category: data.words.category, rank: 0 });

      // Where nothing was open, JupyterLab would show its launcher.
      if (shell.mode !== 'single-document') {
        app.restored.then(() => {
          if (shell.node.clientWidth < 800) shell.collapseLeft(); // or hardly any room is left for the page
          const open = [...shell.widgets('main')].filter((w) => !w.isDisposed && !w.id.startsWith('launcher'));
          if (open.length === 0) {
            for (const w of [...shell.widgets('main')]) w.dispose();
            app.commands.execute(OPEN);
          }
        });
      }
    },
  };
}

// remember notes the cell at which the learner is, and goes back there when the notebook is opened again.
function remember(notebooks, visits, keep) {
  notebooks.widgetAdded.connect(async (_, panel) => {
    await Promise.all([panel.context.ready, panel.revealed, visits.ready]);
    const book = panel.content;
    const path = panel.context.path;
    const index = book.widgets.findIndex((c) => c.model.id === visits.all[path]?.cell);
    if (index > 0) {
      book.activeCellIndex = index;
      await book.scrollToItem(index, 'start').catch(() => {});
    }
    const note = () => {
      visits.all[path] = { at: new Date().toISOString(), cell: book.activeCell?.model.id, heading: heading(book) };
      keep();
    };
    note();
    book.activeCellChanged.connect(note);
  });
}

// heading is the section that the active cell is in; above the first one there is none.
function heading(book) {
  for (let i = book.activeCellIndex; i >= 0; i--) {
    const model = book.widgets[i].model;
    const found = model.type === 'markdown' ? model.sharedModel.source.match(/^## +(.*)$/m) : null;
    if (found) return found[1];
  }
  return '';
}
