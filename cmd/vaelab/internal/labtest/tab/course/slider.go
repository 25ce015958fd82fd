package course

import (
	"fmt"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Slider moves a slider while its cell runs, and ends it with an interrupt, which leaves the last picture.
func Slider(t *testing.T, v *tab.Visitor) {
	v.Write("slider.ipynb", `import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/show"
)

%%
show.Sliders(func(v []float64) figure.Figure {
	q := kl.Normal{Mu: v[0], Sigma: 1}
	return figure.Plot(figure.Line("q", q.Prob, -5, 5), figure.Caption(fmt.Sprintf("the middle is %.1f", v[0])))
}, show.Slider{Name: "μ", From: -3, To: 3, At: 0, Step: 0.5})`)
	var ok bool
	v.Begin(0)
	v.Wait("the slider", `document.querySelector("input[type=range]")?.offsetParent`)
	const page = `document.querySelector(".jp-Notebook").innerText`
	for _, at := range []string{"1.5", "-2.0", "3.0"} {
		v.Eval(fmt.Sprintf(`(() => { const i = document.querySelector("input[type=range]"); i.value = %q; i.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, at), &ok)
		v.Wait("the picture", page+`.includes("the middle is `+at+`")`)
	}
	v.Interrupt()
	v.Wait("the last words", page+`.includes("The sliders stopped at μ = 3.0, because the kernel was interrupted")`)
	v.Clean()
}
