package exercise

import "vaelab/vaelib/check"

// Quiz2 asks to judge formulas and numbers of a KL divergence.
var Quiz2 = &check.Quiz{
	Exercise: check.Exercise{ID: "Quiz2", Notebook: 2, Title: "Five questions on the KL divergence", Minutes: 4},
	Questions: []check.Question{
		{
			About: check.TurnedSign,
			Text:  "A formula for D_KL(N(μ, σ²) ‖ N(0, 1)) gives −2 at μ = 2, σ = 1. What does that say?",
			Options: []check.Option{
				wrong("This bell is closer to N(0, 1) than N(0, 1) itself.",
					"Nothing is closer than the thing itself, at 0. By Gibbs' inequality no KL divergence is below it."),
				wrong("Nothing: the curve q·log(q/p) does dip below 0.",
					"The curve does, where p is above q. Its area doesn't: the gains outweigh the losses, always."),
				right("The formula is wrong: the true value is 2.",
					"½(4 + 1 − 1 − 0) = 2. A value below 0 is enough to know that a formula is wrong, and here the whole sign is turned."),
				wrong("Only the sign of its μ² is wrong.",
					"½(1 + log σ² + μ² − σ²) is 2 here, indeed. But at μ = 0, σ = 2 it gives −0.807: the other terms are turned as well."),
			},
		},
		{
			About: check.SamplesDisagree,
			Text:  "10,000 draws from N(1, 0.5²) say 0.818 for its KL divergence from N(0, 1), with a standard error of 0.007. A formula says 1.636. What is most likely?",
			Options: []check.Option{
				right("The formula lacks a ½.",
					"1.636 is twice 0.818, and ½(1 + 0.25 − 1 + 1.386) = 0.818. The whole sum stands under the ½."),
				wrong("The draws are too few: with a million the two will meet.",
					"They are more than a hundred standard errors apart. More draws make the error bar shorter; they don't carry the estimate to the wrong value."),
				wrong("Sampled numbers are only good to within a factor of 2.",
					"How good they are is known: to within two or three standard errors, so here to about 0.02."),
				wrong("The formula takes σ for the variance.",
					"That would give ½(1 + 0.5 − 1 + 0.693) = 0.597. Try a suspicion out with numbers: a wrong formula leaves its own trace."),
			},
		},
		{
			About: check.LogStd,
			Text:  "A code has μ = 0, and its encoder gives s = log σ² = 2. What is the fine, in nats?",
			Options: []check.Option{
				wrong("24.8", "½(e⁴ − 1 − 4): s is taken for log σ."),
				wrong("4.39", "e² − 1 − 2: the ½ is missing."),
				wrong("0.153", "½(2 − 1 − log 2): s is taken for the variance itself."),
				right("2.19", "½(e² − 1 − 2). With s = log σ², σ² is eˢ, and log σ² is s."),
			},
		},
		{
			About: check.NotANumber,
			Text: "At μ = 0 and s = log σ² = −1600, program A computes ½(eˢ − 1 − s). " +
				"Program B computes v = eˢ first, and then ½(v − 1 − log v). What do they give?",
			Options: []check.Option{
				wrong("Both 799.5: it is one and the same formula.",
					"On paper it is. In a computer e^−1600 is rounded to 0, and the logarithm of 0 is −∞."),
				right("A 799.5, and B +∞.",
					"A never takes a logarithm: s stands there as it is. B goes down to 0 and can't come back."),
				wrong("Both NaN: e^−1600 can't be computed.",
					"It is quietly rounded to 0, and A is content with that. NaN comes of ∞ − ∞, or of 0 · ∞."),
				wrong("A +∞, and B 799.5: B takes the exponential back.",
					"The other way round. B's logarithm meets a 0 from which nothing can be taken back; A needs none."),
			},
		},
		{
			About: check.SumOrMean,
			Text: "A code of 20 dimensions pays 0.3 nats in each. A program takes their mean where the sum belongs, beside a reconstruction term that is a sum. " +
				"What is its KL term, and with which KL weight does it train?",
			Options: []check.Option{
				wrong("6, and 1", "6 is the sum, as it should be. The mean is 0.3."),
				wrong("0.3, and 1: a mean only changes the unit.",
					"It would if both terms were divided. Here one is, and so the two are traded at another price."),
				right("0.3, and 1/20", "The mean is a twentieth of the sum, so each nat of the code counts a twentieth of a nat of the pixels."),
				wrong("0.3, and 20", "Upside down: the fine is divided, so it counts less."),
			},
		},
	},
}
