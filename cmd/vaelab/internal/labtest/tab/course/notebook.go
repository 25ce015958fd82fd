// Package course is what a reader does with the course in a browser's tab. Each function is a test's body, for any browser.
package course

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// All is more cells than any notebook has.
const All = 1000

// Notebook runs the first cells of a notebook with its solutions, in order: no cell fails, none is skipped, exercises are right and
// figures shown. least are the cells that have to be there, and the figures that they show at least. It logs how long things take.
func Notebook(t *testing.T, v *tab.Visitor, path string, most, leastCells, leastFigures int) {
	begin := time.Now()
	v.Open(path)
	t.Logf("%6.1f s from the address to a kernel that is ready", time.Since(begin).Seconds())
	begin = time.Now()
	var took []float64
	figures := 0
	for i := range most {
		cell := time.Now()
		ran := v.Run(i, i+1)
		if len(ran) == 0 {
			break
		}
		took = append(took, time.Since(cell).Seconds())
		t.Logf("%6.1f s cell %d", took[i], i)
		for _, o := range ran[0] {
			if o.Kind == "error" || o.Stream == "stderr" {
				t.Errorf("cell %d: %s", i, o.Text)
			}
			if strings.Contains(o.HTML, "<figure") {
				figures++
			}
			if strings.Contains(o.HTML, "not yet right") || strings.Contains(o.HTML, "no verdict") {
				t.Errorf("cell %d: %s", i, o.Text)
			}
		}
	}
	if len(took) < leastCells {
		t.Errorf("only %d cells ran", len(took))
	}
	if figures < leastFigures {
		t.Errorf("%d figures", figures)
	}
	v.Screenshot("end.png")
	v.Clean()
	slices.Sort(took)
	t.Logf("%6.1f s all %d cells, with %d figures; %.1f s is the median of a cell", time.Since(begin).Seconds(), len(took), figures, took[len(took)/2])
}
