package figure

import (
	"math"
	"strconv"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot"
)

// ticker marks about n numbers: round ones, or powers of ten.
func (a axis) ticker(n int) plot.Ticker {
	if !a.log {
		return ticks(n, false)
	}
	return plot.TickerFunc(func(low, high float64) (marks []plot.Tick) {
		first, last := math.Ceil(math.Log10(low)-1e-9), math.Floor(math.Log10(high)+1e-9)
		every := math.Ceil((last - first + 1) / float64(n+1))
		for e := first; e <= last; e++ {
			t := plot.Tick{Value: math.Pow(10, e)}
			if math.Mod(e-first, every) == 0 {
				t.Label = power(int(e))
			}
			marks = append(marks, t)
		}
		if len(marks) < 3 { // less than two decades: 2 and 5 help
			for e := first - 1; e <= last; e++ {
				for _, m := range []float64{2, 5} {
					if v := m * math.Pow(10, e); v >= low && v <= high {
						marks = append(marks, plot.Tick{Value: v, Label: power10(m, int(e))})
					}
				}
			}
		}
		return marks
	})
}

// power writes 10 to the e: plainly from 0.0001 to 1,000,000, else as 1e9.
func power(e int) string { return power10(1, e) }

func power10(m float64, e int) string {
	switch {
	case e < -4 || e > 6:
		return strconv.FormatFloat(m, 'f', 0, 64) + "e" + number(float64(e), 0)
	case e < 0:
		return number(m*math.Pow(10, float64(e)), -e)
	default:
		return words.Thousands(int(math.Round(m * math.Pow(10, float64(e)))))
	}
}
