package labtest

// SlidersCell splits the fine for a code by its cause, and says both parts in the caption.
const SlidersCell = `import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/show"
)

%%
show.Sliders(func(v []float64) figure.Figure {
	mu, sigma := v[0]*v[0]/2, (math.Exp(v[1])-1-v[1])/2
	bell := func(x float64) float64 {
		return math.Exp(-(x-v[0])*(x-v[0])/2/math.Exp(v[1])-v[1]/2) / math.Sqrt(2*math.Pi)
	}
	return figure.Plot(figure.Line("q", bell, -6, 6), figure.X("z"), figure.Y("density"), figure.YRange(0, 1.2),
		figure.Caption("The μ part is %.3f nats, the σ part %.3f nats.", mu, sigma))
}, show.Slider{Name: "μ", From: -3, To: 3, At: 0}, show.Slider{Name: "log σ²", From: -2, To: 2, At: 0})
fmt.Println("after the sliders")`
