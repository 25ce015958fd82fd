package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distmv"
)

// Round by round the log-likelihood, as distmv tells it, never falls, also with too many components for the points, some of them at the
// floor; and it is what the round says of the mixture before.
func TestLikelihoodNeverFalls(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	for _, c := range []struct{ n, dim, components int }{{300, 1, 2}, {300, 2, 5}, {120, 3, 30}, {200, 8, 4}} {
		p := newPoints(c.n, c.dim)
		for i := range p.data {
			p.data[i] = math.Round(4*rng.NormFloat64()) / 4 * float64(1+i%3) // many points are equal to others
		}
		if _, err := standardise(p); err != nil {
			t.Fatal(err)
		}
		m, err := startMixture(p, c.components, 1)
		if err != nil {
			t.Fatal(err)
		}
		before, rose := math.Inf(-1), 0
		for round := range 60 {
			next, said, err := m.improved(p)
			if err != nil {
				t.Fatal(err)
			}
			is := meanLogProb(t, m, p)
			if math.Abs(is-said) > 1e-7*(1+math.Abs(is)) {
				t.Errorf("%+v, round %d: the mean log-density is %v, and the round says %v", c, round, is, said)
			}
			if said < before-1e-10*(1+math.Abs(said)) {
				t.Errorf("%+v, round %d: the mean log-density falls from %v to %v", c, round, before, said)
			}
			if said > before+1e-6 {
				rose++
			}
			before, m = said, next
		}
		if rose < 3 {
			t.Errorf("%+v: it rose in %d rounds: nothing was tried", c, rose)
		}
	}
}

// One round against EM as it is written down: a table of all shares, from distmv's densities, then each component's weighted mean and
// covariance.
func TestOneRound(t *testing.T) {
	const n, dim, components = 90, 3, 4
	rng := rand.New(rand.NewPCG(5, 5))
	p := newPoints(n, dim)
	for i := range p.data {
		p.data[i] = rng.NormFloat64()
	}
	m, err := startMixture(p, components, 3)
	if err != nil {
		t.Fatal(err)
	}
	next, _, err := m.improved(p)
	if err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-9) {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	shares := mat.NewDense(n, components, nil)
	for k, g := range m.Components {
		density, ok := distmv.NewNormal(g.Mean, g.Covariance, nil)
		if !ok {
			t.Fatal("a covariance isn't positive definite")
		}
		for i := range n {
			shares.Set(i, k, m.Weights[k]*density.Prob(p.row(i)))
		}
	}
	for i := range n {
		floats.Scale(1/floats.Sum(shares.RawRowView(i)), shares.RawRowView(i))
	}
	moved := 0.0
	for k, g := range next.Components {
		share := mat.Col(nil, k, shares)
		near("weight", next.Weights[k], floats.Sum(share)/n)
		for i := range dim {
			a := mat.Col(nil, i, p.dense())
			near("mean", g.Mean[i], stat.Mean(a, share))
			moved = max(moved, math.Abs(g.Mean[i]-m.Components[k].Mean[i]))
			for j := range dim {
				b := mat.Col(nil, j, p.dense())
				near("covariance", g.Covariance.At(i, j), stat.Covariance(a, b, share)*(floats.Sum(share)-1)/floats.Sum(share))
			}
		}
	}
	if moved < 0.01 {
		t.Errorf("the means move by %v: nothing was tried", moved)
	}
}

func meanLogProb(t *testing.T, m Mixture, p points) float64 {
	t.Helper()
	var list []*distmv.Normal
	for _, g := range m.Components {
		n, ok := distmv.NewNormal(g.Mean, g.Covariance, nil)
		if !ok {
			t.Fatal("a covariance isn't positive definite")
		}
		list = append(list, n)
	}
	sum, terms := 0.0, make([]float64, len(list))
	for i := range p.n {
		for k, n := range list {
			terms[k] = math.Log(m.Weights[k]) + n.LogProb(p.row(i))
		}
		sum += floats.LogSumExp(terms)
	}
	return sum / float64(p.n)
}

