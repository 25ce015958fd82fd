// Package touch has the pages to read touched by a visitor: models are moved, what is set is sent, and what is wrong is said.
package touch

import (
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"

	"vaelab/cmd/internal/site"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// folder is the site of the tests: its models are drawn, not trained.
var folder string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "touch")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		folder = dir
		return m.Run()
	}())
}

// pages serves the pages, made when they are first asked for.
func pages(t *testing.T) *tab.Served {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a browser, which -short leaves alone")
	}
	if _, err := os.Stat(filepath.Join(folder, "index.html")); err != nil {
		var configs []run.Config
		for _, setting := range []struct {
			kind   run.Kind
			weight float64
		}{{run.AE, 1}, {run.VAE, 1}, {run.VAE, 0.5}, {run.VAE, 8}} {
			c := run.Default()
			c.Model, c.KLWeight, c.Epochs = setting.kind, setting.weight, 10
			configs = append(configs, c)
		}
		root := labtest.Layout(t).Root
		executed := t.TempDir()
		for _, l := range words.Languages { // as they are, without outputs
			if err := os.CopyFS(filepath.Join(executed, l.Folder()), os.DirFS(filepath.Join(root, "notebooks", l.Folder(), "solutions"))); err != nil {
				t.Fatal(err)
			}
		}
		err := site.BuildPages(t.Context(), site.Options{Version: "test", Root: root, Out: folder, Go: "go", Env: os.Environ(), Work: t.TempDir(),
			Runs: labtest.Untrained(t, configs...), Executed: executed})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tab.Serve(t, folder)
}

// each runs a test in Chromium, and in the long tests in Firefox, too.
func each(t *testing.T, test func(t *testing.T, v *tab.Visitor)) {
	t.Run("chromium", func(t *testing.T) { test(t, tab.VisitWith(t, pages(t), tab.Chromium)) })
	t.Run("firefox", func(t *testing.T) {
		labtest.Long(t)
		test(t, tab.VisitWith(t, pages(t), tab.Firefox))
	})
}

// hand is what a visitor's hand does, in the page: drag on an element, from place to place, each from 0 to 1; look at a canvas.
const hand = `(() => {
globalThis.drag = (element, ...places) => {
	element.setPointerCapture = () => {}; // no real finger is down
	const box = element.getBoundingClientRect();
	const send = (kind, [x, y]) => element.dispatchEvent(new PointerEvent(kind, {pointerId: 1, button: 0, bubbles: true,
		clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
	send("pointerdown", places[0]);
	for (const place of places) send("pointermove", place);
	send("pointerup", places.at(-1));
};
globalThis.slide = (element, value) => {
	element.value = value;
	for (const kind of ["input", "change"]) element.dispatchEvent(new Event(kind, {bubbles: true}));
};
globalThis.look = (canvas) => [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data].reduce((sum, x, i) => (sum * 31 + x) % 1000003, 7);
globalThis.press = (name) => [...document.querySelectorAll(".touch button")].find((b) => b.textContent === name).click();
globalThis.said = () => [...here.querySelectorAll(".numbers")].map((p) => p.textContent).join("\n");
return true;
})()`

// show opens a page, with a hand, and waits until something of it is alive.
func show(v *tab.Visitor, address, what string) {
	v.Show(address)
	at := fmt.Sprintf("document.querySelector('[data-live=%s]')", what)
	v.Wait("the page", at)
	v.Eval(at+".scrollIntoView({behavior: 'instant'})", nil)
	v.Wait(what, at+".previousElementSibling?.className === 'touch'")
	v.Eval("(globalThis.here = "+at+".previousElementSibling, true)", new(bool))
	v.Eval(hand, new(bool))
}

func text(v *tab.Visitor, expression string) (s string) {
	v.Eval("String("+expression+")", &s)
	return s
}

