package measure_test

import (
	"image"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func near(t *testing.T, what string, got, want, off float64) {
	t.Helper()
	if !(math.Abs(got-want) <= off) {
		t.Errorf("%s is %v, want %v ± %g", what, got, want, off)
	}
}

// refusal is a call that must fail with an error that says so.
type refusal struct {
	say string
	err error
}

func refused(t *testing.T, list []refusal) {
	t.Helper()
	for _, c := range list {
		if c.err == nil || !strings.Contains(c.err.Error(), c.say) {
			t.Errorf("the error is %v, want one with %q", c.err, c.say)
		}
	}
}

// normal gives n rows of N(mean, sigma²) in each of dim dimensions.
func normal(seed uint64, n, dim int, mean, sigma float64) [][]float64 {
	rng := rand.New(rand.NewPCG(seed, 99))
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, dim)
		for j := range rows[i] {
			rows[i][j] = mean + sigma*rng.NormFloat64()
		}
	}
	return rows
}

func column(numbers ...float64) [][]float64 {
	rows := make([][]float64, len(numbers))
	for i, x := range numbers {
		rows[i] = []float64{x}
	}
	return rows
}

func gray(width int, pixels ...uint8) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, width, len(pixels)/width))
	copy(m.Pix, pixels)
	return m
}

// onCores runs f on one core and on several; what they give must be the same.
func onCores(f func(cores int)) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, cores := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(cores)
		f(cores)
	}
}
