package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPlaneOfTheCourse walks the latent plane with the sliders of the course's first notebook, in a browser: both
// painters, AE and VAE, follow the hand.
func TestPlaneOfTheCourse(t *testing.T) {
	lab := openBook(t, someCells(t, "01_autoencoder_to_vae.ipynb", "wire", "imports", "pictures", "settings", "live"))
	lab.runCell()
	for range 3 {
		lab.next()
	}
	lab.wait("the sliders", `(() => { const s = document.querySelectorAll('input[type=range]'); return s.length == 3 && s[0].offsetParent != null; })()`)
	says := func(code string) string { // of the picture in the middle
		return fmt.Sprintf(`%s.alt.split('), (')[3] == %q`, slidersPicture, code)
	}
	picture := func() (src string) {
		lab.do(chromedp.Evaluate(slidersPicture+`.src`, &src))
		return src
	}
	lab.wait("the VAE at the start", says("0, 1"))
	start := picture()
	lab.press(0, kb.ArrowRight+kb.ArrowRight)
	lab.wait("z₁ = 0.2", says("0.2, 1"))
	lab.press(1, kb.Home)
	lab.wait("z₂ = −4", says("0.2, −4"))
	moved := picture()
	lab.press(2, kb.ArrowLeft)
	lab.wait("the AE's picture", fmt.Sprintf(`%s.src != %q`, slidersPicture, moved))
	lab.wait("the AE's code", says("0.2, −4"))
	if start == moved {
		t.Error("another code gives the same picture")
	}
	var sweep struct {
		Pictures, Frames, Blank, Jumps int
		Seconds, Median                float64
	}
	lab.do(chromedp.Evaluate(sweepJS, &sweep, awaited))
	t.Logf("%d pictures in %.1f s of moving; from a move to its picture %.0f ms (median of single moves)", sweep.Pictures, sweep.Seconds, 1000*sweep.Median)
	if sweep.Pictures < 2 || sweep.Jumps > 0 {
		t.Errorf("%d pictures while the slider moved for %.1f s, and %d jumps of the page", sweep.Pictures, sweep.Seconds, sweep.Jumps)
	}
	lab.wait("the last values", says("1.5, −4"))
	lab.screenshot("plane.png")
	lab.do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	lab.wait("where the sliders stood", `document.body.innerText.includes('because Done was pressed') && !document.querySelector('input[type=range]')`)
	lab.clean()
}

// slidersPicture finds the picture of the sliders: the last one in their output, where a training may have left others.
const slidersPicture = `[...document.querySelector('input[type=range]').closest('.jp-OutputArea').querySelectorAll('figure img')].at(-1)`

// someCells copies cells of one of the course's notebooks into a notebook of their own, beside the course's folder,
// from where the repository is found. The page may save what it shows there.
func someCells(t *testing.T, name string, ids ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(clone(t).Notebooks(), name))
	if err != nil {
		t.Fatal(err)
	}
	var book map[string]any
	if err := json.Unmarshal(text, &book); err != nil {
		t.Fatal(err)
	}
	var kept []any
	for _, cell := range book["cells"].([]any) {
		if slices.Contains(ids, cell.(map[string]any)["id"].(string)) {
			kept = append(kept, cell)
		}
	}
	if len(kept) != len(ids) {
		t.Fatalf("%s has %d of the cells %v", name, len(kept), ids)
	}
	book["cells"] = kept
	if text, err = json.Marshal(book); err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(clone(t).Root, "notebooks-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := filepath.Join(folder, "some.ipynb")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
