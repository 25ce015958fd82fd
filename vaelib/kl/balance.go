package kl

import (
	"math"

	"vaelab/vaelib/words"
)

// Balance is KL balancing: the divergence twice, each time with one side held, sg for stop-gradient,
//
//	Prior · max(D(sg(q) ‖ p), Free) + Posterior · max(D(q ‖ sg(p)), Free).
//
// Both are the same number; what differs is whom they pull. The first moves the prior p alone, so that it forecasts better, the
// second the posterior q alone, so that it says less. Dreamer v2 (danijar/dreamerv2 at 07d906e, kl_loss in
// dreamerv2/common/nets.py, and dreamerv2/configs.yaml) has 0.8 and 0.2 without a clip; Dreamer v3 (danijar/dreamerv3 at e3f0224,
// dreamerv3/rssm.py and dreamerv3/configs.yaml) 1.0 and 0.1 with 1 free nat for each step. Theirs are categorical distributions;
// here they are normal ones. The zero Balance pulls at nothing.
type Balance struct {
	Prior, Posterior float64 // weights, 0 or more
	Free             float64 // nats of a whole code, summed over dimensions, below which neither side is pulled; 0: none
}

// Balanced is what a [Balance] charges for a code and whom it pulls.
type Balanced struct {
	KL     float64 // D(q ‖ p), in nats, summed over dimensions
	Charge float64 // (Prior + Posterior) · max(KL, Free)
	// Slopes of the charge in the parameters of each dimension of q and of p: q's with p held, p's with q held.
	Posterior, Prior []Gradient
	// PosteriorWeight and PriorWeight are what stands before each side's own slope of D(q ‖ p): Posterior and Prior, or 0 where KL
	// is at most Free.
	//
	// What is restored depends on q alone. So q's weight is the β of the model: where p has parameters of its own, any Prior above 0
	// leads to the p that a plain β = Posterior leads to, sooner or later. Where p shares parameters with q, as a world model's do,
	// the two pulls meet in them, and the ratio counts.
	PosteriorWeight, PriorWeight float64
}

// Validate reports a weight or a number of free nats that is negative or not finite.
func (b Balance) Validate() error {
	for _, x := range []struct {
		name string
		x    float64
	}{{"Prior", b.Prior}, {"Posterior", b.Posterior}, {"Free", b.Free}} {
		if !(x.x >= 0) || math.IsInf(x.x, 1) {
			return words.Errorf("%s is %v: it must be 0 or more, and finite", x.name, x.x)
		}
	}
	return nil
}

// At is the charge for one code, q against p, and its slopes. At KL = Free exactly the clip holds: the slopes are 0.
func (b Balance) At(q, p Diagonal) (Balanced, error) {
	if err := b.Validate(); err != nil {
		return Balanced{}, err
	}
	d, err := q.KL(p)
	if err != nil {
		return Balanced{}, err
	}
	out := Balanced{KL: d, Charge: (b.Prior + b.Posterior) * max(d, b.Free)}
	if d > b.Free {
		out.PosteriorWeight, out.PriorWeight = b.Posterior, b.Prior
	}
	if out.Posterior, err = eachDimension(q, p, Normal.Gradient); err != nil {
		return Balanced{}, err
	}
	if out.Prior, err = eachDimension(q, p, Normal.PriorGradient); err != nil {
		return Balanced{}, err
	}
	for i := range out.Posterior {
		out.Posterior[i] = out.Posterior[i].times(out.PosteriorWeight)
		out.Prior[i] = out.Prior[i].times(out.PriorWeight)
		if _, err := notOverflown(out.Charge, out.Posterior[i].Sigma, out.Posterior[i].Mu, out.Posterior[i].LogVar,
			out.Prior[i].Sigma, out.Prior[i].Mu, out.Prior[i].LogVar); err != nil {
			return Balanced{}, err
		}
	}
	return out, nil
}

// times is g, w times as steep; 0 times is 0 without a sign.
func (g Gradient) times(w float64) Gradient {
	if w == 0 {
		return Gradient{}
	}
	return Gradient{Mu: w * g.Mu, LogVar: w * g.LogVar, Sigma: w * g.Sigma}
}
