package exercise

import "vaelab/vaelib/check"

// FromAEToVAE meets “a VAE restores worse than the AE”: by an amount that is the price of its other gifts.
var FromAEToVAE = &check.Trend{
	Exercise: check.Exercise{
		ID: "FromAEToVAE", Notebook: 1, Title: "From an AE to a VAE", Minutes: 2,
		Question: "Same shape, same seed, same budget. From the AE to the VAE: what happens to the reconstruction term of the test pictures?",
		Hints: []string{
			"The AE has one wish only. The VAE has two.",
			"A VAE's decoder gets a code with noise in it. Can that make restoring easier?",
		},
		Meets: []check.Confusion{check.WorseThanAE},
	},
	Quantities: []string{"the reconstruction term"},
	Why: "The VAE pays for its code in nats and gets it with noise, so it restores worse, by a few per cent here. " +
		"That is the price of a latent space to draw from, and no sign of a mistake.",
}

// PCAAgainstAE lets straight lines compete with bent ones.
var PCAAgainstAE = &check.Amount{
	Exercise: check.Exercise{
		ID: "PCAAgainstAE", Notebook: 1, Title: "PCA against AE", Minutes: 4,
		Question: "Divide PCA's mean squared error on the test pictures by the AE's: above 1 the AE wins, below 1 PCA does. " +
			"What will the ratio be with codes of 2 numbers, and with codes of 32?",
		Hints: []string{
			"PCA is the best restoration that only adds and multiplies: the AE can do all that, and bend.",
			"With many numbers there is less left to win by bending, and PCA's solution is exact, while the AE's depends on how long it trained.",
		},
	},
	Quantities: []string{"the ratio with 2 numbers", "the ratio with 32 numbers"},
	Why: "Where numbers are few, bending pays. With more of them less is left to win, and PCA's solution is exact, while the " +
		"AE's is as good as its training: train it longer, and the ratio with 32 numbers rises.",
}

// TermsInTraining meets “the KL term rises while training goes well”.
var TermsInTraining = &check.Trend{
	Exercise: check.Exercise{
		ID: "TermsInTraining", Notebook: 3, Title: "The two terms in training", Minutes: 3,
		Question: "A VAE starts with random weights, and trains well. What happens, over the epochs, to the reconstruction term and to the KL term of the training pictures?",
		Hints: []string{
			"At the start the code says nothing about the picture. What does saying nothing cost?",
			"To tell pictures apart, the encoder must leave N(0, I), and pay.",
			"Once the decoder understands the code, can the same be said for less?",
		},
		Meets: []check.Confusion{check.KLRises},
	},
	Quantities: []string{"the reconstruction term", "the KL term"},
	Why: "A code that tells nothing costs nothing, and restores nothing. To tell pictures apart the encoder must pay, so the KL term " +
		"rises while the reconstruction term falls: that is what good training looks like. Later the same is said for less. Watch the loss as a whole.",
}

// RecallAtWeight4 is the first question that a KL weight raises.
var RecallAtWeight4 = &check.Trend{
	Exercise: check.Exercise{
		ID: "RecallAtWeight4", Notebook: 4, Title: "Recall, when the weight goes from 1 to 4", Minutes: 2,
		Question: "Recall is the share of real pictures that lie among those painted from N(0, I). What happens to it when the KL weight goes from 1 to 4?",
		Hints: []string{
			"A heavier fine leaves fewer nats for telling pictures apart.",
			"Pictures that share their code share their restoration, too: what becomes of rare details?",
		},
	},
	Quantities: []string{"recall"},
	Why: "With fewer nats in the code the decoder paints what many pictures have in common. Each painted picture may look " +
		"right (precision), and together they show less of the variety (recall).",
}

// WeightSweep meets “the KL weight is chosen and never applied”: where it is applied, all three quantities move.
var WeightSweep = &check.Trend{
	Exercise: check.Exercise{
		ID: "WeightSweep", Notebook: 4, Title: "Seven weights, from 0 to 10", Minutes: 6,
		Question: "The KL weight goes 0, 0.1, 0.5, 1, 2, 4, 10. What happens to the KL term, to the reconstruction term, and to the recall of pictures drawn from N(0, I)?",
		Hints: []string{
			"At weight 0 nothing holds the codes together: do draws from N(0, I) meet them?",
			"At weight 10 hardly any information passes: can the pictures be varied?",
			"So recall is low at both ends. And in between?",
		},
		Meets: []check.Confusion{check.WeightNotApplied},
	},
	Quantities: []string{"the KL term", "the reconstruction term", "recall"},
	Why: "The weight is an exchange rate: the heavier it is, the fewer nats the code holds and the worse pictures are " +
		"restored. Recall needs both a code that N(0, I) fits and a code that says something. If a weight changes none of " +
		"these, it isn't applied.",
}

// ClipsCompared lets the places of the max compete, before their charges are written.
var ClipsCompared = &check.Trend{
	Exercise: check.Exercise{
		ID: "ClipsCompared", Notebook: 5, Title: "Free nats in three places", Minutes: 3,
		Question: "Four models have the KL weight 4. The first has no free nats. The others have as many each, with the max by dimension, by image, and by batch. " +
			"In this order, what happens to the reconstruction term of the test pictures?",
		Hints: []string{
			"Free nats let the code say more than the weight would. Can restoring get worse by that?",
			"By dimension, what one dimension has free no other can use. By image, any dimension can, but no other image.",
			"By batch all is free or nothing: where the mean lies above what is free, each image pays for each nat.",
		},
		Meets: []check.Confusion{check.Collapse},
	},
	Quantities: []string{"the reconstruction term"},
	Why: "The place of the max decides who may use what is free. By dimension, what one with little to say has free is lost to the others; by image, " +
		"any dimension of that image can use it; by batch, an image pays for each nat while the mean is above. One name, three losses: read where the max stands.",
}

// PartsOfTheKL asks which part of the KL term a small weight lets grow.
var PartsOfTheKL = &check.Trend{
	Exercise: check.Exercise{
		ID: "PartsOfTheKL", Notebook: 5, Title: "Shares of the KL term", Minutes: 3,
		Question: "The KL term is the information about the picture, plus the total correlation, plus what each dimension by itself is off N(0, 1). The KL weight goes 4, 1, 0.1. " +
			"What happens to the information's share of the KL term, and to the total correlation's?",
		Hints: []string{
			"A lighter fine lets all three grow. But with N pictures there is only so much to know about which one it is: log N nats.",
			"What is left must go somewhere: do the dimensions of codes that hardly pay stay independent of each other?",
		},
	},
	Quantities: []string{"the information's share", "the total correlation's share"},
	Why: "To know which of N pictures it is takes log N nats, and no code can say more about them. Beyond that the KL term grows by what nobody needs: " +
		"codes in which dimensions go together, in a cloud that N(0, I) doesn't fit.",
}
