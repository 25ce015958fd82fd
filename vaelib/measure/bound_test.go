package measure_test

import (
	"math"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// With the exact posterior all weights are p(x): every k gives log p(x), and draws leave nothing open. The closed-form
// KL in its place gives more than log p(x), which no bound can.
func TestBoundOfTheExactPosterior(t *testing.T) {
	m := newLinear(30)
	got := m.bounds(t, m.posterior, measure.BoundOptions{Seed: 1, Ks: []int{1, 5, 2000}})
	exact, wrong := 0.0, 0.0
	for i, x := range m.x {
		logP := m.logP(t, x)
		exact += logP / 30
		q := m.posterior(x)
		d := must[float64](t)(q.KL(kl.StandardDiagonal(3)))
		wrong += (m.density(t, x, m.mean(q.Mu), []float64{q.Sigma[0] * q.Sigma[0], q.Sigma[1] * q.Sigma[1], q.Sigma[2] * q.Sigma[2]}) - d) / 30
		for _, b := range got.ByK {
			near(t, "an image's bound", b.Each[i], logP, 1e-9)
		}
	}
	for _, b := range got.ByK {
		near(t, "bound", b.Value, exact, 1e-9)
		near(t, "sampling error", b.Sampling, 0, 1e-7)
		near(t, "ESS", b.ESS, float64(b.K), 1e-6)
		if b.K > 1 {
			near(t, "left", b.Left, 0, 1e-9)
		}
	}
	// log E_q[p(x|z)] is known here: a Gaussian with the posterior's own spread. ClosedKL must go there.
	if wrong < exact+0.3 {
		t.Fatalf("the mistake's limit is %v, hardly above log p(x) = %v: the test shows nothing", wrong, exact)
	}
	near(t, "the mistake with k = 2000", got.Best().ClosedKL.Value, wrong, 0.01)
	if first := got.ByK[0].ClosedKL.Value; math.Abs(first-exact) > 4*got.ELBO.Sampling {
		t.Errorf("with k = 1 it is %v, log p(x) = %v ± %v", first, exact, got.ELBO.Sampling)
	}
}

// With a poor posterior: L₁ is the ELBO, which is known; the bounds rise; and what is missing at k is
// ½ Var(w)/(k w̄²), known too, up to terms in 1/k².
func TestBoundOfAPoorPosterior(t *testing.T) {
	m := newLinear(40)
	ks := []int{1, 5, 50, 500, 5000}
	got := m.bounds(t, m.spoilt, measure.BoundOptions{Seed: 2, Draws: 20_000, Ks: ks})
	exact, elbo, chi := 0.0, 0.0, 0.0
	for _, x := range m.x {
		p, q := m.posterior(x), m.spoilt(x)
		exact += m.logP(t, x) / 40
		// Jensen's gap is KL(q ‖ p(z|x)), for which the closed form is right.
		elbo += (m.logP(t, x) - must[float64](t)(q.KL(p))) / 40
		square := 1.0 // E_q[(p/q)²], a Gaussian integral
		for j := range p.Mu {
			s2, t2 := p.Sigma[j]*p.Sigma[j], q.Sigma[j]*q.Sigma[j]
			square *= t2 / math.Sqrt(s2*(2*t2-s2)) * math.Exp(math.Pow(p.Mu[j]-q.Mu[j], 2)/(2*t2-s2))
		}
		chi += (square - 1) / 40
	}
	within := func(what string, got measure.ImageMean, want, slack float64) {
		t.Helper()
		if math.Abs(got.Value-want) > 4*got.Sampling+slack {
			t.Errorf("%s is %v ± %v, want %v", what, got.Value, got.Sampling, want)
		}
	}
	within("the ELBO", got.ELBO, elbo, 0)
	within("L₁", got.ByK[0].ImageMean, elbo, 0)
	if exact-elbo < 0.2 {
		t.Fatalf("the ELBO is only %v below log p(x): the test shows nothing", exact-elbo)
	}
	before := math.Inf(-1)
	for i, b := range got.ByK {
		if b.K != ks[i] || b.Value < before {
			t.Errorf("L_%d is %v, below %v", b.K, b.Value, before)
		}
		before = b.Value
		if b.K >= 50 {
			missing := chi / 2 / float64(b.K)
			within("L_k", b.ImageMean, exact-missing, 0.05*missing)
			near(t, "Left", b.Left, missing, 0.1*missing)
		}
		near(t, "Gain", b.Gain.Value, b.Value-got.ELBO.Value, 1e-12)
		if b.Gain.StdErr > b.StdErr/3 {
			t.Errorf("the gain's standard error %v is not much below the bound's %v", b.Gain.StdErr, b.StdErr)
		}
	}
	within("L_5000", got.Best().ImageMean, exact, 2*chi/5000)
}

// L₂ by summing over a grid of both draws: no sampling, no streaming, no log-sum-exp.
func TestBoundOfTwoDraws(t *testing.T) {
	m := newLinear(2)
	one := kl.Diagonal{Mu: []float64{0.4}, Sigma: []float64{0.9}}
	logWeight := func(z float64) float64 { // x|z ~ N(z, 1) at x = 1.5
		return -0.5*(1.5-z)*(1.5-z) - 0.5*math.Log(2*math.Pi) - 0.5*z*z + 0.5*math.Pow((z-0.4)/0.9, 2) + math.Log(0.9)
	}
	const step = 0.02
	want := 0.0
	for a := -6.0; a <= 6; a += step {
		for b := -6.0; b <= 6; b += step {
			mass := math.Exp(-(a*a+b*b)/2) / (2 * math.Pi) * step * step
			want += mass * math.Log((math.Exp(logWeight(0.4+0.9*a))+math.Exp(logWeight(0.4+0.9*b)))/2)
		}
	}
	likelihood := func(_ int, codes [][][]float64) ([][]float64, error) {
		out := make([][]float64, len(codes))
		for i, draws := range codes {
			for _, z := range draws {
				out[i] = append(out[i], -0.5*(1.5-z[0])*(1.5-z[0])-0.5*math.Log(2*math.Pi))
			}
		}
		return out, nil
	}
	got := must[measure.Bounds](t)(measure.ImportanceBounds([]kl.Diagonal{one, one}, likelihood, measure.BoundOptions{Ks: []int{2}, Draws: 100_000, Seed: uint64(len(m.x))}))
	if b := got.Best(); math.Abs(b.Value-want) > 4*b.Sampling || b.Sampling > 0.002 {
		t.Errorf("L₂ is %v ± %v, want %v", b.Value, b.Sampling, want)
	}
}

// Sampling is how much a bound of the same images changes from seed to seed, from groups (k = 4) and from one group
// alone (k = 200).
func TestBoundSamplingError(t *testing.T) {
	m := newLinear(10)
	const seeds = 200
	var values, claimed [2][]float64
	for seed := range uint64(seeds) {
		got := m.bounds(t, m.spoilt, measure.BoundOptions{Seed: seed, Ks: []int{4, 200}})
		for i, b := range got.ByK {
			values[i], claimed[i] = append(values[i], b.Value), append(claimed[i], b.Sampling*b.Sampling)
		}
	}
	for i, k := range []int{4, 200} {
		ratio := stat.Variance(values[i], nil) / stat.Mean(claimed[i], nil)
		// A variance of 200 values is good to √(2/199) = 10 %; the delta method adds a little of its own.
		if ratio < 0.65 || ratio > 1.4 {
			t.Errorf("k = %d: the variance over seeds is %.2f of what is claimed", k, ratio)
		}
	}
}

// No more codes are in hand than some thousands; the numbers depend neither on the cores nor on the images that follow.
func TestBoundStreams(t *testing.T) {
	m := newLinear(9)
	most := 0
	likelihood := func(first int, codes [][][]float64) ([][]float64, error) {
		sum := 0
		for _, draws := range codes {
			sum += len(draws)
		}
		most = max(most, sum)
		return m.likelihood(first, codes)
	}
	var last int
	o := measure.BoundOptions{Seed: 3, Ks: []int{1, 7, 2500}, Observe: func(done, all int) {
		if done <= last || all != 9*2500 {
			t.Errorf("told %d of %d after %d", done, all, last)
		}
		last = done
	}}
	var all measure.Bounds
	onCores(func(cores int) {
		last = 0
		got := must[measure.Bounds](t)(measure.ImportanceBounds(m.posteriors(m.spoilt), likelihood, o))
		if cores > 1 && !reflect.DeepEqual(stripped(got), stripped(all)) {
			t.Errorf("%d cores give other numbers", cores)
		}
		all = got
	})
	if last != 9*2500 || most > 4096 {
		t.Errorf("the last of all draws told is %d; at most %d were in hand", last, most)
	}
	few := must[measure.Bounds](t)(measure.ImportanceBounds(m.posteriors(m.spoilt)[:2], likelihood, measure.BoundOptions{Seed: 3, Ks: []int{7, 2500}}))
	for i, b := range few.ByK {
		if !reflect.DeepEqual(b.Each, all.ByK[i+1].Each[:2]) {
			t.Errorf("L_%d of the first images is %v by themselves, %v with others", b.K, b.Each, all.ByK[i+1].Each[:2])
		}
	}
}

// stripped has no NaN, which is not even itself.
func stripped(b measure.Bounds) measure.Bounds {
	b.ByK[0].Left = 0
	return b
}

func TestBoundRefuses(t *testing.T) {
	m := newLinear(3)
	q := m.posteriors(m.posterior)
	ask := func(o measure.BoundOptions) error {
		_, err := measure.ImportanceBounds(q, m.likelihood, o)
		return err
	}
	answer := func(rows ...[]float64) error {
		_, err := measure.ImportanceBounds(q[:2], func(int, [][][]float64) ([][]float64, error) { return rows, nil }, measure.BoundOptions{Ks: []int{2}})
		return err
	}
	_, none := measure.ImportanceBounds(q, nil, measure.BoundOptions{})
	_, one := measure.ImportanceBounds(q[:1], m.likelihood, measure.BoundOptions{})
	refused(t, []refusal{
		{"the likelihood is nil", none},
		{"1 posteriors: at least 2", one},
		{"k is 0", ask(measure.BoundOptions{Ks: []int{0, 1}})},
		{"from 5 to 5: list them in rising order", ask(measure.BoundOptions{Ks: []int{5, 5}})},
		{"Draws is 10: an image needs at least 50", ask(measure.BoundOptions{Ks: []int{50}, Draws: 10})},
		{"Draws is 1: an image needs at least 2", ask(measure.BoundOptions{Ks: []int{1}, Draws: 1})},
		{"numbers for 1 images, but was asked for 2", answer([]float64{1, 2})},
		{"gave 3 numbers for image 0, but was asked for 2", answer([]float64{1, 2, 3}, []float64{1, 2})},
		{"image 1 is NaN", answer([]float64{1, 2}, []float64{1, math.NaN()})},
		{"image 0 is -Inf", answer([]float64{1, math.Inf(-1)}, []float64{1, 1})},
	})
}

// 100 images, 5,000 draws: all but the decoder.
func BenchmarkImportanceBounds(b *testing.B) {
	q := make([]kl.Diagonal, 100)
	for i := range q {
		q[i] = kl.StandardDiagonal(20)
	}
	row := make([]float64, 4096)
	for b.Loop() {
		_, err := measure.ImportanceBounds(q, func(_ int, codes [][][]float64) ([][]float64, error) {
			out := make([][]float64, len(codes))
			for i := range out {
				out[i] = row[:len(codes[i])]
			}
			return out, nil
		}, measure.BoundOptions{Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
	}
}
