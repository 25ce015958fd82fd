package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"

	"vaelab/vaelib/kl"
)

// The sum over all posteriors, which leaves out what is too small to matter, against one that leaves out nothing; at
// codes near a posterior, between them and far away.
func TestLogAggregate(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	for _, dim := range []int{1, 3, 4, 5, 9, 16} {
		const n = 200
		list := make([]kl.Diagonal, n)
		for i := range list {
			q := kl.StandardDiagonal(dim)
			for j := range dim {
				q.Mu[j], q.Sigma[j] = 2*rng.NormFloat64(), math.Exp(rng.NormFloat64())
			}
			list[i] = q
		}
		q, err := packPosteriors(list, 1)
		if err != nil {
			t.Fatal(err)
		}
		z := newPoints(50, dim)
		start, want := make([]float64, z.n), make([]float64, z.n)
		for i := range z.n {
			for j := range dim {
				z.row(i)[j] = math.Exp(3*rng.Float64()) * rng.NormFloat64()
			}
			terms := make([]float64, n)
			for x, p := range list {
				for j := range dim {
					terms[x] += p.At(j).LogProb(z.row(i)[j])
				}
			}
			start[i] = terms[i]
			want[i] = floats.LogSumExp(terms) - math.Log(n)
		}
		for i, got := range q.logAggregate(z, start) {
			if !(math.Abs(got-want[i]) <= 1e-12*(1+math.Abs(want[i]))) {
				t.Errorf("in %d dimensions, code %d: %v, want %v", dim, i, got, want[i])
			}
		}
	}
}
