package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

// These are strokes from the start to the goal, in the square: on the left, on the right, and through the obstacle.
var left, right, through = [][2]float64{{0.5, 0.06}, {0.2, 0.3}, {0.2, 0.7}, {0.51, 0.94}},
	[][2]float64{{0.49, 0.05}, {0.8, 0.3}, {0.8, 0.7}, {0.5, 0.95}}, [][2]float64{{0.5, 0.05}, {0.5, 0.95}}

// pen draws in the page's square, by mouse or by finger.
type pen struct {
	*page.Page
	touch bool
}

func (p pen) draw(points [][2]float64) {
	var box struct{ X, Y, Width, Height float64 }
	p.Do(chromedp.Evaluate(`(() => { const s = document.querySelector('[id^=pad_] svg'); s.scrollIntoView({block: 'center', behavior: 'instant'});
		const {x, y, width, height} = s.getBoundingClientRect(); return {X: x, Y: y, Width: width, Height: height}; })()`, &box))
	at := func(p [2]float64) (x, y float64) { return box.X + p[0]*box.Width, box.Y + (1-p[1])*box.Height }
	send := func(kind int, x, y float64) chromedp.Action { // 0 down, 1 move, 2 up
		if p.touch {
			points := []*input.TouchPoint{{X: x, Y: y}}
			if kind == 2 {
				points = nil
			}
			return input.DispatchTouchEvent([]input.TouchType{input.TouchStart, input.TouchMove, input.TouchEnd}[kind], points)
		}
		return input.DispatchMouseEvent([]input.MouseType{input.MousePressed, input.MouseMoved, input.MouseReleased}[kind], x, y).
			WithButton(input.Left).WithClickCount(1).WithButtons([]int64{1, 1, 0}[kind])
	}
	x, y := at(points[0])
	p.Do(send(0, x, y))
	for i := 1; i < len(points); i++ {
		for k := 1; k <= 8; k++ {
			t := float64(k) / 8
			x, y = at([2]float64{points[i-1][0] + t*(points[i][0]-points[i-1][0]), points[i-1][1] + t*(points[i][1]-points[i-1][1])})
			p.Do(send(1, x, y))
		}
	}
	p.Do(send(2, x, y))
}

// says waits for the answer, with so many lines in the square.
func (p pen) says(text string, lines int) {
	p.Wait("the answer "+text, fmt.Sprintf(`document.querySelector('[id^=pad_] [role=status]').textContent.includes(%q)
		&& document.querySelectorAll('[id^=pad_] [data-part=taken] polyline').length == %d`, text, lines))
}

func (p pen) press(what string) {
	p.Do(chromedp.Evaluate(fmt.Sprintf(`document.querySelector('[id^=pad_] [data-do=%s]').focus()`, what), nil), chromedp.KeyEvent(kb.Enter))
}

const padReady = `document.querySelector('[id^=pad_]')?.hidden === false`

// TestPadInABrowser draws demonstrations in a cell that runs in JupyterLab: by mouse, by keyboard, and, going on from there, by finger.
func TestPadInABrowser(t *testing.T) {
	lab := page.Open(t, func(path string) { labtest.Write(t, path, labtest.PadCell) })
	p := pen{Page: lab}
	lab.RunCell()
	lab.Wait("the square", padReady)
	begin := time.Now()
	p.draw(left)
	p.says("✓ Taken (1 of 20)", 1)
	t.Logf("a stroke and its answer took %.0f ms", 1000*time.Since(begin).Seconds())
	p.draw(through)
	p.says("✗ The path touches the obstacle", 1)
	lab.Screenshot("pad-refused.png")
	p.press("stop")
	p.says("✗ That is 1, and at least 4 are needed", 1)
	p.draw(right)
	p.says("✓ Taken (2 of 20)", 2)
	p.draw([][2]float64{{0.8, 0.8}, {0.5, 0.95}})
	p.says("from the start: begin there", 2)
	p.draw([][2]float64{{0.5, 0.05}, {1.1, 0.5}, {0.5, 0.95}})
	p.says("outside the picture", 2)
	p.draw(left)
	p.says("✓ Taken (3 of 20)", 3)

	// By keyboard: three far steps to the left, nine up, three back.
	shift := chromedp.KeyModifiers(input.ModifierShift)
	lab.Do(chromedp.Evaluate(`document.querySelector('[id^=pad_] svg').focus()`, nil))
	for _, step := range []struct {
		key   string
		times int
	}{{kb.ArrowLeft, 3}, {kb.ArrowUp, 9}, {kb.ArrowRight, 3}} {
		for range step.times {
			lab.Do(chromedp.KeyEvent(step.key, shift))
		}
	}
	p.says("The pen is at 0.50, 0.95", 3)
	lab.Screenshot("pad-pen.png")
	lab.Do(chromedp.KeyEvent(kb.Enter))
	p.says("✓ Taken (4 of 20)", 4)
	p.draw(right)
	p.says("✓ Taken (5 of 20)", 5)
	p.press("undo")
	p.says("The last one is gone: 4 of 20", 4)
	lab.Screenshot("pad.png")
	p.press("stop")
	lab.Wait("the end of the cell", `document.body.innerText.includes('in the file: 4, the first on the left: true') && !document.querySelector('[id^=pad_] svg')`)
	lab.Wait("what is said of the file", `document.body.innerText.includes('The drawing ended with 4 of 20, because Done was pressed') && document.body.innerText.includes('Kept: 4 paths, in ') && document.body.innerText.includes('The 4 paths that you have drawn are used.')`)
	lab.Clean()
	file := lab.Save("in the file: 4")
	if strings.Contains(file, "<script") || !strings.Contains(file, "data:image/svg+xml;base64,") {
		t.Error("what stays in the notebook is not a picture alone")
	}

	// Once more, by finger, on a phone: they are there, to go on from; the interrupt keeps what is drawn.
	lab.RunCell()
	lab.Wait("the square again", padReady)
	lab.Do(emulation.SetTouchEmulationEnabled(true).WithMaxTouchPoints(2), chromedp.EmulateViewport(390, 844))
	p.touch = true
	p.says("4 paths from before", 4)
	p.draw(through)
	p.says("✗ The path touches the obstacle", 4)
	p.draw(right)
	p.says("✓ Taken (5 of 20)", 5)
	lab.Screenshot("pad-phone.png")
	lab.Interrupt()
	lab.Wait("the end by interrupt", `document.body.innerText.includes('The drawing ended with 5 of 20, because the kernel was interrupted') && document.body.innerText.includes('in the file: 5')`)
	lab.Clean()
}
