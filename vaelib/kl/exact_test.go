package kl

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// precision is the bits of the reference: enough that ½(σ² − 1 − log σ²) keeps 150 of them even at σ = 1 ± 2⁻⁵².
const precision = 256

func exact(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func op(f func(z, x, y *big.Float) *big.Float, x, y *big.Float) *big.Float {
	return f(new(big.Float).SetPrec(precision), x, y)
}

func add(x, y *big.Float) *big.Float { return op((*big.Float).Add, x, y) }
func sub(x, y *big.Float) *big.Float { return op((*big.Float).Sub, x, y) }
func mul(x, y *big.Float) *big.Float { return op((*big.Float).Mul, x, y) }
func quo(x, y *big.Float) *big.Float { return op((*big.Float).Quo, x, y) }

// bigLog is log x: with x = m·2ᵉ, e log 2 + 2 atanh((m − 1)/(m + 1)).
func bigLog(x *big.Float) *big.Float {
	m := new(big.Float).SetPrec(precision)
	e := x.MantExp(m) // ½ ≤ m < 1
	if m.Cmp(exact(math.Sqrt2/2)) < 0 {
		m, e = mul(m, exact(2)), e-1
	}
	return add(mul(exact(float64(e)), bigLog2), twiceAtanh(quo(sub(m, exact(1)), add(m, exact(1)))))
}

var bigLog2 = twiceAtanh(quo(exact(1), exact(3)))

func twiceAtanh(x *big.Float) *big.Float {
	sum, power, x2 := exact(0), x, mul(x, x)
	for k := 1.0; k < 200; k += 2 { // |x| ≤ 1/3: (1/3)²⁰⁰ is below the last bit
		sum = add(sum, quo(power, exact(k)))
		power = mul(power, x2)
	}
	return mul(exact(2), sum)
}

// bigExp is eˣ by its series, for x made small by halving.
func bigExp(x *big.Float) *big.Float {
	const halvings = 16
	small := quo(x, exact(1<<halvings))
	sum, term := exact(1), exact(1)
	for k := 1.0; k < 40; k++ {
		term = quo(mul(term, small), exact(k))
		sum = add(sum, term)
	}
	for range halvings {
		sum = mul(sum, sum)
	}
	return sum
}

func relative(got float64, want *big.Float) float64 {
	if want.Sign() == 0 {
		return math.Abs(got)
	}
	off, _ := quo(sub(exact(got), want), want).Float64()
	return math.Abs(off)
}

func TestBigLogAndExpAreInverse(t *testing.T) {
	for _, x := range []float64{1e-8, 0.3, 1, 1 + 0x1p-52, 2, 37, 1e8} {
		if off := relative(x, bigExp(bigLog(exact(x)))); off > 1e-17 {
			t.Errorf("exp(log %v) is off by %v", x, off)
		}
		if off := relative(math.Log(x), bigLog(exact(x))); x != 1 && off > 1e-15 {
			t.Errorf("log %v is off by %v from math.Log", x, off)
		}
	}
}

// spreads covers 1e-8 … 1e8 on a log scale and comes near 1 from both sides.
func spreads() []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	sigmas := []float64{1e-8, 0.5, 1, 2, 1e8, math.Nextafter(0.5, 0), math.Nextafter(2, 3), math.Nextafter(1, 0)}
	for range 1000 {
		sigmas = append(sigmas, math.Pow(10, 16*rng.Float64()-8), 0.4+1.8*rng.Float64())
	}
	for k := 1; k <= 52; k++ {
		step := math.Ldexp(1+rng.Float64(), -k)
		sigmas = append(sigmas, 1+step, 1-step/2)
	}
	return sigmas
}

// The bound on relative errors that the closed forms keep, in units of 2⁻⁵³ (half a unit in the last place).
const unit = 0x1p-53

