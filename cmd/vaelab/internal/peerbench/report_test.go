package peerbench

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/internal/bench"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want float64
	}{{[]float64{3, 1, 2}, 2}, {[]float64{4, 1, 3, 2}, 2.5}, {[]float64{7}, 7}} {
		if got := bench.Median(c.x); got != c.want {
			t.Errorf("the median of %v is %v", c.x, got)
		}
	}
	if !math.IsNaN(bench.Median(nil)) {
		t.Error("nothing has a median")
	}
}

// The ratio is the median of the turns' own ratios: a machine that slows down in mid-race changes both of a turn.
func TestRatioIsTakenTurnByTurn(t *testing.T) {
	var r Report
	r.row("training", "s", false, []float64{1, 10, 2}, []float64{2, 20, 4})
	if row := r.Rows[0]; row.Ours != 2 || row.Peer != 4 || row.Ratio != 0.5 {
		t.Errorf("%+v", row)
	}
	r.row("alone", "s", false, []float64{1}, nil)
	if row := r.Rows[1]; row.Peer != 0 || row.Ratio != 0 {
		t.Errorf("%+v", row)
	}
}

// The standard error is the spread of the numbers over the root of how many they are: of 1 to 5 it is √(2.5/5).
func TestMeansOverSeeds(t *testing.T) {
	var r Report
	r.means("loss", "nats", []float64{3, 1, 2, 5, 4}, []float64{10, 12})
	row := r.Rows[0]
	for _, c := range [][2]float64{{row.Ours, 3}, {row.OursError, math.Sqrt(0.5)}, {row.Peer, 11}, {row.PeerError, 1},
		{row.Difference, -8}, {row.DifferenceError, math.Sqrt(1.5)}} {
		if math.Abs(c[0]-c[1]) > 1e-12 {
			t.Errorf("%+v: %v, want %v", row, c[0], c[1])
		}
	}
	r.means("of one", "nats", []float64{3}, []float64{4})
	if row := r.Rows[1]; row.OursError != 0 || row.DifferenceError != 0 || row.Difference != -1 {
		t.Errorf("%+v", row)
	}
	table := r.Table()
	for _, want := range []string{
		"| loss, nats | 3.00 ± 0.71 | 11.00 ± 1.00 | -8.00 ± 1.22 | difference; less is better |",
		"| of one, nats | 3.00 | 4.00 | -1.00 | difference; less is better |",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
}

func TestTable(t *testing.T) {
	r := Report{
		Date: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Machine: Machine{"A processor", 2, "linux/amd64"},
		Data: bench.Data{Title: "Fashion-MNIST", Train: 60000}, Backend: "XLA on the CPU", Peer: "JAX 1",
		Exponents: []bench.Trend{{Axis: "images", Exponent: 1.013, Base: 440.2, Slope: 2.04}},
	}
	r.row("an epoch", "s", false, []float64{1.5}, []float64{2})
	r.row("samples", "million/s", true, []float64{123.4}, []float64{10.04})
	r.row("alone", "%", true, []float64{74.4}, nil)
	r.keep("an epoch", "ours", 1, 1.5, 0.25)
	r.keep("an epoch", "jax", 1, 2, nan)
	table := r.Table()
	for _, want := range []string{
		"23 November 2026: A processor, 2 cores, linux/amd64. Fashion-MNIST, 60000 training images. XLA on the CPU.",
		"Other programs took 25 % of the processor",
		"| | ours | JAX 1 | ratio | |",
		"| an epoch, s | 1.50 | 2.00 | 0.75 | less is better |",
		"| samples, million/s | 123 | 10.0 | 12.29 | more is better |",
		"| alone, % | 74.4 |  |  |  |",
		"| images | size to the power of 1.01 | 440 MB, and 2.04 MB for each 1,000 |",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
	if _, err := json.Marshal(r); err != nil { // a NaN can't be written
		t.Error(err)
	}
	r.Peer = ""
	if !strings.Contains(r.Table(), "| no peer |") {
		t.Error("a missing peer isn't named")
	}
}
