package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type balanced = func(nats, prior, posterior, free float64) float64

// BalancedWeight meets “the KL weight is chosen and never applied”: of two weights, one never reaches what is restored.
var BalancedWeight = &check.Function[func(nats, prior, posterior, free float64) float64]{
	Exercise: check.Exercise{
		ID: "BalancedWeight", Notebook: 5, Title: "KL balancing: the weight that the posterior feels", Minutes: 4,
		Question: "With KL balancing a world model's loss has the term prior·max(KL(sg(q) ‖ p), free) + posterior·max(KL(q ‖ sg(p)), free), where sg stops the gradient. " +
			"A code's KL is nats. Which β does the posterior q feel, that is, what stands before the slope of KL(q ‖ p) in q's own numbers?",
		Signature: "func PosteriorWeight(nats, prior, posterior, free float64) float64",
		Hints: []string{
			"What is inside sg counts as a constant: in which of the two terms does q move?",
			"Where the max takes free, the term is a constant. What is its slope? At KL = free, too, take the max to hold.",
		},
		Another: "posterior·(the slope of max(KL, free)), and that slope is 0 up to free and 1 above. The prior's weight stands in " +
			"front of a term in which q is held.",
		Meets: []check.Confusion{check.WeightNotApplied, check.Collapse},
	},
	Solve: solveBalancedWeight,
	Truth: func(nats, prior, posterior, free float64) float64 {
		q := kl.Diagonal{Mu: []float64{math.Sqrt(2 * nats)}, Sigma: []float64{1}} // ½μ² nats
		b, err := kl.Balance{Prior: prior, Posterior: posterior, Free: free}.At(q, kl.StandardDiagonal(1))
		return value(b, err).PosteriorWeight
	},
	Points: balancesAt([4]float64{2, 1, 0.1, 1}, [4]float64{0.5, 1, 0.1, 1}, [4]float64{2, 1, 0.1, 2}, [4]float64{8, 0.8, 0.2, 0}, [4]float64{2, 0.5, 0.5, 1}, [4]float64{0, 1, 0.3, 0},
		[4]float64{4.5, 0.4, 2, 3}, [4]float64{0.5, 0.4, 2, 3}, [4]float64{18, 1, 1, 3}, [4]float64{1.4, 1.3, 0.6, 1.2}),
	Tested: "codes of 0 to 18 nats, some below what is free and some at it, among them Dreamer v3's weights 1 and 0.1, and v2's 0.8 and 0.2 without a clip.",
	Formula: check.Formula[balanced]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "if(nats > free, posterior, 0)", Called: "the posterior's part"}},
			confused("1", "if(nats > free, prior, 0)", "posterior", "prior", "if(nats > free, 1, 0)", "nats", "free"))...)},
		Lines:  formula.Parse("if(nats > free, posterior, 0)"),
		Probes: balancesToProbe(),
		Call: func(f balanced, in formula.Inputs) []float64 {
			return []float64{f(in["nats"].X(), in["prior"].X(), in["posterior"].X(), in["free"].X())}
		},
		NotNegative: "A weight here is never negative: at the least it is 0, and nothing pulls.",
	},
	Mistakes: []check.Mistake[balanced]{
		{F: aboveFree(func(_, prior, posterior, _ float64) float64 { return prior + posterior }),
			Says: "That is the sum of the two weights. It is what the loss shows, but in the prior's term q stands inside sg: its slope there is 0."},
		{F: aboveFree(func(_, prior, _, _ float64) float64 { return prior }),
			Says: "That is the weight that pulls the prior p. q is held in that term, by sg(q); it moves in the other one."},
		{F: aboveFree(func(_, prior, posterior, _ float64) float64 { return posterior / prior }),
			Says: "That is the ratio of the two weights. It would count where q and p shared their numbers; q's own feel its own weight, whatever p's is."},
		{F: aboveFree(func(_, prior, posterior, _ float64) float64 { return prior / posterior }),
			Says: "That is the ratio of the two weights, the prior's over the posterior's: how much harder p is pulled. Asked for is what pulls q."},
		{F: aboveFree(func(_, prior, posterior, _ float64) float64 { return posterior / (prior + posterior) }),
			Says: "That is the posterior's share of both weights. Nothing divides by their sum: q feels its weight as it stands."},
		{F: func(_, _, posterior, _ float64) float64 { return posterior },
			Says: "Right above free only: where the max takes free, nothing pulls at q, and its weight is 0."},
		{F: func(_, prior, posterior, _ float64) float64 { return prior + posterior },
			Says: "That is the sum of the two weights, also below free. q is held in the prior's term, and where the max takes free nothing pulls at it at all."},
		{F: func(nats, _, posterior, free float64) float64 {
			if nats >= free {
				return posterior
			}
			return 0
		},
			Says: "Wrong only at KL = free: there, too, the max holds, and nothing pulls."},
		{F: func(nats, _, posterior, free float64) float64 {
			if nats < free {
				return posterior
			}
			return 0
		},
			Says: "The other way round: below free the max takes free, a constant, and above it the KL, which pulls."},
		{F: func(nats, _, posterior, free float64) float64 { return posterior * max(nats, free) },
			Says: "That is what the term costs, its value. Its slope is asked for: what stands before the slope of the KL."},
		{F: func(nats, _, posterior, free float64) float64 { return posterior * max(nats-free, 0) },
			Says: "That is the cost of what lies above free. The slope doesn't grow with it: above free a nat costs as much as the next."},
	},
}

// aboveFree is a weight where the KL is above what is free, and else 0.
func aboveFree(f balanced) balanced {
	return func(nats, prior, posterior, free float64) float64 {
		if nats > free {
			return f(nats, prior, posterior, free)
		}
		return 0
	}
}

func balancesAt(list ...[4]float64) (points []check.Point[balanced]) {
	for _, at := range list {
		points = append(points, check.Point[balanced]{
			Say: func() string {
				return words.Say("%s nats, prior %s, posterior %s, free %s", words.Number(at[0]), words.Number(at[1]), words.Number(at[2]), words.Number(at[3]))
			},
			Call: func(f balanced) []float64 { return []float64{f(at[0], at[1], at[2], at[3])} },
			Tags: tags(tag{"the KL is above free", at[0] > at[3]}, tag{"the KL is below free", at[0] < at[3]}, tag{"the KL is free exactly", at[0] == at[3]}, tag{"both weights are the same", at[1] == at[2]}),
		})
	}
	return points
}

func solveBalancedWeight(nats, prior, posterior, free float64) float64 {
	if nats > free {
		return posterior
	}
	return 0
}
