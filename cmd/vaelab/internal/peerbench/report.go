package peerbench

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"time"

	"vaelab/cmd/internal/bench"
)

var nan = math.NaN()

// Report is all that was measured, as it is written to JSON.
type Report struct {
	Date      time.Time     `json:"date"`
	Machine   Machine       `json:"machine"`
	Command   string        `json:"command"`
	Data      bench.Data    `json:"data"`
	Backend   string        `json:"backend"`
	Peer      string        `json:"peer"` // versions; "" where there is none
	Rows      []Row         `json:"rows"`
	OneByOne  []Sample      `json:"samples"` // every turn, to look at what the medians hide
	Growth    []bench.Point `json:"growth,omitempty"`
	Exponents []bench.Trend `json:"exponents,omitempty"`
}

// Machine is what the numbers depend on.
type Machine struct {
	Processor string `json:"processor"`
	Cores     int    `json:"cores"`
	System    string `json:"system"`
}

// ThisMachine looks at the machine it runs on.
func ThisMachine() Machine {
	m := Machine{"unknown processor", runtime.NumCPU(), runtime.GOOS + "/" + runtime.GOARCH}
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			m.Processor = strings.TrimSpace(value)
		}
	}
	return m
}

// Row is one line of the table: a median of ours, and of the peer's. Peer and Ratio are 0 where there is no peer. Where
// each turn has a seed of its own and the numbers are luck around a mean, it holds the means, their standard errors and
// their difference.
type Row struct {
	What       string  `json:"what"`
	Unit       string  `json:"unit"`
	Ours       float64 `json:"ours"`
	Peer       float64 `json:"peer,omitempty"`
	Ratio      float64 `json:"ratio,omitempty"` // median of the turns' own ratios, ours over the peer's
	MoreIsGood bool    `json:"more_is_good,omitempty"`

	Mean            bool    `json:"mean,omitempty"`
	OursError       float64 `json:"ours_standard_error,omitempty"` // 0 of a single turn
	PeerError       float64 `json:"peer_standard_error,omitempty"`
	Difference      float64 `json:"difference,omitempty"` // ours less the peer's
	DifferenceError float64 `json:"difference_standard_error,omitempty"`
}

// Sample is one turn's number.
type Sample struct {
	What   string   `json:"what"`
	Who    string   `json:"who"`
	Turn   int      `json:"turn"`
	Value  float64  `json:"value"`
	Others *float64 `json:"others,omitempty"` // share of the processor busy with other programs
}

// row adds a line from the numbers of both, turn by turn, and keeps each of them.
func (r *Report) row(what, unit string, more bool, ours, peers []float64) {
	line := Row{What: what, Unit: unit, Ours: bench.Median(ours), MoreIsGood: more}
	if len(peers) > 0 {
		line.Peer = bench.Median(peers)
		var ratios []float64
		for i := range min(len(ours), len(peers)) {
			ratios = append(ratios, ours[i]/peers[i])
		}
		line.Ratio = bench.Median(ratios)
	}
	r.Rows = append(r.Rows, line)
}

// means adds a line of means over seeds. The two draw from different random streams, so one seed doesn't make a pair of
// them: the errors of the two means add up as those of independent numbers do.
func (r *Report) means(what, unit string, ours, peers []float64) {
	line := Row{What: what, Unit: unit, Mean: true}
	line.Ours, line.OursError = mean(ours)
	if len(peers) > 0 {
		line.Peer, line.PeerError = mean(peers)
		line.Difference, line.DifferenceError = line.Ours-line.Peer, math.Hypot(line.OursError, line.PeerError)
	}
	r.Rows = append(r.Rows, line)
}

// keep notes a turn's number.
func (r *Report) keep(what, who string, turn int, value, others float64) {
	s := Sample{What: what, Who: who, Turn: turn, Value: value}
	if !math.IsNaN(others) {
		s.Others = &others
	}
	r.OneByOne = append(r.OneByOne, s)
}

// Busy is the median share of the processor that other programs took, and false where the system doesn't tell.
func (r *Report) Busy() (float64, bool) {
	var shares []float64
	for _, s := range r.OneByOne {
		if s.Others != nil {
			shares = append(shares, *s.Others)
		}
	}
	return bench.Median(shares), len(shares) > 0
}

// mean gives the mean and its standard error, which a single number doesn't tell: 0 then.
func mean(x []float64) (m, standardError float64) {
	n := float64(len(x))
	for _, v := range x {
		m += v / n
	}
	if len(x) < 2 {
		return m, 0
	}
	squares := 0.0
	for _, v := range x {
		squares += (v - m) * (v - m)
	}
	return m, math.Sqrt(squares / (n - 1) / n)
}

// Table is the report as Markdown, ready for docs/performance.md.
func (r *Report) Table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d cores, %s. %s, %d training images. %s.\n", r.Date.Format("2 January 2006"),
		r.Machine.Processor, r.Machine.Cores, r.Machine.System, r.Data.Title, r.Data.Train, r.Backend)
	if share, ok := r.Busy(); ok {
		fmt.Fprintf(&b, "Other programs took %.0f %% of the processor meanwhile (median of the turns).\n", 100*share)
	}
	r.rows(&b)
	if len(r.Exponents) > 0 {
		b.WriteString("\n| growth with | an epoch's time | peak memory |\n|---|---|---|\n")
	}
	for _, t := range r.Exponents {
		fmt.Fprintf(&b, "| %s | size to the power of %.2f | %.0f MB, and %.3g MB for each 1,000 |\n", t.Axis, t.Exponent, t.Base, t.Slope)
	}
	return b.String()
}

// rows are the medians and ratios.
func (r *Report) rows(b *strings.Builder) {
	if len(r.Rows) == 0 {
		return
	}
	peer := r.Peer
	if peer == "" {
		peer = "no peer"
	}
	fmt.Fprintf(b, "\n| | ours | %s | ratio | |\n|---|---|---|---|---|\n", peer)
	for _, row := range r.Rows {
		ours, peer, ratio, good := number(row.Ours, row.Unit)+plusMinus(row.OursError), "", "", ""
		if row.Peer != 0 {
			peer, ratio = number(row.Peer, row.Unit)+plusMinus(row.PeerError), fmt.Sprintf("%.2f", row.Ratio)
			switch {
			case row.Mean:
				ratio, good = fmt.Sprintf("%+.2f", row.Difference)+plusMinus(row.DifferenceError), "difference; less is better"
			case row.MoreIsGood:
				good = "more is better"
			default:
				good = "less is better"
			}
		}
		fmt.Fprintf(b, "| %s, %s | %s | %s | %s | %s |\n", row.What, row.Unit, ours, peer, ratio, good)
	}
}

// plusMinus is a standard error behind a mean; nothing where there is none.
func plusMinus(standardError float64) string {
	if standardError == 0 {
		return ""
	}
	return fmt.Sprintf(" ± %.2f", standardError)
}

// number prints three digits that count, and of a loss a hundredth of a nat.
func number(x float64, unit string) string {
	switch {
	case unit == "nats":
		return fmt.Sprintf("%.2f", x)
	case math.Abs(x) >= 100:
		return fmt.Sprintf("%.0f", x)
	case math.Abs(x) >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}