// Of all covariances with at least so much in every direction none makes points with the covariance S likelier than the lifted S does:
// −½ (log det Σ + tr Σ⁻¹S) is lower for others, near and far.
func TestLiftedIsTheLikeliest(t *testing.T) {
	const least, dim = 0.5, 3
	rng := rand.New(rand.NewPCG(4, 4))
	slanted := func(values ...float64) *mat.SymDense { // a covariance with these eigenvalues
		a := mat.NewDense(dim, dim, nil)
		a.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, a)
		var qr mat.QR
		var q, scaled mat.Dense
		qr.Factorize(a)
		qr.QTo(&q)
		scaled.Apply(func(_, j int, x float64) float64 { return x * math.Sqrt(values[j]) }, &q)
		s := mat.NewSymDense(dim, nil)
		s.SymOuterK(1, &scaled)
		return s
	}
	for _, values := range [][]float64{{0, 0.1, 2}, {0.3, 0.6, 5}, {0, 0, 0}, {0.7, 1, 2}} {
		s := slanted(values...)
		likelihood := func(c *mat.SymDense) float64 {
			var root mat.Cholesky
			if !root.Factorize(c) {
				t.Fatal("a covariance isn't positive definite")
			}
			var solved mat.Dense
			if err := root.SolveTo(&solved, s); err != nil {
				t.Fatal(err)
			}
			return -0.5 * (root.LogDet() + mat.Trace(&solved))
		}
		lifted := mat.NewSymDense(dim, nil)
		lifted.CopySym(s)
		if err := lift(lifted, least); err != nil {
			t.Fatal(err)
		}
		highest, tried := likelihood(lifted), 0
		for i := range 600 {
			width := math.Pow(10, -float64(i%4))
			var eigen mat.EigenSym
			other := mat.NewSymDense(dim, nil)
			other.AddSym(lifted, scaledBy(width, slanted(rng.NormFloat64()*rng.NormFloat64()+1e-3, 1, 1)))
			other.AddSym(other, scaledBy(-width*rng.Float64()*2, diagonalOf(dim)))
			if !eigen.Factorize(other, false) || floats.Min(eigen.Values(nil)) < least {
				continue // isn't allowed
			}
			tried++
			if l := likelihood(other); l > highest+1e-9 {
				t.Errorf("of %v: another covariance has %v, the lifted one %v", values, l, highest)
			}
		}
		if tried < 50 {
			t.Errorf("of %v: only %d others were tried", values, tried)
		}
	}
}

func scaledBy(f float64, s *mat.SymDense) *mat.SymDense {
	out := mat.NewSymDense(s.SymmetricDim(), nil)
	out.ScaleSym(f, s)
	return out
}

func diagonalOf(dim int) *mat.SymDense {
	out := mat.NewSymDense(dim, nil)
	for i := range dim {
		out.SetSym(i, i, 1)
	}
	return out
}

// A component that no point has a share in keeps its place, with no weight, and the others share all.
func TestComponentWithoutPoints(t *testing.T) {
	p := points{4, 1, []float64{-1, -0.5, 0.5, 1}}
	unit := func(at float64) Gaussian { return Gaussian{[]float64{at}, mat.NewSymDense(1, []float64{1})} }
	m := Mixture{Weights: []float64{1, 1}, Components: []Gaussian{unit(0), unit(1000)}}
	for range 3 {
		var err error
		if m, _, err = m.improved(p); err != nil {
			t.Fatal(err)
		}
	}
	if m.Weights[0] != 1 || m.Weights[1] != 0 || m.Components[1].Mean[0] != 1000 || math.Abs(m.Components[0].Covariance.At(0, 0)-0.625) > 1e-15 {
		t.Errorf("the mixture is %+v", m)
	}
}
