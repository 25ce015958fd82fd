package show

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// step is the one asked for, or a round number (1, 2 or 5 times a power of ten) of which the range has about a hundred.
func (c Slider) step() float64 {
	if c.Step > 0 {
		return c.Step
	}
	least := (c.To - c.From) / 200
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range []float64{1, 2, 5} {
		if least <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// decimals are as many as it takes to write the step.
func (c Slider) decimals() int {
	_, fraction, _ := strings.Cut(plainNumber(c.step()), ".")
	return min(6, len(fraction))
}

// controlsJS sends the sliders' values to the cell's program. It starts hidden: where no script runs, or none that
// reaches the kernel, nothing is seen of it.
//
//go:embed controls.js
var controlsJS string

// controlsHTML are the sliders and the Done button. They are ordinary inputs with labels, so that arrow keys, Page Up,
// Home and a screen reader do what they do elsewhere; the attribute data-lm-suppress-shortcuts keeps
// JupyterLab, which only looks for it up to the element that has the focus, from taking the arrow keys.
func controlsHTML(id, address, kernel string, controls []Slider, untouched time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<div id="%s" hidden="hidden" role="group" aria-label="%s" `+
		`style="max-width:640px;margin:8px 0;font-size:13px;line-height:1.5">`, id, escape(words.Say("Sliders of the picture above")))
	for i, c := range controls {
		input := fmt.Sprintf("%s_%d", id, i)
		fmt.Fprintf(&b, `<div style="display:flex;align-items:center;gap:12px;margin:4px 0">`+
			`<label for="%s" style="min-width:72px;text-align:right">%s</label>`+
			`<input id="%s" type="range" data-lm-suppress-shortcuts="true" min="%s" max="%s" step="%s" value="%s" data-decimals="%d" style="flex:1;accent-color:%s;height:20px"/>`+
			`<output for="%s" style="min-width:56px;text-align:right;font-variant-numeric:tabular-nums">%s</output></div>`,
			input, escape(c.Name), input, plainNumber(c.From), plainNumber(c.To), plainNumber(c.step()), plainNumber(c.At),
			c.decimals(), barColor, input, float(c.At, c.decimals()))
	}
	fmt.Fprintf(&b, `<div style="display:flex;align-items:center;gap:12px;margin:6px 0"><span style="min-width:72px"></span>`+
		`<button type="button" data-lm-suppress-shortcuts="true" style="font:inherit;padding:3px 16px;cursor:pointer;white-space:nowrap">%s</button>`+
		`<span style="opacity:0.75">%s</span></div></div>`,
		escape(words.Say("Done")), escape(words.Say("ends this cell and keeps the picture, as %s without a move do; other cells wait until then", minutes(untouched))))
	b.WriteString(script(controlsJS, id, address, kernel))
	return b.String()
}

// minutes writes "5 minutes".
func minutes(d time.Duration) string {
	n := int(math.Ceil(d.Minutes()))
	return words.Count(int(n), "minute", "minutes")
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
