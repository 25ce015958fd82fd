package kl

import "math"

// ratios makes log q − log p of many samples at once. Where all densities are normal, the samples come in the units
// of the distribution that they are drawn from, as ε = (x − μ)/σ ~ N(0, 1): a log-ratio is then a quadratic.
type ratios struct {
	from   Sampler
	normal bool
}

func newRatios(from Sampler, others ...Density) ratios {
	_, normal := from.(Normal)
	for _, d := range others {
		_, n := d.(Normal)
		normal = normal && n
	}
	return ratios{from, normal}
}

// Units of a logarithm: how many of them are a nat. Bits are for exponents: powers of 2 are quicker than those of e.
const (
	nats = 1
	bits = math.Log2E
)

// draws is what the samples are to be drawn from.
func (r ratios) draws() Sampler {
	if r.normal {
		return Standard
	}
	return r.from
}

// log sets dst to log q − log p of the samples x, aNat units to a nat. It may use spare.
func (r ratios) log(q, p Density, aNat float64) func(dst, spare, x []float64) {
	if r.normal {
		c := quadraticOf(r.from.(Normal), q.(Normal), p.(Normal))
		c = quadratic{c.c0 * aNat, c.c1 * aNat, c.c2 * aNat}
		return func(dst, _, x []float64) {
			c, dst := c, dst[:len(x)] // in registers
			for i, e := range x {
				dst[i] = c.at(e)
			}
		}
	}
	logQ, logP := logProbs(q), logProbs(p)
	return func(dst, spare, x []float64) {
		logQ(dst, x)
		logP(spare, x)
		for i, l := range spare[:len(dst)] {
			dst[i] = (dst[i] - l) * aNat
		}
	}
}

// weighted sets dst to w·(log q − log p). Where the weight is 0 it is 0, whatever the logarithms are.
func (r ratios) weighted(q, p Density) func(dst, w, spare, x []float64) {
	if r.normal {
		c := quadraticOf(r.from.(Normal), q.(Normal), p.(Normal))
		return func(dst, w, _, x []float64) {
			c, dst, w := c, dst[:len(x)], w[:len(x)]
			for i, e := range x {
				dst[i] = w[i] * c.at(e)
			}
		}
	}
	log := r.log(q, p, nats)
	return func(dst, w, spare, x []float64) {
		log(dst, spare, x)
		for i, w := range w[:len(dst)] {
			if w == 0 {
				dst[i] = 0
			} else {
				dst[i] *= w
			}
		}
	}
}

// quadratic is c0 + c1·ε + c2·ε².
type quadratic struct{ c0, c1, c2 float64 }

func (c quadratic) at(e float64) float64 { return c.c0 + e*(c.c1+e*c.c2) }

// quadraticOf gives log q − log p at x = μ + σε of from. With
//
//	u = (x − μq)/σq = a + bε,   d = (μq − μp)/σp,   t = σq/σp − 1,   (x − μp)/σp = u + (tu + d),
//
// it is ½(u + tu + d)² − ½u² − log(1 + t) = ½t(t + 2)u² + d(t + 1)u + ½d² − log(1 + t). Near q = p, d and t are small
// and so is every term: no digits are lost, as they would be in the difference of two logarithms.
func quadraticOf(from, q, p Normal) quadratic {
	a, b := (from.Mu-q.Mu)/q.Sigma, from.Sigma/q.Sigma
	d, t := (q.Mu-p.Mu)/p.Sigma, (q.Sigma-p.Sigma)/p.Sigma
	logSpread := math.Log(q.Sigma) - math.Log(p.Sigma)
	if math.Abs(t) < 0.5 {
		logSpread = math.Log1p(t)
	}
	square, linear := 0.5*t*(t+2), d*(t+1)
	return quadratic{0.5*d*d - logSpread + a*(linear+a*square), b * (linear + 2*a*square), b * b * square}
}
