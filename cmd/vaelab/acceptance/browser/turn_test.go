package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestWeightOfTheCourse turns the KL weight with the slider of notebook 04, in a browser: what is trained
// shows at once, and a weight between two others is trained when the slider is done there.
func TestWeightOfTheCourse(t *testing.T) {
	page := open(t, "04_kl_weight.ipynb", "wire", "imports", "settings", "live")
	page.RunCell()
	for range 3 {
		page.Next()
	}
	const ready = `(() => { const s = document.querySelectorAll('input[type=range]'); return s.length == 1 && s[0].offsetParent != null; })()`
	says := func(text string) string {
		return fmt.Sprintf(`[...document.querySelector('input[type=range]').closest('.jp-OutputArea').querySelectorAll('figcaption')].at(-1).textContent.includes(%q)`, text)
	}
	picture := func() (src string) {
		page.Do(chromedp.Evaluate(slidersPicture+`.src`, &src))
		return src
	}
	page.Wait("the slider", ready)
	page.Wait("the weight at the start", says("This weight is trained. KL weight 1:"))
	one := picture()
	page.Press(0, kb.ArrowRight+kb.ArrowRight)
	page.Wait("the weight 2", says("This weight is trained. KL weight 2:"))
	two := picture()
	page.Press(0, kb.End)
	page.Wait("the weight 8", says("This weight is trained. KL weight 8:"))
	if eight := picture(); one == two || two == eight {
		t.Error("another weight gives the same picture")
	}
	page.Press(0, kb.ArrowLeft)
	page.Wait("a weight that isn't trained", says("The slider stands at 5.66, which isn't trained yet: this is the nearest that is. KL weight 8:"))
	page.Screenshot("weight.png")
	page.Do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	page.Wait("its training", `!document.querySelector('input[type=range]') && [...document.querySelectorAll('figcaption')].at(-1).textContent.includes('KL weight 5.66:')`)
	page.Clean()

	// Once more: now it is one of those that are trained.
	page.Do(chromedp.Evaluate(`void ([...document.querySelectorAll('.jp-CodeCell .cm-content')].find((e) => e.textContent.includes('lab.Turn(')).id = 'again')`, nil),
		chromedp.Click(`#again`, chromedp.ByQuery))
	page.Next()
	page.Wait("the slider again", ready)
	page.Press(0, kb.End+kb.ArrowLeft)
	page.Wait("the new weight", says("This weight is trained. KL weight 5.66:"))
	page.Do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	page.Wait("the end", `document.body.innerText.includes('because Done was pressed') && !document.querySelector('input[type=range]')`)
}
