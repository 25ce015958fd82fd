package classbench

import (
	"math"
	"slices"

	"vaelab/cmd/internal/bench"
)

// Round is what n learners at once have met.
type Round struct {
	Learners int       `json:"learners"`
	Pause    float64   `json:"pause"`      // seconds between two cells of a learner
	Took     float64   `json:"took"`       // seconds from the first learner's start to the last one's end
	Whole    int       `json:"notebook"`   // cells of the notebook that hold code; 0 if none ran
	Seconds  []float64 `json:"seconds"`    // of each cell that ran, of all learners
	Median   float64   `json:"median"`     // seconds, and 0 if no cell ran
	Most     float64   `json:"95_percent"` // that 95 % of the cells stay within
	Worst    float64   `json:"worst"`

	Memory    map[Kind]float64 `json:"memory"`           // MB, when all together had the most
	Processor map[Kind]float64 `json:"processor"`        // seconds in all
	Measuring float64          `json:"measuring"`        // seconds of the processor that looking at all that has taken
	Others    *float64         `json:"others,omitempty"` // share of the processor busy with other programs

	Lost   []Lost `json:"lost"`
	Killed int    `json:"killed"` // processes that the system has ended for want of memory
}

// Lost is a learner whose notebook didn't come to its end.
type Lost struct {
	Learner int    `json:"learner"`
	Cells   int    `json:"cells"` // that ran
	Says    string `json:"says"`
}

// sum fills in what follows from the cells' seconds.
func (r *Round) sum() {
	if len(r.Seconds) == 0 {
		return
	}
	r.Median, r.Most, r.Worst = bench.Median(r.Seconds), within(r.Seconds, 0.95), slices.Max(r.Seconds)
}

// within is the least of some numbers that a share of them doesn't exceed.
func within(x []float64, share float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[int(math.Ceil(share*float64(len(x))))-1]
}
