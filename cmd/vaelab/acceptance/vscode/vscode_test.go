// Package vscode tests the course as VS Code's Jupyter extension shows it, without the editor: a client that starts the kernel itself
// and answers no comm, and a page like that in which the editor puts outputs. What the editor does stands in docs/vscode.md, with
// sources.
package vscode

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/words"
)

//go:embed client.py
var client string

// executed is what came of a code cell.
type executed struct {
	Seconds  float64
	Status   string
	Messages []message
}

// message is one of the kernel's, without what isn't asked for here.
type message struct {
	Type    string
	At      float64 // seconds after the cell's begin
	Content struct {
		Text      string // of a stream
		Data      map[string]any
		Transient struct {
			ID string `json:"display_id"`
		}
	}
}

func (m message) html() string {
	text, _ := m.Content.Data["text/html"].(string)
	return text
}

// page is what stands below the cell at last: blocks as HTML, each where it was put first, and what was printed.
func (c executed) page() string {
	at := map[string]int{}
	var parts []string
	for _, m := range c.Messages {
		text := m.html() + m.Content.Text
		id := m.Content.Transient.ID
		switch i, known := at[id]; {
		case m.Type == "update_display_data" && known:
			parts[i] = text
		case m.Type == "update_display_data": // VS Code drops it
		default:
			at[id] = len(parts)
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

// when is the time at which some words were first shown.
func (c executed) when(t *testing.T, text string) float64 {
	t.Helper()
	for _, m := range c.Messages {
		if strings.Contains(m.html(), text) {
			return m.At
		}
	}
	t.Fatalf("%q was never shown", text)
	return 0
}

// execute runs a notebook's cells with VS Code's kind of client. A session is what a Jupyter server tells its kernels; "" without one.
// The path is that of an editor which was started from a desktop.
func execute(t *testing.T, book, session string) []executed {
	t.Helper()
	lab := labtest.Lab(t)
	cmd := exec.CommandContext(t.Context(), lab.Python(), "-c", client, filepath.Join(lab.Venv(), "share", "jupyter", "kernels", "gonb", "kernel.json"), book)
	cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + os.Getenv("HOME"), words.Env + "=en", "VAELAB_RUNS=" + labtest.Runs(t), labtest.Budget()}
	if session != "" {
		cmd.Env = append(cmd.Env, "JPY_SESSION_NAME="+session)
	}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	var cells []executed
	for lines := json.NewDecoder(&out); ; {
		var c executed
		err := lines.Decode(&c)
		if err == io.EOF {
			return cells
		}
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, c)
	}
}

// executeCells runs cells of one's own.
func executeCells(t *testing.T, session string, sources ...string) []executed {
	t.Helper()
	book := filepath.Join(t.TempDir(), "book.ipynb")
	labtest.Write(t, book, sources...)
	cells := execute(t, book, session)
	if len(cells) != len(sources) {
		t.Fatalf("%d cells came back of %d", len(cells), len(sources))
	}
	return cells
}

// shows fails where a cell lacks something, has something left, or has sent what VS Code has nobody for.
func (c executed) shows(t *testing.T, want, left []string) {
	t.Helper()
	page := c.page()
	for _, w := range want {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q:\n%.2000s", w, page)
		}
	}
	for _, l := range left {
		if strings.Contains(page, l) {
			t.Errorf("the page has %q", l)
		}
	}
	for _, m := range c.Messages {
		if !slices.Contains([]string{"display_data", "update_display_data", "stream", "error"}, m.Type) {
			t.Errorf("the kernel has sent a %s", m.Type)
		}
	}
}

// What stays of sliders and pad where nobody can move them.
var (
	stills   = []string{"μ = −1.50, log σ² = 0.00", "log σ² = −1.00", "after the sliders"}
	recorded = []string{"The 20 recorded paths that come with the course are used.", "in the file: 20"}
	scripts  = []string{"<script", "type=\"range"}
)

const (
	interrupted = "%%\n// interrupted\nfmt.Println(\"begun\")\nfor {\n\ttime.Sleep(time.Second)\n}"
	after       = "%%\nfmt.Println(\"after it\")"
)

