package browser

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

// TestSlidersInABrowser moves the sliders of a cell that runs in JupyterLab, in a real browser.
func TestSlidersInABrowser(t *testing.T) {
	lab := page.Open(t, func(path string) { labtest.Write(t, path, labtest.SlidersCell) })
	lab.RunCell()
	lab.Wait("the sliders", `document.querySelectorAll('input[type=range]').length == 2 && !document.querySelector('[role=group][aria-label^=Sliders]').hidden`)
	lab.Wait("the first picture", caption("0.000", "0.000"))
	if n := lab.Number(`document.querySelectorAll('[role=group] label').length`); n != 2 {
		t.Errorf("%v labels for 2 sliders", n)
	}

	picture := func() (src string) { // the one on the page
		lab.Do(chromedp.Evaluate(`document.querySelector('.jp-OutputArea-output figure img').src`, &src))
		return src
	}

	// By keyboard, as everybody can.
	pictures := map[string]bool{picture(): true}
	for _, step := range []struct {
		slider    int
		keys      string
		mu, sigma string
	}{
		{0, kb.ArrowRight + kb.ArrowRight, "0.005", "0.000"}, // two steps of 0.05
		{0, kb.End, "4.500", "0.000"},
		{1, kb.End, "4.500", "2.195"}, // (e² − 1 − 2)/2
		{1, kb.Home, "4.500", "0.568"},
		{0, kb.Home + kb.ArrowRight, "4.351", "0.568"},
	} {
		lab.Press(step.slider, step.keys)
		lab.Wait("the parts "+step.mu+" and "+step.sigma, caption(step.mu, step.sigma))
		src := picture()
		if pictures[src] {
			t.Errorf("at %s and %s the picture is one of those before", step.mu, step.sigma)
		}
		pictures[src] = true
	}

	// By a hand that is faster than any drawing: the newest values win, and pictures keep coming on the way.
	var sweep struct {
		Pictures, Frames, Blank, Jumps int
		Seconds, Median                float64
	}
	lab.Do(browser.Evaluate(sweepJS, &sweep))
	t.Logf("%d pictures in %.1f s of moving; from a move to its picture %.0f ms (median of single moves); %d of %d frames without a picture",
		sweep.Pictures, sweep.Seconds, 1000*sweep.Median, sweep.Blank, sweep.Frames)
	if sweep.Jumps > 0 {
		t.Errorf("the page jumped %d times while pictures changed", sweep.Jumps)
	}
	if sweep.Pictures < 2 {
		t.Errorf("%d pictures while the slider moved for %.1f s: nothing follows the hand", sweep.Pictures, sweep.Seconds)
	}
	lab.Wait("the last values", caption("1.125", "0.568"))
	lab.Screenshot("live.png")

	if n := lab.Number(`"vaelabLine" in WebSocket ? 1 : 0`); n != 0 {
		t.Error("the page's WebSocket is changed, where GoNB's line needs nothing")
	}

	// Where the hand rests, the sketch becomes a picture: two pixels for one of the page.
	lab.Wait("the picture in place of the sketch", `(() => { const img = document.querySelector('.jp-OutputArea-output figure img');
		return img.naturalWidth == 2 * img.getAttribute('width'); })()`)

	// Done ends the cell, and all of it stays.
	last := picture()
	lab.Do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	lab.Wait("the end of the cell", `document.body.innerText.includes('after the sliders') && !document.querySelector('input[type=range]')`)
	lab.Wait("where the sliders stood", `document.body.innerText.includes('stopped at μ = 1.50, log σ² = −2.00, because Done was pressed')`)
	if picture() != last {
		t.Error("the picture changed when Done was pressed")
	}
	lab.Clean()
	lab.Screenshot("stopped.png")

	// What was seen is what the file has.
	file := lab.Save("after the sliders\\n")
	if !strings.Contains(file, last[len("data:image/png;base64,"):][:2000]) || !strings.Contains(file, "0.568 nats") {
		t.Error("the last picture is not in the file")
	}
	for _, left := range []string{"<script", "type=\\\"range"} {
		if strings.Contains(file, left) {
			t.Errorf("the file still has %s", left)
		}
	}

	// The kernel's interrupt does what Done does, in a second run.
	lab.RunCell()
	lab.Wait("the sliders again", `document.querySelectorAll('input[type=range]').length == 2 && !document.querySelector('[role=group][aria-label^=Sliders]').hidden`)
	lab.Wait("the first picture again", caption("0.000", "0.000"))
	lab.Interrupt()
	lab.Wait("the end by interrupt", `document.body.innerText.includes('because the kernel was interrupted') && !document.querySelector('input[type=range]')`)
	lab.Wait("what comes after", `document.body.innerText.includes('after the sliders')`)
	lab.Clean()
}