// TestPlane: what is dragged is painted, stands in the address, and comes back with it.
func TestPlane(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "index.html", "plane")
		const painted = "look(document.querySelector('.touch .large'))"
		first, begin := text(v, painted), text(v, "said()")
		v.Eval("(drag(document.querySelector('.touch .map'), [0.5, 0.5], [0.25, 0.75]), true)", new(bool))
		dragged := text(v, painted)
		if dragged == first || text(v, "location.search") != "?plane=-2.00,-2.00" || !strings.Contains(text(v, "said()"), "z = (−2.00, −2.00)") {
			t.Errorf("after a drag: the picture changed is %t, the address says %q, the page %q", dragged != first, text(v, "location.search"), text(v, "said()"))
		}
		v.Eval("(slide(document.querySelector('.touch [type=range]'), 1.5), true)", new(bool))
		if at := text(v, "location.search"); at != "?plane=1.50,-2.00" {
			t.Errorf("after the keyboard moved a slider the address says %q", at)
		}
		v.Eval("(history.back(), true)", new(bool))
		v.Wait("the place before", `said().includes("(−2.00, −2.00)")`)
		if text(v, painted) != dragged {
			t.Error("back at the place, another picture is painted")
		}
		v.Eval("(history.back(), true)", new(bool))
		v.Wait("the beginning", fmt.Sprintf("said() === %q", begin))
		v.Eval("(press('A random code'), press('Walk between two pictures'), true)", new(bool))
		sent := text(v, "location.search")
		walk := text(v, "look(document.querySelector('.strip'))")
		now := text(v, "said()")
		show(v, "index.html"+sent, "plane")
		if text(v, "look(document.querySelector('.strip'))") != walk || text(v, "said()") != now {
			t.Errorf("who is sent %q sees something else", sent)
		}
		v.Clean()
	})
}

// TestBothPlanes: an AE's and a VAE's decoder paint the same code.
func TestBothPlanes(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "read/01_autoencoder_to_vae.html?planes=-8,8", "planes")
		if said := text(v, "said()"); strings.Count(said, "z = (−8.00, 8.00)") != 2 {
			t.Errorf("the page says %q", said)
		}
		if text(v, "look(document.querySelectorAll('.touch .large')[0])") == text(v, "look(document.querySelectorAll('.touch .large')[1])") {
			t.Error("both paint the same")
		}
		v.Clean()
	})
}

// TestBell: the ticket is the closed form's, and the draws come near it.
func TestBell(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "read/02_kl_divergence.html", "bell")
		for _, at := range [][2]float64{{0, 0}, {-1.25, 1.5}, {3, -4}} {
			v.Eval(fmt.Sprintf("(slide(document.querySelectorAll('.touch [type=range]')[0], %g), slide(document.querySelectorAll('.touch [type=range]')[1], %g), true)", at[0], at[1]), new(bool))
			parts, err := kl.LogVarParts(at[0], at[1])
			if err != nil {
				t.Fatal(err)
			}
			if said := text(v, "said()"); !strings.Contains(said, fmt.Sprintf("%.2f nats for μ", parts.Mu)) || !strings.Contains(said, fmt.Sprintf("together %.2f", parts.Total())) {
				t.Errorf("at μ = %g, log σ² = %g the page says %q, want %.2f and %.2f together", at[0], at[1], said, parts.Mu, parts.Total())
			}
		}
		v.Eval("(drag(document.querySelector('.touch .bells'), [0.5, 0.5], [0.5, 0.1]), true)", new(bool))
		if at := text(v, "location.search"); !strings.HasPrefix(at, "?bell=0.00,-") {
			t.Errorf("the bell, dragged to the middle and up, is at %q", at)
		}
		v.Eval("(drag(document.querySelector('.touch .map'), [0.5, 0.5]), press('Draw 2,000'), true)", new(bool))
		want, err := kl.LogVarParts(0, -1)
		if err != nil {
			t.Fatal(err)
		}
		said := text(v, "said()")
		var mean, se, closed float64
		_, after, _ := strings.Cut(said, "2,000 draws: ")
		if _, err := fmt.Sscanf(strings.ReplaceAll(after, "−", "-"), "%f ± %f nats (one standard error). Closed form: %f.", &mean, &se, &closed); err != nil {
			t.Fatalf("the page says %q: %v", said, err)
		}
		if closed-want.Total() > 0.0006 || want.Total()-closed > 0.0006 || mean-closed > 4*se || closed-mean > 4*se || se <= 0 {
			t.Errorf("%g ± %g beside %g, want %g", mean, se, closed, want.Total())
		}
		v.Clean()
	})
}

