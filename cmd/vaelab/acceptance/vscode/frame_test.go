package vscode

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
)

//go:embed frame.html
var frame string

// themes are what outputs are seen in: colours of VS Code's Light Modern, Dark Modern and Dark High Contrast.
var themes = []struct {
	name, kind string
	colours    map[string]string
}{
	{"light", "vscode-light", map[string]string{"editor-background": "#FFFFFF", "editor-foreground": "#3B3B3B", "foreground": "#3B3B3B",
		"textLink-foreground": "#005FB8", "textPreformat-foreground": "#3B3B3B", "textPreformat-background": "#0000001F"}},
	{"dark", "vscode-dark", map[string]string{"editor-background": "#1F1F1F", "editor-foreground": "#CCCCCC", "foreground": "#CCCCCC",
		"textLink-foreground": "#4daafc", "textPreformat-foreground": "#D0D0D0", "textPreformat-background": "#3C3C3C"}},
	{"high contrast", "vscode-high-contrast", map[string]string{"editor-background": "#000000", "editor-foreground": "#FFFFFF", "foreground": "#FFFFFF",
		"textLink-foreground": "#21A6FF", "textPreformat-foreground": "#FFFFFF", "textPreformat-background": "#000000"}},
}

// step is something that is put into the page: HTML, or a stream's text.
type step struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
	Text string `json:"text"`
}

// steps are what cells send, in its order. An update may be empty: so controls are taken off a page.
func steps(cells []executed) (all []step) {
	known := map[string]bool{}
	for _, c := range cells {
		for _, m := range c.Messages {
			id := m.Content.Transient.ID
			update := m.Type == "update_display_data"
			if update && !known[id] {
				continue
			}
			known[id] = true
			if text := m.Content.Text; update || text != "" || m.html() != "" {
				all = append(all, step{id, m.html(), text})
			}
		}
	}
	return all
}

// report is what the frame says of itself.
type report struct {
	Faults, Wide []string
	Texts        []struct {
		Text     string
		Contrast float64
	}
	Pictures int
	Controls []string // what is left to be moved, drawn in or pressed, seen or not
	Height   int64
}

// look puts cells' outputs into a frame that may do nothing but run scripts, in a theme, and gives its report. As in the editor, the frame's
// address isn't of http.
func look(t *testing.T, cells []executed, theme int, name string) (r report) {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
	given, err := json.Marshal(map[string]any{"theme": themes[theme].colours, "kind": themes[theme].kind, "steps": steps(cells)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/frame" {
			fmt.Fprint(w, strings.Replace(frame, "{{.}}", string(given), 1))
			return
		}
		fmt.Fprint(w, `<!DOCTYPE html><body style="margin:0"><iframe sandbox="allow-scripts" style="border:0;display:block;width:100%;height:100vh"></iframe>`+
			`<script>globalThis.told = new Promise((tell) => addEventListener("message", (m) => tell(m.data)));`+
			`fetch("/frame").then((r) => r.text()).then((text) => document.querySelector("iframe").srcdoc = text);</script>`)
	}))
	t.Cleanup(server.Close)
	ctx, end, err := browser.Start(t.Context(), 1000, 900)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	err = chromedp.Run(ctx, chromedp.Navigate(server.URL),
		browser.Evaluate(`told`, &r))
	if err != nil {
		t.Fatal(err)
	}
	const part = 1200 // pixels of a screenshot
	for y := int64(0); y < r.Height; y += part {
		browser.ForPeople(func(path string) error {
			shift := fmt.Sprintf(`Object.assign(document.querySelector("iframe").style, { height: "%dpx", marginTop: "-%dpx" }); `+
				`new Promise((later) => setTimeout(later, 300))`, r.Height, y)
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(1000, part), browser.Evaluate(shift, nil)); err != nil {
				return err
			}
			return browser.Screenshot(ctx, path)
		}, fmt.Sprintf("%s %s %d.png", name, themes[theme].name, y/part))
	}
	return r
}

// TestLooks shows outputs of each kind in the frame, in light and dark.
func TestLooks(t *testing.T) {
	book := filepath.Join(t.TempDir(), "some.ipynb")
	labtest.SomeCells(t, filepath.Join("solutions", "02_kl_divergence.ipynb"), book, "wire", "imports", "area-plot", "directions", "derive-check",
		"entropies", "ex-kl-in-one-dimension", "ex-kl-in-one-dimension-check", "quiz", "quiz-answer", "progress")
	cells := execute(t, book, "")
	cells = append(cells, executeCells(t, "", wrong, check, labtest.SlidersCell, labtest.PadCell, kinds)...)
	for theme := range themes {
		t.Run(themes[theme].name, func(t *testing.T) {
			r := look(t, cells, theme, "looks")
			for _, fault := range append(r.Faults, r.Wide...) {
				t.Error(fault)
			}
			if r.Pictures < 4 || len(r.Texts) < 50 {
				t.Errorf("%d pictures and %d texts: outputs are missing", r.Pictures, len(r.Texts))
			}
			least := 21.0
			for _, text := range r.Texts {
				least = min(least, text.Contrast)
				if text.Contrast < 4.5 { // WCAG 2.2, 1.4.3
					t.Errorf("%q has a contrast of %.1f", text.Text, text.Contrast)
				}
			}
			t.Logf("%d pictures, %d texts, the least contrast %.1f", r.Pictures, len(r.Texts), least)
		})
	}
}

// kinds shows what the cells of the course show elsewhere: a training, its curves, a line that changes, code that opens, an error.
const kinds = `import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)

%%
show.Folded("Code", "x := 1")
tell := show.Status()
tell("Half of it is done.", false)
tell("All is done.", true)
config := run.Default()
config.Epochs = 1
model := show.Must(lab.Train(config, show.Must(datasets.Sample())))
show.Figure(model.Map())
show.Must(os.Open("nowhere"))`

// reachNobody shows what cells send that take the page for JupyterLab's: nothing of it may fail, and no controls may stay.
func reachNobody(t *testing.T, cells []executed) {
	if all := fmt.Sprint(steps(cells)); !strings.Contains(all, "vaelabLine") || !strings.Contains(all, "gonb_comm._ws_url") {
		t.Fatal("no script of ours, or none of GoNB's, came to the page")
	}
	r := look(t, cells, 0, "scripts")
	for _, fault := range r.Faults {
		// GoNB's own script, which finds no server here and says so.
		if strings.Contains(fault, "connect-src forbids ws:") || strings.Contains(fault, "connection closed") {
			t.Log(fault)
			continue
		}
		t.Error(fault)
	}
	for _, c := range r.Controls {
		t.Errorf("controls are still there: %s", c)
	}
}
