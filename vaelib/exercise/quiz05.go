package exercise

import "vaelab/vaelib/check"

// Quiz5 asks what the KL term does in programs that people use.
var Quiz5 = &check.Quiz{
	Exercise: check.Exercise{ID: "Quiz5", Notebook: 5, Title: "Five questions on the KL term at work", Minutes: 4},
	Questions: []check.Question{
		{
			About: check.SumOrMean,
			Text: "A policy averages the absolute error over 100 steps of 14 joints, and adds 10 times the KL term, summed over dimensions. " +
				"For a Laplace decoder with the scale b = 0.1, which β does it train with?",
			Options: []check.Option{
				right("140,000", "The loss is (0.1/1400)·nats + 10·KL, and 10 over 0.1/1400 is that. A nat of z must save so many nats of the actions: hardly any will."),
				wrong("14,000", "So it is for b = 1, errors as wide as the actions' own spread. A smaller b makes more nats of the same error."),
				wrong("100", "10/0.1: the mean is overlooked, which divides the error by 1,400."),
				wrong("1,400", "b works the other way there: 10 · 1400 · 0.1. It stands below, since a small b makes many nats of an error."),
			},
		},
		{
			About: check.SampleOrMean,
			Text: "Half of the demonstrations go left of an obstacle, half right, and z has learnt to say which. At test a program puts in z = 0, as ACT does. " +
				"What is to be feared?",
			Options: []check.Option{
				wrong("Nothing: 0 is the prior's mean, and the most probable code.",
					"The most probable, yes. But left and right lie on either side of it, and there the decoder must change from one path to the other."),
				wrong("That it goes left one time and right the next.",
					"Draws from N(0, 1) do that, and mostly go round. z = 0 is no draw: it gives the same path each time."),
				right("That it goes between the two styles, into the obstacle.",
					"0 lies between the codes for left and those for right, where nobody has shown a path. With one style in the majority it may be safe. Draw codes, and look at their paths."),
			},
		},
		{
			About: check.Collapse,
			Text: "Two images have the nats (3, 0.1) and (0.5, 0.1) in two dimensions, and a dimension has 1 nat free, so an image has 2. " +
				"What is the KL term with the max by image, before the mean over images?",
			Options: []check.Option{
				wrong("1.85", "So it is without free nats: the mean of 3.1 and 0.6. The second image is charged 2."),
				right("2.55", "The images have 3.1 and 0.6, and are charged 3.1 and 2. Only the first saves anything by saying less."),
				wrong("2", "So it is by batch: the mean, 1.85, lies below 2. Then nothing pulls at all, not even at the first image."),
				wrong("2.75", "So it is by dimension: the means are 1.75 and 0.1, and the second is charged 1."),
			},
		},
		{
			About: check.WeightNotApplied,
			Text: "A world model has 1 · max(KL(sg(q) ‖ p), 1) + 0.1 · max(KL(q ‖ sg(p)), 1) in its loss, where sg stops the gradient, and the KL is 3 nats. " +
				"With prior and posterior of their own, which β does the posterior q feel?",
			Options: []check.Option{
				wrong("1.1", "That is what the loss shows, a sum of two terms. In the first of them q is held."),
				wrong("1", "That pulls the prior p towards q: it is how hard the forecast is taught, and leaves q be."),
				wrong("0", "So it is up to 1 nat, where the max takes the 1. The KL is 3 here."),
				right("0.1", "q moves in the second term alone. Where prior and posterior share their numbers, as in Dreamer, the other pull reaches them, too."),
			},
		},
		{
			About: check.SamplesDisagree,
			Text: "Draws z from q = N(0, 0.8²) give k3 = (r − 1) − log r, with r = p(z)/q(z) and p = N(0, 1). A program prints its mean, and differentiates it in σ with the draws held. " +
				"Which of the two is what the KL says?",
			Options: []check.Option{
				wrong("Both: the mean is the KL, and so is its slope.",
					"The mean is. But which draws there are depends on σ, too, and with the draws held that part of the slope is left out: it is −0.70, and the KL's −0.45."),
				wrong("The slope alone: the mean is only near the KL.",
					"That is k2 = ½ log² r: its mean is 0.033 for 0.043 nats, and its slope is the true one."),
				right("The mean alone.",
					"Its slope with the draws held is that of the other divergence, D(p ‖ q): −0.70, where the KL's is −0.45. A right value may have a wrong slope."),
				wrong("Neither: k3's terms vary too much.",
					"They vary about as much as those of k1 = −log r, by 0.27 nats against 0.25. More draws mend that, and don't mend a wrong slope."),
			},
		},
	},
}
