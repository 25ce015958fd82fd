package measure

import (
	"slices"

	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// CollapsedKL is the mean KL, in nats an image, below which a dimension's posterior counts as the prior itself.
const CollapsedKL = 0.01

// Role says what a dimension of the code does. "" is the Role of the zero [Dimension], which has not been looked at.
type Role string

const (
	// InUse: the posterior mean varies from image to image by more than ActiveVariance. (Y. Burda and others, 2016)
	InUse Role = "in use"
	// Collapsed: the posterior is the prior for nearly all images, its KL below CollapsedKL, and the dimension tells nothing.
	// (J. Lucas and others, "Don't Blame the ELBO!", 2019: (ε, δ)-collapse, P(KL < ε) ≥ 1 − δ.)
	Collapsed Role = "collapsed"
	// Idle: the mean hardly varies, yet the dimension costs nats: it stands still away from the prior, as before training
	// has moved it there or with a KL weight of 0, or it tells something by its spread alone.
	Idle Role = "idle"
)

// String is what the role is called in the language that is spoken.
func (r Role) String() string {
	switch r {
	case InUse:
		return words.Say("in use")
	case Collapsed:
		return words.Say("collapsed")
	case Idle:
		return words.Say("idle")
	}
	return string(r)
}

// Dimension is what one dimension of the code does, over many images.
type Dimension struct {
	KL           float64 // mean of KL(N(μ, σ²) ‖ N(0, 1)), in nats an image
	MeanVariance float64 // Var(μ), divided by n − 1
	Spread       float64 // mean of σ²; 1 is the prior's
	AtPrior      float64 // share of images whose KL is below CollapsedKL: 1 − δ in Lucas's (ε, δ)-collapse, with ε = CollapsedKL
	Role         Role
}

// Usage says what each dimension of the code does; see [UsageOf]. A nil Usage is that of a code without dimensions.
type Usage []Dimension

// UsageOf looks at the posteriors of many images. Two numbers decide for each dimension, both with a bound of 0.01, and
// neither needs draws: the mean KL, and the variance of the mean.
func UsageOf(posteriors []kl.Diagonal) (Usage, error) {
	if _, err := packPosteriors(posteriors, 2); err != nil {
		return nil, err
	}
	standard := kl.Normal{Sigma: 1}
	usage := make(Usage, posteriors[0].Dim())
	means, nats, squares := make([]float64, len(posteriors)), make([]float64, len(posteriors)), make([]float64, len(posteriors))
	for j := range usage {
		d := &usage[j]
		for i, q := range posteriors {
			one, err := q.At(j).KL(standard)
			if err != nil {
				return nil, words.Errorf("posterior %d, dimension %d: %w", i, j, err)
			}
			means[i], nats[i], squares[i] = q.Mu[j], one, q.Sigma[j]*q.Sigma[j]
			if one < CollapsedKL {
				d.AtPrior += 1 / float64(len(posteriors))
			}
		}
		d.KL, d.MeanVariance, d.Spread = stat.Mean(nats, nil), stat.Variance(means, nil), stat.Mean(squares, nil)
		switch {
		case d.MeanVariance > ActiveVariance:
			d.Role = InUse
		case d.KL < CollapsedKL:
			d.Role = Collapsed
		default:
			d.Role = Idle
		}
	}
	return usage, nil
}

// KL is the whole KL term, in nats an image: the dimensions' sum.
func (u Usage) KL() (sum float64) {
	for _, d := range u {
		sum += d.KL
	}
	return sum
}

// In lists the dimensions (0, 1, …) in this state.
func (u Usage) In(s Role) (list []int) {
	for j, d := range u {
		if d.Role == s {
			list = append(list, j)
		}
	}
	return list
}

// Ranked lists all dimensions (0, 1, …) by their KL, the largest first.
func (u Usage) Ranked() []int {
	order := make([]int, len(u))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case u[a].KL > u[b].KL:
			return -1
		case u[a].KL < u[b].KL:
			return 1
		}
		return 0
	})
	return order
}
