package figure

import (
	"math"
	"slices"
	"testing"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
)

func TestTicksAreRoundNumbers(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		n         int
		whole     bool
		want      []string
	}{
		{-4, 4, 8, true, []string{"−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"}},
		{-30, 30, 8, true, []string{"−30", "−20", "−10", "0", "10", "20", "30"}},
		{0, 1, 8, true, []string{"0", "1"}},
		{0, 15.3, 8, true, []string{"0", "2", "4", "6", "8", "10", "12", "14"}},
		{0.1, 0.35, 5, false, []string{"0.10", "0.15", "0.20", "0.25", "0.30", "0.35"}},
		{-0.3, 0.3, 3, false, []string{"−0.2", "0.0", "0.2"}},
	} {
		var got []string
		for _, m := range ticks(c.n, c.whole)(c.low, c.high) {
			got = append(got, m.Label)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("from %v to %v: %q, want %q", c.low, c.high, got, c.want)
		}
	}
}

func TestClassesDifferInColourAndShape(t *testing.T) {
	if len(classColors) != 10 || len(shapes) != 10 {
		t.Fatalf("%d colours and %d shapes for ten classes", len(classColors), len(shapes))
	}
	for i, a := range shapes {
		if got := area(a); math.Abs(got-math.Pi) > 1e-9 {
			t.Errorf("shape %d has area %v, want π", i, got)
		}
		for j := range i {
			if slices.Equal(a, shapes[j]) || classColors[i] == classColors[j] {
				t.Errorf("classes %d and %d look alike", i, j)
			}
		}
	}
}

func TestLegendFitsItsWidth(t *testing.T) {
	var l legend
	for i, name := range tenClasses {
		l = append(l, entry{i, name})
	}
	for width := vg.Length(120); width < 900; width += 10 {
		columns, lines, gap := l.columns(width)
		used := gap * vg.Length(len(columns)-1)
		n := 0
		for _, c := range columns {
			used += c.column()
			n += len(c)
			if len(c) > lines {
				t.Errorf("a column of %d entries in %d lines", len(c), lines)
			}
		}
		if used > width+0.01 || n != len(l) {
			t.Errorf("in %v: %d of %d entries, %v wide", width, n, len(l), used)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 60000: "60,000", 1234567: "1,234,567"} {
		if got := words.Thousands(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
