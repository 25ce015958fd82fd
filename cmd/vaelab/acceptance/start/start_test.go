// Package start tests, in a real browser, the page that the lab opens on.
package start

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/server"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/cmd/vaelab/internal/start"
)

// startLab is a lab of a test's own: its notebooks, workspace, progress and start page are copies.
type startLab struct {
	t        *testing.T
	made     *setup.Lab
	folder   string // notebooks and all that JupyterLab writes
	progress string
	status   *start.Status
}

func newStartLab(t *testing.T) *startLab {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
	made := labtest.Lab(t)
	l := &startLab{t: t, made: made, folder: t.TempDir()}
	l.progress = l.at("runs/progress.json")
	if err := os.Mkdir(l.at("runs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(l.at("notebooks"), os.DirFS(made.Notebooks())); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *startLab) at(name string) string { return filepath.Join(l.folder, name) }

// open starts JupyterLab as the lab does, and looks at it in a new browser.
func (l *startLab) open(width, height int) (*startTab, *server.Server) {
	l.t.Helper()
	var err error
	if l.status, err = start.Write(l.made.Root, l.at("data/labextensions"), l.progress); err != nil {
		l.t.Fatal(err)
	}
	go l.status.Follow(l.t.Context())
	s, err := server.Start(l.t.Context(), server.Options{
		Python: l.made.Python(), Folder: l.at("notebooks"), Log: l.at("jupyterlab.log"), Runtime: l.at("runtime"),
		Env: append(l.made.JupyterEnv(), "JUPYTER_DATA_DIR="+l.at("data"), "JUPYTER_RUNTIME_DIR="+l.at("runtime"),
			"JUPYTERLAB_WORKSPACES_DIR="+l.at("workspaces"), "JUPYTERLAB_SETTINGS_DIR="+l.at("settings"), "VAELAB_RUNS="+l.at("runs")),
	})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(s.Stop)
	tab, end, err := browser.Open(l.t.Context(), width, height)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(end)
	if err := tab.Go(s.URL); err != nil {
		l.t.Fatal(err)
	}
	return &startTab{tab, l}, s
}

type startTab struct {
	*browser.Tab
	lab *startLab
}

// wait polls a condition in the page; it takes as long as a slow machine may.
func (p *startTab) wait(what, condition string) {
	p.lab.t.Helper()
	if err := p.Wait(condition, 90*time.Second); err != nil {
		p.screenshot("failed.png")
		var text string
		_ = p.Ask(`document.body.innerText`, &text)
		log, _ := os.ReadFile(p.lab.at("jupyterlab.log"))
		p.lab.t.Fatalf("waiting for %s: %v; the page says:\n%s\nand JupyterLab's log:\n%s", what, err, text, log)
	}
}

func (p *startTab) must(err error) {
	p.lab.t.Helper()
	if err != nil {
		p.screenshot("failed.png")
		p.lab.t.Fatal(err)
	}
}

func (p *startTab) screenshot(name string) {
	if folder := os.Getenv("VAELAB_SCREENSHOTS"); folder != "" {
		_ = p.Screenshot(filepath.Join(folder, "start-"+name)) // only a help for people
	}
}

// says is a condition: the start page is in front and has a text.
func says(text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('.vaelab-start')].some((p) => p.offsetParent && p.innerText.includes(%q))`, text)
}

const noLauncher = `!document.querySelector('.jp-Launcher')`

// TestStartPage opens a lab for the first time, looks at its start page, goes into a notebook, and finds itself there again
// at a second start.
func TestStartPage(t *testing.T) {
	lab := newStartLab(t)
	page, server := lab.open(1400, 1000)
	both, err := start.Of(lab.made.Root)
	if err != nil {
		t.Fatal(err)
	}
	course := both.Editions[0]
	for _, n := range course.Notebooks {
		page.wait("the notebook "+n.Title, says(n.Title))
		page.wait("its minutes", says(fmt.Sprintf("%d minutes", n.Minutes)))
		if len(n.Exercises) > 0 { // a card doesn't speak of none
			page.wait("its exercises", says(fmt.Sprintf("%d exercises", len(n.Exercises))))
		}
	}
	page.wait("the picture", `[...document.querySelectorAll('.vaelab-start img')].every((i) => i.naturalWidth > 0 && i.alt)`)
	page.wait("nothing before it", noLauncher)
	page.wait("where to begin", `document.querySelector('.vaelab-start-next')?.dataset.path == '01_autoencoder_to_vae.ipynb'`)
	page.wait("whole file names", `(() => {
		const names = [...document.querySelectorAll('.jp-DirListing-itemText span')].filter((n) => n.textContent.endsWith('.ipynb'));
		return names.length && names.every((n) => n.scrollWidth <= n.parentElement.clientWidth + 1);
	})()`)
	page.screenshot("wide.png")

	// What is still being compiled is told as it is.
	for _, stage := range setup.Stages {
		page.wait(string(stage), says(course.Words["waiting-"+string(stage)]))
		page.must(lab.status.Over(stage, nil))
	}
	page.wait("an end of that", `!document.querySelector('.vaelab-start-ready')`)

	// What is done shows by itself.
	done := fmt.Sprintf(`{%q: {"done": true}}`, course.Notebooks[1].Exercises[2])
	if err := os.WriteFile(lab.progress, []byte(done), 0o644); err != nil {
		t.Fatal(err)
	}
	page.wait("what is done", says(fmt.Sprintf("1 of %d exercises done", len(course.Notebooks[1].Exercises))))

	// Narrow, and dark.
	page.must(page.Resize(600, 900))
	page.wait("a narrow page", `document.querySelector('.vaelab-start-page').scrollWidth <= document.querySelector('.vaelab-start').clientWidth`)
	page.screenshot("narrow.png")
	page.must(page.Resize(1400, 1000))

	page.must(page.ClickNth(".vaelab-start-books button", 1))
	const cell = `[...document.querySelectorAll('.jp-NotebookPanel .jp-Cell')].filter((c) => c.offsetParent)`
	page.wait("notebook 2", cell+`.length > 5 && !document.querySelector('.jp-NotebookPanel .jp-Spinner')`)
	const active = `document.querySelector('.jp-Notebook .jp-Cell.jp-mod-active .cm-content')?.innerText ?? ''`
	var first, again string
	page.must(page.ClickNth(".jp-NotebookPanel .jp-CodeCell .cm-content", 2)) // the first of a section
	page.must(page.Ask(active, &first))
	section := regexp.MustCompile(`"heading":"[^"]+"`)
	kept := func() bool { // with the workspace, a moment later
		files, _ := filepath.Glob(lab.at("workspaces/*"))
		for _, f := range files {
			if text, _ := os.ReadFile(f); section.Match(text) && strings.Contains(string(text), `"current":"notebook:02`) {
				return true
			}
		}
		return false
	}
	for begin := time.Now(); !kept(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begin) > time.Minute {
			page.screenshot("failed.png")
			t.Fatal("the workspace doesn't keep where the learner is")
		}
	}
	server.Stop()

	// A second start: the notebook is in front, at the cell, and the start page is a tab behind it.
	if err := os.MkdirAll(lab.at("settings/@jupyterlab/apputils-extension"), 0o755); err != nil {
		t.Fatal(err)
	}
	dark := `{"theme": "JupyterLab Dark"}`
	if err := os.WriteFile(lab.at("settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"), []byte(dark), 0o644); err != nil {
		t.Fatal(err)
	}
	page, _ = lab.open(1400, 1000)
	page.wait("notebook 2 again", cell+`.length > 5 && !document.querySelector('.jp-NotebookPanel .jp-Spinner')`)
	page.wait("a cell far down", `document.querySelector('.jp-Notebook .jp-Cell.jp-mod-active')?.offsetTop > 200`)
	if page.must(page.Ask(active, &again)); again != first || first == "" {
		t.Errorf("the cell is %q, and was %q", again, first)
	}
	page.wait("no page before it", `!`+says(course.Words["lead"])+` && `+noLauncher)
	page.screenshot("second.png")
	page.must(page.ClickNth(`.lm-DockPanel-tabBar .lm-TabBar-tab`, 0))
	page.wait("where to go on", says("Go on here")+` && document.querySelector('.vaelab-start-next')?.dataset.path == '02_kl_divergence.ipynb'`)
	page.wait("where that is", says("last at: "))
	page.screenshot("dark.png")
}
