package classbench

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/peerbench"
)

func TestWithin(t *testing.T) {
	var hundred []float64
	for i := 100; i > 0; i-- {
		hundred = append(hundred, float64(i))
	}
	if got := within(hundred, 0.95); got != 95 {
		t.Errorf("95 of 100 stay within %v", got)
	}
	if got := within([]float64{3, 1, 2}, 0.95); got != 3 {
		t.Errorf("95 %% of three stay within %v", got)
	}
	if got := within([]float64{7}, 0.95); got != 7 {
		t.Errorf("one stays within %v", got)
	}
}

func TestTable(t *testing.T) {
	share := 0.25
	two := Round{Learners: 2, Pause: 10, Memory: map[Kind]float64{Gopls: 400, Kernel: 50}, Processor: map[Kind]float64{Building: 1.5, Unseen: 0.5}, Others: &share}
	cells := func(seconds ...float64) (r notebook.Result) {
		for _, s := range seconds {
			r.Cells = append(r.Cells, notebook.Cell{Seconds: s})
		}
		return r
	}
	two.take([]*learner{{result: cells(1, 2, 3), cells: 3}, {result: cells(9), cells: 3, err: errors.New("the kernel ended")}})
	twenty := Round{Learners: 20, Killed: 3}
	twenty.take([]*learner{{err: errors.New("no kernel")}})
	r := Report{Date: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), Machine: peerbench.Machine{Processor: "A processor", Cores: 2, System: "linux/amd64"},
		Memory: 8000, Backend: "XLA on the CPU", Notebook: "02.ipynb", Learners: "all learners are this user", Limit: "Nobody keeps the limit.",
		Rounds: []Round{two, twenty}}
	table := r.Table()
	for _, want := range []string{
		"30 November 2026: A processor, 2 cores, 8.0 GB of memory, linux/amd64. XLA on the CPU. Notebook 02.ipynb; all learners are this user.\nNobody keeps the limit.\n",
		"| 2 | 10 | 4 | 2.50 | 9.00 | 9.00 | 0.45 | 0.50 | 1 | 0 | 25 % |\n",
		"| 20 | 0 | 0 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 1 | 3 |  |\n",
		"| memory at its peak, MB; learners: | 2 | 20 |\n|---|---|---|\n| gopls | 400 | 0 |\n| kernels | 50 | 0 |\n\n",
		"| building | 0.375 | 0.000 |\n| too short to be seen | 0.125 | 0.000 |\n",
		"Of 2 learners, number 2 was lost after 1 of 3 cells: the kernel ended\n",
		"Of 20 learners, number 1 was lost after 0 of 0 cells: no kernel\n",
		"With 20 learners the system ended 3 processes for want of memory.\n",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
	if _, err := json.Marshal(r); err != nil { // a NaN can't be written
		t.Error(err)
	}
}