// TestSlidersOfTheCourse moves the sliders of the course's notebook on the KL divergence, in a browser.
func TestSlidersOfTheCourse(t *testing.T) {
	labtest.Long(t)
	lab := open(t, "02_kl_divergence.ipynb", "wire", "imports", "area-plot", "police-live")
	lab.RunCell()
	for range 3 {
		lab.Next()
	}
	const ready = `(() => { const s = document.querySelectorAll('input[type=range]'); return s.length == 2 && s[0].offsetParent != null; })()`
	lab.Wait("the sliders", ready)

	// The picture stands in the same output as its sliders, and its words say the fine.
	says := func(text string) string {
		return fmt.Sprintf(`document.querySelector('input[type=range]').closest('.jp-OutputArea').querySelector('figure img').alt.includes(%q)`, text)
	}
	lab.Wait("the fine at the start", says("(for μ 1.12) (for σ 0.184)")) // ½·1.5² and ½(e⁻¹ − 1 + 1)
	lab.Press(0, kb.ArrowRight+kb.ArrowRight+kb.ArrowRight)
	lab.Wait("the fine at μ = 1.8", says("(for μ 1.62) (for σ 0.184)")) // ½·1.8²
	lab.Press(1, kb.End)
	lab.Wait("the fine at log σ² = 2", says("(for μ 1.62) (for σ 2.19)")) // ½(e² − 1 − 2)
	lab.Wait("the numbers beside the sliders", `[...document.querySelectorAll('[role=group] output')].map((o) => o.textContent).join() == '1.8,2.0'`)
	lab.Screenshot("course.png")
	lab.Do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	lab.Wait("where the sliders stood", `document.body.innerText.includes('stopped at μ = 1.8, log σ² = 2.0, because Done was pressed') && !document.querySelector('input[type=range]')`)
	lab.Wait("the last picture", `[...document.querySelectorAll('figure img')].some((i) => i.alt.includes('(for μ 1.62) (for σ 2.19)'))`)
	lab.Clean()
}

// sweepJS moves the first slider at every frame for two seconds, ends at 1.5, and counts the pictures that came. Then
// it times single moves, each to its own picture.
const sweepJS = `(async () => {
	const slider = document.querySelector('input[type=range]');
	const shown = () => ` + slidersPicture + `;
	const img = () => shown().src;
	const frame = () => new Promise(requestAnimationFrame);
	const move = (v) => { slider.value = v; slider.dispatchEvent(new Event('input', {bubbles: true})); };
	const seen = new Set(), begin = performance.now();
	let n = 0, blank = 0, jumps = 0, height = 0;
	while (performance.now() - begin < 2000) {
		move(3 * Math.sin(n++ / 40));
		seen.add(img());
		await frame();
		const now = shown();
		if (!now.complete) blank++;
		const tall = now.closest('.jp-OutputArea-output').offsetHeight;
		if (height && tall != height) jumps++;
		height = tall;
	}
	const seconds = (performance.now() - begin) / 1000;
	const times = [];
	for (let i = 0; i < 9; i++) {
		await new Promise((r) => setTimeout(r, 400));
		const before = img(), start = performance.now();
		move(-2 + i / 10);
		while (img() == before && performance.now() - start < 5000) await new Promise((r) => setTimeout(r, 1));
		times.push((performance.now() - start) / 1000);
	}
	move(1.5);
	times.sort((a, b) => a - b);
	return {Pictures: seen.size, Frames: n, Blank: blank, Jumps: jumps, Seconds: seconds, Median: times[4]};
})()`

// caption is a condition: the picture's caption says both parts.
func caption(mu, sigma string) string {
	text, _ := json.Marshal(fmt.Sprintf("The μ part is %s nats, the σ part %s nats.", mu, sigma))
	return fmt.Sprintf(`[...document.querySelectorAll('figcaption')].some((c) => c.textContent.includes(%s)) && document.querySelectorAll('.jp-OutputArea-output figure img').length == 1`, text)
}
