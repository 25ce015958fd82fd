package classbench

import (
	"fmt"
	"strings"
	"time"

	"vaelab/cmd/vaelab/internal/peerbench"
)

// Report is all that was measured, as it is written to JSON.
type Report struct {
	Date     time.Time         `json:"date"`
	Machine  peerbench.Machine `json:"machine"`
	Memory   float64           `json:"memory"` // MB that the machine has
	Command  string            `json:"command"`
	Backend  string            `json:"backend"`
	Notebook string            `json:"notebook"`
	Learners string            `json:"learners"` // as whom they work
	Limit    string            `json:"limit"`    // of memory: a sentence; "" if none was asked for
	Rounds   []Round           `json:"rounds"`
}

// Table is the report as Markdown, ready for docs/performance.md.
func (r *Report) Table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d cores, %.1f GB of memory, %s. %s. Notebook %s; %s.\n", r.Date.Format("2 January 2006"),
		r.Machine.Processor, r.Machine.Cores, r.Memory/1000, r.Machine.System, r.Backend, r.Notebook, r.Learners)
	if r.Limit != "" {
		fmt.Fprintln(&b, r.Limit)
	}
	b.WriteString("\n| learners | pause, s | cells | s a cell: median | 95 % | worst | memory at its peak, GB | processor, s a cell | lost | killed | others |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, x := range r.Rounds {
		fmt.Fprintf(&b, "| %d | %.3g | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d | %s |\n", x.Learners, x.Pause, len(x.Seconds),
			x.Median, x.Most, x.Worst, total(x.Memory)/1000, x.perCell(total(x.Processor)), len(x.Lost), x.Killed, x.others())
	}
	r.kinds(&b, "memory at its peak, MB", "%.0f", func(x Round, k Kind) float64 { return x.Memory[k] })
	r.kinds(&b, "processor, s a cell", "%.3f", func(x Round, k Kind) float64 { return x.perCell(x.Processor[k]) })
	r.lost(&b)
	return b.String()
}

// kinds is a table of what the kinds of processes needed, with a column for each round.
func (r *Report) kinds(b *strings.Builder, title, format string, of func(Round, Kind) float64) {
	fmt.Fprintf(b, "\n| %s; learners:", title)
	for _, x := range r.Rounds {
		fmt.Fprintf(b, " | %d", x.Learners)
	}
	b.WriteString(" |\n|---" + strings.Repeat("|---", len(r.Rounds)) + "|\n")
	for _, k := range Kinds {
		some, row := false, "| "+string(k)
		for _, x := range r.Rounds {
			some = some || of(x, k) > 0
			row += " | " + fmt.Sprintf(format, of(x, k))
		}
		if some {
			b.WriteString(row + " |\n")
		}
	}
}

// lost tells of the learners who didn't come to the notebook's end.
func (r *Report) lost(b *strings.Builder) {
	for _, x := range r.Rounds {
		for _, l := range x.Lost {
			fmt.Fprintf(b, "\nOf %d learners, number %d was lost after %d of %d cells: %s\n", x.Learners, l.Learner, l.Cells, x.Whole, l.Says)
		}
		if x.Killed > 0 {
			fmt.Fprintf(b, "\nWith %d learners the system ended %d processes for want of memory.\n", x.Learners, x.Killed)
		}
	}
}

// perCell spreads seconds over the cells that ran.
func (r Round) perCell(seconds float64) float64 {
	if len(r.Seconds) == 0 {
		return 0
	}
	return seconds / float64(len(r.Seconds))
}

// others is how busy other programs kept the processor meanwhile.
func (r Round) others() string {
	if r.Others == nil {
		return ""
	}
	return fmt.Sprintf("%.0f %%", 100**r.Others)
}
