package measure

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/internal/allcores"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// points are rows of equal length, one behind the other.
type points struct {
	n, dim int
	data   []float64
}

func (p points) row(i int) []float64 { return p.data[i*p.dim : (i+1)*p.dim : (i+1)*p.dim] }

func (p points) rows() [][]float64 {
	list := make([][]float64, p.n)
	for i := range list {
		list[i] = p.row(i)
	}
	return list
}

func (p points) dense() *mat.Dense { return mat.NewDense(p.n, p.dim, p.data) }

func newPoints(n, dim int) points { return points{n, dim, make([]float64, n*dim)} }

// most is how many numbers a list that is asked for may hold: 8 GiB of them.
const most = 1 << 30

// fits reports a list of n rows that no memory would hold. The name is as pack has it.
func fits(name string, n, dim int) error {
	if n > most/max(dim, 1) {
		return words.Errorf("%d %s of %d numbers are too many: the limit is %d numbers in all", n, words.Text(name), dim, most)
	}
	return nil
}

// pack copies rows side by side, and refuses what no measure can take. The name, a text that is
// marked for translation, says in an error what the rows are.
func pack(name string, rows [][]float64, atLeast int) (points, error) {
	if len(rows) < atLeast || len(rows) == 0 {
		return points{}, words.Errorf("the list of %s has %d rows: at least %d are needed", words.Text(name), len(rows), max(atLeast, 1))
	}
	p := points{n: len(rows), dim: len(rows[0])}
	if p.dim == 0 {
		return points{}, words.Errorf("row 0 of the %s is empty: at least one number is needed", words.Text(name))
	}
	p.data = make([]float64, 0, p.n*p.dim)
	for i, row := range rows {
		if len(row) != p.dim {
			return points{}, words.Errorf("row %d of the %s has %d numbers and row 0 has %d: they must have the same number", i, words.Text(name), len(row), p.dim)
		}
		for j, x := range row {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return points{}, words.Errorf("number %d of row %d of the %s is %v: it must be finite", j, i, words.Text(name), x)
			}
		}
		p.data = append(p.data, row...)
	}
	return p, nil
}

// Mean is the mean of some numbers with its standard error s/√n: of one number an image, or of one result a seed.
func Mean(values []float64) (kl.Estimate, error) {
	if len(values) < 2 {
		return kl.Estimate{}, words.Errorf("%d values have no standard error: at least 2 are needed", len(values))
	}
	mean, deviation := stat.MeanStdDev(values, nil)
	if math.IsNaN(deviation) || math.IsInf(deviation, 0) {
		return kl.Estimate{}, words.Errorf("the mean has no finite spread: a value is not finite, or too large for a float64")
	}
	n := float64(len(values))
	return kl.Estimate{Value: mean, StdErr: deviation / math.Sqrt(n), N: len(values), ESS: n}, nil
}

// blocks calls work for the ranges [0, size), [size, 2·size), … of n, on all cores.
func blocks(n, size int, work func(first, end int)) {
	allcores.Do((n+size-1)/size, func(i int) { work(i*size, min(n, (i+1)*size)) })
}
