// Package kl measures how far one bell curve is from another: the Kullback–Leibler divergence
//
//	D_KL(q ‖ p) = E_q[log q(x) − log p(x)]
//
// in nats, in three ways, so that each can catch a mistake in the others. The closed form computes with parameters alone.
// Sampling and quadrature compute with log-densities: they may share a density's LogProb method, and nothing else.
//
// # In closed form
//
// For one dimension ([Normal]), many independent ones ([Diagonal]) and many correlated ones ([Full]):
//
//	q := kl.Normal{Mu: 1, Sigma: 0.5}
//	d, err := q.KL(kl.Standard)
//
// Parts splits it into the price of a mean that is off and the price of a spread that is off. Gradient is the slope of
// the divergence in q's parameters. Each price is a sum of terms that are never negative, so nothing cancels between them.
// Nor does it within one: where t − log(1 + t), with t = σq/σp − 1, would be a small difference of larger numbers, it is
// summed as a series. So the results of [Normal] and [Diagonal] have full relative accuracy even where q is nearly p and the
// divergence nearly 0.
//
// # By sampling
//
// An [Estimator] is a mean over samples whose expectation is the divergence. [LogRatio] is the definition itself;
// [LowVariance] and [Importance] have the same expectation and another spread. [Expectation] takes any function, so that
// each line of a derivation can be checked:
//
//	estimate, err := kl.LogRatio(q, kl.Standard).Estimate(1_000_000, seed)
//	verdict, err := estimate.Agrees(d, 0.001)
//
// The verdict says how many standard errors lie between the two, and how often a right formula would be refused.
// The same seed gives the same numbers, to the last bit, on one core or on many.
//
// A right value may have a wrong slope: a [Term] says what its mean is and where a program goes that follows its slope while the
// draws stay.
//
// # By quadrature
//
// [Quadrature], [Entropy], [CrossEntropy] and [JensenShannon] integrate numerically, for any densities with a LogProb and a
// Quantile method: [Normal] and [Mixture] here, and those of gonum's stat/distuv.
//
// # Which weight does a loss give to the KL term?
//
// A [Loss] says what is summed and what is averaged; its Weight is the β that results, in nats an image. [Published] has those
// of tutorials, [AtWork] those of robots, world models and picture generators.
//
// # What else a loss does to the KL term
//
// A [Clip] leaves some nats free, and where it stands decides to whom. [Balance] pulls prior and posterior with different weights.
// [TwoPoints] is what is best for a decoder that gets nothing from z.
//
// # Sharing
//
// All types here are plain values that no method changes: several goroutines may use one at once. That goes for an Estimator
// too, as far as the densities and functions that it was made from allow it; see [Density].
//
// The package imports no graph library and no notebook, and compiles for a browser (js/wasm).
package kl