// TestWeight: the models of two weights stand side by side, with the numbers of their runs.
func TestWeight(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "read/04_kl_weight.html?weight=0.5,8", "weight")
		said := text(v, "[...document.querySelectorAll('.measures > div')].map((d) => d.textContent).join('; ')")
		for _, want := range []string{"Reconstruction term262.0 nats; KL term4.00 nats; Its lossfirst + 0.5 × second", "Reconstruction term263.0 nats; KL term3.00 nats; Its lossfirst + 8 × second"} {
			if !strings.Contains(said, want) {
				t.Errorf("the page says %q, want %q", said, want)
			}
		}
		before := text(v, "look(document.querySelectorAll('.touch .grid')[1])")
		v.Eval("(slide(document.querySelector('.touch [type=range]'), 1), true)", new(bool))
		if text(v, "look(document.querySelectorAll('.touch .grid')[1])") == before || text(v, "location.search+location.hash") != "?weight=1,8#3-turn-the-weight-and-everything-turns-with-it" {
			t.Errorf("another weight shows the same new pictures, or isn't in the address %q", text(v, "location.search+location.hash"))
		}
		v.Clean()
	})
}

// TestNonsenseInAnAddress: what isn't a setting is as if it were not there.
func TestNonsenseInAnAddress(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "index.html", "plane")
		want := text(v, "said()")
		for _, nonsense := range []string{"plane=", "plane=1", "plane=1,2,3", "plane=NaN,0", "plane=1e9,0", "plane=%F0%9F%92%A9,0", "plane-walk=1,2000", "plane-walk=0.5,1",
			"weight=7,7", "own=1,8,@@@", "own=1,8", "plane=0,0x", "=&&&"} {
			show(v, "index.html?"+nonsense, "plane")
			if said := text(v, "said()"); !strings.HasPrefix(said, want) {
				t.Errorf("%s: the page says %q, want %q", nonsense, said, want)
			}
		}
		v.Clean()
	})
}

// TestOwnPicture: drawn, loaded, sent; and what can't be taken, with what is said of it.
func TestOwnPicture(t *testing.T) {
	each(t, func(t *testing.T, v *tab.Visitor) {
		show(v, "index.html", "own")
		const pad = "document.querySelector('.touch .pad')"
		v.Eval("(press('Clear'), true)", new(bool))
		if said := text(v, "said()"); !strings.Contains(said, "The picture is empty") {
			t.Errorf("an empty picture: %q", said)
		}
		v.Eval("(drag("+pad+", [0.3, 0.2], [0.3, 0.8], [0.7, 0.8]), true)", new(bool))
		drawn, said := text(v, "look("+pad+")"), text(v, "said()")
		if !strings.Contains(said, "Its KL divergence") || strings.Contains(said, "empty") {
			t.Errorf("a drawing: %q", said)
		}
		show(v, "index.html"+text(v, "location.search"), "own")
		if text(v, "look("+pad+")") != drawn || text(v, "said()") != said {
			t.Errorf("who is sent the drawing sees another, or reads %q instead of %q", text(v, "said()"), said)
		}
		// Files, made in the page.
		v.Eval(`(globalThis.load = async (name, blob) => {
	const input = document.querySelector(".touch [type=file]"), list = new DataTransfer();
	list.items.add(new File([await blob], name));
	input.files = list.files;
	const done = new Promise((f) => input.addEventListener("change", () => setTimeout(f, 1500)));
	input.dispatchEvent(new Event("change"));
	await done;
	return said();
}, globalThis.painted = (paint, width = 300, height = 200) => {
	const c = Object.assign(document.createElement("canvas"), {width, height});
	paint(c.getContext("2d"));
	return new Promise((f) => c.toBlob(f));
}, true)`, new(bool))
		for _, c := range []struct{ name, blob, want string }{
			{"nothing.png", "new Blob([])", "nothing.png is empty."},
			{"letter.png", `new Blob(["Dear all,"])`, "letter.png is no picture that this browser can read"},
			{"film.png", "new Blob([new Uint8Array(41e6)])", "film.png has 41 MB, and 40 is the most"},
			{"glass.png", "painted(() => {})", "glass.png is transparent everywhere"},
			{"wall.png", "painted((c) => { c.fillStyle = '#c33'; c.fillRect(0, 0, 300, 200) })", "wall.png has one shade everywhere"},
			{"red.png", "painted((c) => { c.fillStyle = '#f44'; c.fillRect(120, 60, 60, 80) })", "Its KL divergence"},
			{"huge.png", "painted((c) => { c.fillStyle = '#fff'; c.fillRect(1000, 900, 3000, 4000) }, 6000, 5000)", "Its KL divergence"},
			{"paper.png", "painted((c) => { c.fillStyle = '#fff'; c.fillRect(0, 0, 300, 200); c.fillStyle = '#000'; c.fillRect(120, 60, 60, 80) })", "Its KL divergence"},
		} {
			before := text(v, "look("+pad+")")
			var said string
			v.Eval(fmt.Sprintf("load(%q, %s)", c.name, c.blob), &said)
			if !strings.Contains(said, c.want) {
				t.Errorf("%s: the page says %q, want %q", c.name, said, c.want)
			}
			if kept := text(v, "look("+pad+")") == before; kept == (c.want == "Its KL divergence") {
				t.Errorf("%s: the picture before it is still there: %t", c.name, kept)
			}
		}
		// What is dark on light has been turned round: the rim is dark, the middle bright.
		var bright []int
		v.Eval("[0, 14 * 28 + 14].map((i) => "+pad+".getContext('2d').getImageData(0, 0, 28, 28).data[4 * i])", &bright)
		if bright[0] > 20 || bright[1] < 200 {
			t.Errorf("a dark thing on paper has the greys %v at its rim and in its middle, want dark and bright", bright)
		}
		v.Clean()
	})
}