func TestPartsAgainstExactArithmetic(t *testing.T) {
	const bound = 8 * unit
	worst := 0.0
	rng := rand.New(rand.NewPCG(5, 6))
	for i, sigma := range spreads() {
		q, p := Normal{Mu: math.Pow(10, 16*rng.Float64()-8), Sigma: sigma}, Standard
		if i%3 == 0 { // a prior of its own
			p = Normal{Mu: -q.Mu * rng.Float64(), Sigma: sigma * math.Pow(10, 2*rng.Float64()-1)}
		}
		parts, err := q.Parts(p)
		if err != nil {
			t.Fatalf("Parts(%v, %v): %v", q, p, err)
		}
		d := quo(sub(exact(q.Mu), exact(p.Mu)), exact(p.Sigma))
		r := quo(exact(q.Sigma), exact(p.Sigma))
		mu := mul(exact(0.5), mul(d, d))
		spread := sub(mul(exact(0.5), sub(mul(r, r), exact(1))), bigLog(r))
		for _, c := range []struct {
			name string
			got  float64
			want *big.Float
		}{{"Mu", parts.Mu, mu}, {"Sigma", parts.Sigma, spread}, {"Total", parts.Total(), add(mu, spread)}} {
			off := relative(c.got, c.want)
			worst = max(worst, off)
			if !(off <= bound) {
				t.Fatalf("%s of %v from %v is %v: off by %.1f · 2⁻⁵³", c.name, q, p, c.got, off/unit)
			}
		}
	}
	t.Logf("worst relative error %.2f · 2⁻⁵³", worst/unit)
}

func TestLogVarPartsAgainstExactArithmetic(t *testing.T) {
	const bound = 8 * unit
	worst := 0.0
	rng := rand.New(rand.NewPCG(7, 8))
	logVars := []float64{0, 0.5, -0.5, math.Nextafter(0.5, 1), math.Nextafter(-0.5, -1), 37, -37, 700, -1e300}
	for range 1500 {
		logVars = append(logVars, 74*rng.Float64()-37, 2*rng.Float64()-1)
	}
	for k := 1; k <= 300; k++ {
		logVars = append(logVars, math.Ldexp(1+rng.Float64(), -k), -math.Ldexp(1+rng.Float64(), -k))
	}
	for _, s := range logVars {
		parts, err := LogVarParts(0, s)
		if err != nil {
			t.Fatalf("LogVarParts(0, %v): %v", s, err)
		}
		want := exact(0)
		switch {
		case math.Abs(s) < 0x1p-60: // the reference would need more bits; the next term is s/3 of this one
			want = quo(mul(exact(s), exact(s)), exact(4))
		case s < -1e6:
			want = mul(exact(-0.5), add(exact(1), exact(s)))
		case s != 0:
			want = mul(exact(0.5), sub(sub(bigExp(exact(s)), exact(1)), exact(s)))
		}
		off := relative(parts.Sigma, want)
		worst = max(worst, off)
		if !(off <= bound) {
			t.Fatalf("LogVarParts(0, %v).Sigma is %v: off by %.1f · 2⁻⁵³", s, parts.Sigma, off/unit)
		}
	}
	t.Logf("worst relative error %.2f · 2⁻⁵³", worst/unit)
}

func TestGradientAgainstExactArithmetic(t *testing.T) {
	const bound = 8 * unit
	worst := 0.0
	for _, sigma := range spreads() {
		g, err := Normal{Mu: 3, Sigma: sigma}.Gradient(Standard)
		if err != nil {
			t.Fatal(err)
		}
		r2 := sub(mul(exact(sigma), exact(sigma)), exact(1))
		for _, off := range []float64{
			relative(g.Mu, exact(3)), relative(g.LogVar, mul(exact(0.5), r2)), relative(g.Sigma, quo(r2, exact(sigma))),
		} {
			worst = max(worst, off)
			if !(off <= bound) {
				t.Fatalf("gradient at σ = %v is %v: off by %.1f · 2⁻⁵³", sigma, g, off/unit)
			}
		}
	}
	t.Logf("worst relative error %.2f · 2⁻⁵³", worst/unit)
}
