package browser

import (
	"fmt"
	"testing"

	"vaelab/cmd/internal/browser"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPlaneOfTheCourse walks the latent plane with the sliders of the course's first notebook, in a browser: both
// painters, AE and VAE, follow the hand.
func TestPlaneOfTheCourse(t *testing.T) {
	lab := open(t, "01_autoencoder_to_vae.ipynb", "wire", "imports", "pictures", "settings", "live")
	lab.RunCell()
	for range 4 {
		lab.Next()
	}
	lab.Wait("the sliders", `(() => { const s = document.querySelectorAll('input[type=range]'); return s.length == 3 && s[0].offsetParent != null; })()`)
	says := func(code string) string { // of the picture in the middle
		return fmt.Sprintf(`%s.alt.split('), (')[3] == %q`, slidersPicture, code)
	}
	picture := func() (src string) {
		lab.Do(chromedp.Evaluate(slidersPicture+`.src`, &src))
		return src
	}
	lab.Wait("the VAE at the start", says("0, 1"))
	start := picture()
	lab.Press(0, kb.ArrowRight+kb.ArrowRight)
	lab.Wait("z₁ = 0.2", says("0.2, 1"))
	lab.Press(1, kb.Home)
	lab.Wait("z₂ = −4", says("0.2, −4"))
	moved := picture()
	lab.Press(2, kb.ArrowLeft)
	lab.Wait("the AE's picture", fmt.Sprintf(`%s.src != %q`, slidersPicture, moved))
	lab.Wait("the AE's code", says("0.2, −4"))
	if start == moved {
		t.Error("another code gives the same picture")
	}
	var sweep struct {
		Pictures, Frames, Blank, Jumps int
		Seconds, Median                float64
	}
	lab.Do(browser.Evaluate(sweepJS, &sweep))
	t.Logf("%d pictures in %.1f s of moving; from a move to its picture %.0f ms (median of single moves)", sweep.Pictures, sweep.Seconds, 1000*sweep.Median)
	if sweep.Pictures < 2 || sweep.Jumps > 0 {
		t.Errorf("%d pictures while the slider moved for %.1f s, and %d jumps of the page", sweep.Pictures, sweep.Seconds, sweep.Jumps)
	}
	lab.Wait("the last values", says("1.5, −4"))
	lab.Screenshot("plane.png")
	lab.Do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	lab.Wait("where the sliders stood", `document.body.innerText.includes('because Done was pressed') && !document.querySelector('input[type=range]')`)
	lab.Clean()
}
