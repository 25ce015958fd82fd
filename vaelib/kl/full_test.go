package kl_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"vaelab/vaelib/kl"
)

// randomFull gives a mean and a covariance A Aᵀ + 0.1·I of n dimensions.
func randomFull(rng *rand.Rand, n int) ([]float64, *mat.SymDense) {
	mean, a := make([]float64, n), mat.NewDense(n, n, nil)
	for i := range n {
		mean[i] = rng.NormFloat64()
		for j := range n {
			a.Set(i, j, rng.NormFloat64())
		}
	}
	covariance := mat.NewSymDense(n, nil)
	covariance.SymOuterK(1, a)
	for i := range n {
		covariance.SetSym(i, i, covariance.At(i, i)+0.1)
	}
	return mean, covariance
}

func TestFullAgainstGonum(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for n := 1; n <= 8; n++ {
		for range 20 {
			m1, c1 := randomFull(rng, n)
			m2, c2 := randomFull(rng, n)
			q, p := must[*kl.Full](t)(kl.NewFull(m1, c1)), must[*kl.Full](t)(kl.NewFull(m2, c2))
			gq, _ := distmv.NewNormal(m1, c1, nil)
			gp, _ := distmv.NewNormal(m2, c2, nil)
			near(t, "KL", must[float64](t)(q.KL(p)), distmv.KullbackLeibler{}.DistNormal(gq, gp), 1e-9)
			if self := must[float64](t)(q.KL(q)); self != 0 {
				t.Errorf("D(q ‖ q) = %v", self)
			}
		}
	}
}

func TestFullOfADiagonalIsTheDiagonal(t *testing.T) {
	q := kl.Diagonal{Mu: []float64{1, -2, 0}, Sigma: []float64{0.5, 1 + 1e-9, 3}}
	p := kl.Diagonal{Mu: []float64{0, 1, 0}, Sigma: []float64{1, 1, 2}}
	d := must[float64](t)(must[*kl.Full](t)(q.Full()).KL(must[*kl.Full](t)(p.Full())))
	near(t, "KL", d, must[float64](t)(q.KL(p)), 1e-15)
}

func TestAnInvertibleMapChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 50 {
		const n = 4
		a := mat.NewDense(n, n, nil)
		for i := range n {
			for j := range n {
				a.Set(i, j, rng.NormFloat64())
			}
		}
		move := func(mean []float64, covariance *mat.SymDense) *kl.Full {
			var m mat.VecDense
			m.MulVec(a, mat.NewVecDense(n, mean))
			var c mat.Dense
			c.Product(a, covariance, a.T())
			sym := mat.NewSymDense(n, nil)
			for i := range n {
				for j := range i + 1 {
					sym.SetSym(i, j, c.At(i, j))
				}
			}
			return must[*kl.Full](t)(kl.NewFull(m.RawVector().Data, sym))
		}
		m1, c1 := randomFull(rng, n)
		m2, c2 := randomFull(rng, n)
		before := must[float64](t)(must[*kl.Full](t)(kl.NewFull(m1, c1)).KL(must[*kl.Full](t)(kl.NewFull(m2, c2))))
		near(t, "KL after x ↦ Ax", must[float64](t)(move(m1, c1).KL(move(m2, c2))), before, 1e-7)
	}
}

// Correlation alone costs −½ log(1 − ρ²) nats: the mutual information of two standard normal numbers.
func TestCorrelationCostsItsMutualInformation(t *testing.T) {
	for _, rho := range []float64{-0.9, 0.1, 0.5, 0.999} {
		q := must[*kl.Full](t)(kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, []float64{1, rho, rho, 1})))
		p := must[*kl.Full](t)(kl.StandardDiagonal(2).Full())
		near(t, "KL", must[float64](t)(q.KL(p)), -0.5*math.Log1p(-rho*rho), 1e-12)
	}
}

func TestWhatIsNoCovariance(t *testing.T) {
	two := must[*kl.Full](t)(kl.StandardDiagonal(2).Full())
	for _, c := range []struct {
		say  string
		make func() error
	}{
		{"not positive definite", func() error {
			_, err := kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, []float64{1, 2, 2, 1}))
			return err
		}},
		{"not positive definite", func() error {
			_, err := kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, nil))
			return err
		}},
		{"covariance[1, 0] is NaN", func() error {
			_, err := kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, []float64{1, math.NaN(), 0, 1}))
			return err
		}},
		{"mean[1] is +Inf", func() error {
			_, err := kl.NewFull([]float64{0, math.Inf(1)}, mat.NewSymDense(2, []float64{1, 0, 0, 1}))
			return err
		}},
		{"mean has 3 dimensions", func() error {
			_, err := kl.NewFull(make([]float64, 3), mat.NewSymDense(2, []float64{1, 0, 0, 1}))
			return err
		}},
		{"empty", func() error { _, err := kl.NewFull(nil, mat.NewSymDense(1, nil)); return err }},
		{"covariance is nil", func() error { _, err := kl.NewFull([]float64{0}, nil); return err }},
		{"nil", func() error { _, err := two.KL(nil); return err }},
		{"q has 2 dimensions and p 3", func() error {
			_, err := two.KL(must[*kl.Full](t)(kl.StandardDiagonal(3).Full()))
			return err
		}},
		{"dimension 0: Sigma is 0", func() error {
			_, err := kl.Diagonal{Mu: []float64{0}, Sigma: []float64{0}}.Full()
			return err
		}},
	} {
		if err := c.make(); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("the error is %q, which should say %q", err, c.say)
		}
	}
}
