package hub

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// enter logs a person in, in a browser of their own that stays as long as the hub, by name and password, and opens a server: by its
// name, or "".
func (s *served) enter(t *testing.T, p *person, server string) *page.Lab {
	t.Helper()
	if p.tab == nil || p.tab.Err() != nil {
		ctx, end, err := browser.Start(s.t.Context(), 1200, 1000, chromedp.Flag("ignore-certificate-errors", true))
		if err != nil {
			t.Fatal(err)
		}
		s.t.Cleanup(end)
		p.tab = ctx
		s.do(t, p, chromedp.Navigate(s.address.String()+"hub/login"), chromedp.SendKeys("#username_input", p.name, chromedp.ByQuery),
			chromedp.SendKeys("#password_input", p.password+kb.Enter, chromedp.ByQuery))
		s.until(t, p, "the login", `!location.pathname.endsWith("/hub/login")`)
	}
	below, spawn := p.server(), "hub/spawn"
	if server != "" {
		below, spawn = below+server+"/", spawn+"/"+url.PathEscape(p.name)+"/"+server
	}
	begin := time.Now()
	s.do(t, p, chromedp.Navigate(s.address.String()+spawn))
	s.until(t, p, "the server", fmt.Sprintf(`location.pathname.startsWith(%q) && document.querySelector(".jp-DirListing-item, .jp-Launcher") != null`, s.address.Path+below))
	t.Logf("%s has a server after %v", p.name, time.Since(begin).Round(100*time.Millisecond))
	s.do(t, p, chromedp.Navigate(s.address.String()+"hub/home")) // JupyterLab leads a second of its pages to another address
	lab := s.address.JoinPath(below, "lab")
	return page.Elsewhere(page.Served{Folder: p.home, Page: lab, Token: s.token, Log: s.log, Tab: p.tab, Give: p.give})
}

func (s *served) do(t *testing.T, p *person, actions ...chromedp.Action) {
	t.Helper()
	ctx, stop := labtest.Until(p.tab, t)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatalf("%v; the hub's log:\n%s", err, labtest.Read(t, s.log))
	}
}

// until waits for a condition on whatever page a person's browser is led to: one that is left can't be asked any more.
func (s *served) until(t *testing.T, p *person, what, condition string) {
	t.Helper()
	ctx, stop := labtest.Until(p.tab, t)
	defer stop()
	for begin := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		var holds bool
		err := chromedp.Run(ctx, chromedp.Evaluate(condition, &holds))
		if err == nil && holds {
			return
		}
		if ctx.Err() != nil || time.Since(begin) > 4*time.Minute {
			var text string
			_ = chromedp.Run(p.tab, chromedp.Evaluate(`location.href + "\n" + document.body.innerText`, &text))
			t.Fatalf("waiting for %s: %v; the page is\n%s\nand the hub's log\n%s", what, err, text, labtest.Read(t, s.log))
		}
	}
}

// ask leads the browser of a person who has logged in to a page of the hub or of a server, and gives what comes.
func (s *served) ask(t *testing.T, p *person, path string) (status int, text string) {
	t.Helper()
	ctx, stop := labtest.Until(p.tab, t)
	defer stop()
	answer, err := chromedp.RunResponse(ctx, chromedp.Navigate(s.address.String()+path))
	if err == nil {
		err = chromedp.Run(ctx, chromedp.Evaluate(`document.body.innerText`, &text))
	}
	if err != nil {
		t.Fatalf("%s asks for %s: %v", p.name, path, err)
	}
	return int(answer.Status), text
}