// TestWhatIsMissing: the still stays, and a sentence says why.
func TestWhatIsMissing(t *testing.T) {
	served := pages(t)
	v := tab.VisitWith(t, served, tab.Chromium)
	v.Do(network.SetCacheDisabled(true))
	for _, c := range []struct {
		name, want string
		how        func(w http.ResponseWriter, data []byte)
	}{
		{"models-", "is missing on this site (404)", func(w http.ResponseWriter, _ []byte) { http.Error(w, "no", http.StatusNotFound) }},
		{"decoder-", "has come cut or damaged", func(w http.ResponseWriter, data []byte) { _, _ = w.Write(data[:len(data)/2]) }},
		{"decoder-", "this is no network", func(w http.ResponseWriter, _ []byte) { _, _ = w.Write([]byte("<!DOCTYPE html><title>Sorry</title>")) }},
		{"program-", "has come damaged, or this browser", func(w http.ResponseWriter, _ []byte) { _, _ = w.Write([]byte("<!DOCTYPE html>")) }},
	} {
		served.Change(func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(path.Base(r.URL.Path), c.name) {
				return false
			}
			data, err := served.File(r)
			if err != nil {
				t.Error(err)
			}
			c.how(w, data)
			return true
		})
		v.Show("index.html?" + c.name + c.want[:6])
		v.Wait("what is said of "+c.name, "document.querySelector('[data-live=plane] [role=status]')")
		if said := text(v, "document.querySelector('[data-live=plane] [role=status]').textContent"); !strings.Contains(said, c.want) || !strings.HasSuffix(said, "so this picture stands still.") {
			t.Errorf("%s: the page says %q, want %q", c.name, said, c.want)
		}
		if shown := text(v, "document.querySelector('[data-live=plane] img').getBoundingClientRect().width > 100"); shown != "true" {
			t.Errorf("%s: the still isn't shown", c.name)
		}
	}
	served.Change(nil)
	v.Before("delete globalThis.WebAssembly")
	v.Show("index.html")
	v.Wait("a sentence", "document.querySelector('[data-live=plane] [role=status]')?.textContent.includes('no WebAssembly')")
	v.Clean()
}