// TestOwnKernel has no Jupyter server: VS Code starts the kernel.
func TestOwnKernel(t *testing.T) {
	cells := executeCells(t, "", labtest.SlidersCell, labtest.PadCell, interrupted, after)
	sliders, pad, stopped, last := cells[0], cells[1], cells[2], cells[3]
	sliders.shows(t, append([]string{"These are stills, because no page answers here."}, stills...), scripts)
	if n := strings.Count(sliders.page(), "data:image/png"); n != 2 {
		t.Errorf("%d stills, want 2 lines of 2", n)
	}
	pad.shows(t, append([]string{"Nobody can draw here, because no page answers."}, recorded...), scripts)
	stopped.shows(t, []string{"begun"}, nil)
	if stopped.Status != "error" {
		t.Errorf("the interrupted cell's status is %s", stopped.Status)
	}
	last.shows(t, []string{"after it"}, nil)
	t.Logf("sliders %.1f s, pad %.1f s", sliders.Seconds, pad.Seconds)
}

// TestServerOfALab has VS Code connected to a Jupyter server: it makes the session's name up, and nobody is asked.
func TestServerOfALab(t *testing.T) {
	session := filepath.Join(t.TempDir(), "02_kl_divergence-0fc8e8a5-3b9e-4d7c-9a53-1f0c6a2b7d11.ipynb")
	cells := executeCells(t, session, labtest.SlidersCell, labtest.PadCell)
	cells[0].shows(t, append([]string{"These are stills, because no page answers here."}, stills...), scripts)
	cells[1].shows(t, append([]string{"Nobody can draw here, because no page answers."}, recorded...), scripts)
	t.Logf("sliders %.1f s, pad %.1f s", cells[0].Seconds, cells[1].Seconds)
}

// TestServerWithoutAPage has a server's session by a usual name, and no page that answers, as if something in between kept it off.
func TestServerWithoutAPage(t *testing.T) {
	cells := executeCells(t, "/home/ann/book.ipynb", labtest.SlidersCell, labtest.PadCell)
	const mute = "this page doesn’t answer"
	said := func(text string) string { return strings.ReplaceAll(text, "’", "&#39;") }
	cells[0].shows(t, append([]string{said("These are stills, because " + mute)}, stills...), []string{"vaelabLine", "type=\"range"})
	cells[1].shows(t, append([]string{said("Nobody can draw here, because " + mute)}, recorded...), []string{"vaelabLine", "<svg"})
	waited := cells[0].when(t, said(mute)) - cells[0].when(t, "The μ part is 0.000 nats")
	// A machine may be slow, so what the same cell takes where nobody is asked comes on top.
	at := executeCells(t, "", labtest.SlidersCell)[0].Seconds
	if waited > 5+at {
		t.Errorf("stills come %.1f s after the picture; without a server the whole cell takes %.1f s", waited, at)
	}
	t.Run("in a frame", func(t *testing.T) { reachNobody(t, cells) })
	t.Logf("from the picture to stills %.1f s, the cells %.1f and %.1f s", waited, cells[0].Seconds, cells[1].Seconds)
}

const (
	wrong = "func KL(mu, sigma float64) float64 { return mu*mu + sigma*sigma - 1 - 2*math.Log(sigma) }"
	right = "func KL(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) }"
	check = "import \"vaelab/vaelib/exercise\"\n%%\nexercise.KLInOneDimension.Check(KL)"
)

// TestExercise checks a wrong answer, one that doesn't compile, one that ends its program, and the right one.
func TestExercise(t *testing.T) {
	silent := strings.Replace(right, "return", "os.Exit(0); return", 1)
	cells := executeCells(t, "", wrong, check, "func KL(mu, sigma float64) float64 { return mu +", silent, check, right, check)
	for _, c := range []struct {
		cell   int
		status string
		want   string
	}{
		{1, "ok", "twice the true one"}, {2, "error", ""}, {4, "ok", "no verdict"}, {6, "ok", "✓"},
	} {
		if got := cells[c.cell]; got.Status != c.status {
			t.Errorf("cell %d: status %s, want %s", c.cell, got.Status, c.status)
		}
		cells[c.cell].shows(t, []string{c.want}, scripts)
	}
	if strings.Contains(cells[1].page(), "✓") {
		t.Error("a wrong answer has a tick")
	}
}