// says is a condition: some output has the words.
func says(words string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(".jp-OutputArea-output")].some((o) => o.innerText.includes(%q))`, words)
}

// slides moves a slider to both ends, and waits for each picture.
func slides(t *testing.T, lab *page.Lab) {
	t.Helper()
	book := lab.Open(t, func(path string) { labtest.Write(t, path, labtest.SlidersCell) })
	book.RunCell()
	book.Wait("the sliders", `document.querySelector("[role=group][aria-label^=Sliders]:not([hidden]) input[type=range]") != null`)
	for _, at := range []struct{ key, parts string }{{kb.End, "The μ part is 4.500 nats"}, {kb.Home + kb.ArrowRight, "The μ part is 4.351 nats"}} {
		begin := time.Now()
		book.Press(0, at.key)
		book.Wait("the picture", says(at.parts))
		t.Logf("from a move to its picture %v", time.Since(begin).Round(time.Millisecond))
	}
	book.Do(chromedp.Click("[role=group] button", chromedp.ByQuery))
	book.Wait("the end", says("after the sliders"))
	book.Clean()
}

// stills waits for pictures and a sentence, where sliders don't come.
func stills(t *testing.T, lab *page.Lab) {
	t.Helper()
	book := lab.Open(t, func(path string) { labtest.Write(t, path, labtest.SlidersCell) })
	book.RunCell()
	book.Wait("the first picture", says("The μ part is 0.000 nats"))
	begin := time.Now()
	book.Wait("the sentence", says("These are stills, because this page doesn't answer."))
	t.Logf("from the first picture to stills %v", time.Since(begin).Round(time.Millisecond))
	book.Wait("the end", says("after the sliders"))
	book.Clean()
}

// answers has an exercise checked: a wrong answer, then the right one.
func answers(t *testing.T, lab *page.Lab) {
	t.Helper()
	const exercise = "ex-kl-in-one-dimension"
	book := lab.Open(t, func(path string) {
		labtest.SomeCells(t, "02_kl_divergence.ipynb", path, "wire", "imports", exercise, exercise+"-check")
	})
	book.RunCell()
	book.Next()
	write := func(cell, text string) {
		book.Wait("the cell with "+cell, fmt.Sprintf(`(() => {
			const cell = [...document.querySelectorAll(".jp-CodeCell .cm-content")].find((c) => c.textContent.includes(%q));
			cell?.focus(); // a click would miss a cell that JupyterLab draws anew
			return cell != null && document.activeElement == cell; })()`, cell))
		book.Do(chromedp.KeyEvent("a", chromedp.KeyModifiers(input.ModifierCtrl)), chromedp.ActionFunc(input.InsertText(text).Do))
		book.Next()
	}
	for _, answer := range []struct{ half, verdict string }{{"", "Your value is twice the true one"}, {"0.5 * ", ": right"}} {
		write("func KL(", "func KL(mu, sigma float64) float64 { return "+answer.half+"(mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) }")
		write("exercise.KLInOneDimension", "%%\nexercise.KLInOneDimension.Check(KL)")
		book.Wait("the verdict", says(answer.verdict))
	}
	book.Clean()
}

// trains trains a small model of one's own, and tries on the way to read another's file.
func trains(t *testing.T, lab *page.Lab, p, other *person) {
	t.Helper()
	secret := filepath.Join(other.home, ".profile")
	if _, err := os.Stat(secret); err != nil {
		t.Fatalf("the other has no file to be read: %v", err)
	}
	book := lab.Open(t, func(path string) {
		labtest.Write(t, path, fmt.Sprintf(`import (
	"fmt"
	"os"
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)

%%%%
_, err := os.ReadFile(%q)
fmt.Println("the other's file:", os.IsPermission(err))
c := run.Default()
c.Hidden, c.Epochs, c.Seed = 16, 1, %d
m := show.Must(lab.Train(c, show.Must(datasets.Sample())))
fmt.Printf("trained as user %%d: %%t\n", os.Getuid(), m != nil)`, secret, p.uid))
	})
	book.RunCell()
	book.Wait("the training", says(fmt.Sprintf("trained as user %d: true", p.uid)))
	book.Wait("what is the other's", says("the other's file: true"))
	book.Clean()
}

// keeps looks at what a person's work has left: in their home, theirs, and for nobody else.
func (p *person) keeps(t *testing.T) {
	t.Helper()
	home, err := os.Stat(p.home)
	if err != nil {
		t.Fatal(err)
	}
	if home.Mode().Perm() != 0o700 {
		t.Errorf("the home of %s has the rights %v", p.name, home.Mode().Perm())
	}
	found := map[string]int{}
	err = filepath.WalkDir(p.home, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if uid := int(info.Sys().(*syscall.Stat_t).Uid); uid != p.uid {
			t.Errorf("%s belongs to user %d", path, uid)
		}
		for _, kind := range []string{"run.json", "progress.json"} {
			if d.Name() == kind && strings.Contains(path, filepath.Join(p.home, ".cache", "vaelab")) {
				found[kind]++
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if found["run.json"] != 1 || found["progress.json"] != 1 {
		t.Errorf("%s has kept %v, want one run and one file of progress", p.name, found)
	}
	if n := len(labtest.Read(t, filepath.Join(p.home, "vaelab", "02_kl_divergence.ipynb"))); n == 0 {
		t.Error("the notebooks weren't copied")
	}
}
