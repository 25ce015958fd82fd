package exercise

import "vaelab/vaelib/check"

// Quiz4 asks what a KL weight does, also one that nobody has written.
var Quiz4 = &check.Quiz{
	Exercise: check.Exercise{ID: "Quiz4", Notebook: 4, Title: "Five questions on the KL weight", Minutes: 4},
	Questions: []check.Question{
		{
			About: check.SumOrMean,
			Text: "Colour pictures of 3,072 numbers, codes of 128 dimensions. A program takes the mean over the pixels, and the mean over the dimensions. " +
				"With which KL weight does it train?",
			Options: []check.Option{
				wrong("1: both terms are means.",
					"They are means over different numbers of things, so they are divided by different numbers."),
				right("24", "The loss is reconstruction/3072 + KL/128. Times 3,072 that is reconstruction + 24 · KL."),
				wrong("0.042", "128/3072, upside down. The reconstruction term is divided by more, so it is the KL term that counts more."),
				wrong("3,072", "The mean over the dimensions is overlooked: it divides the KL term by 128."),
			},
		},
		{
			About: check.Collapse,
			Text: "In the exact case a dimension lives while its variance λ is above β·σ². " +
				"With σ² = 0.1 and the variances 2, 0.5, 0.3 and 0.05, how many live at β = 4?",
			Options: []check.Option{
				wrong("4", "Dimensions die because of what they cost, also where training is perfect: 0.3 and 0.05 aren't worth their price here."),
				wrong("3", "So it is at β = 1, where the limit is 0.1. At β = 4 it is 0.4."),
				wrong("0", "The variances are held against β itself. The limit is β·σ² = 0.4: a noise of little variance makes a direction worth more."),
				right("2", "The limit is 4 · 0.1 = 0.4, and 2 and 0.5 are above it. The third has died on the way from β = 1, at β = 3."),
			},
		},
		{
			About: check.Collapse,
			Text:  "Free bits with λ = 0.5: a dimension has a KL of 0.2 nats, and is charged 0.5. By how much does the charge fall if its KL falls to 0?",
			Options: []check.Option{
				wrong("0.2", "So much is saved without free bits, and that is why dimensions die. The charge is max(KL, λ)."),
				wrong("0.3", "0.5 − 0.2 is what is charged beyond the KL. Dying saves none of it."),
				right("0", "Below λ there is nothing to save by saying less. Nor does anything push up: a dimension may sit there, and be of little use."),
				wrong("0.5", "A dead dimension, too, is charged λ: max(0, 0.5) = 0.5."),
			},
		},
		{
			About: check.TurnedSign,
			Text:  "A loss of a cross-entropy and a KL term falls through 0, to minus a billion. Where do you look first?",
			Options: []check.Option{
				right("At the two terms: neither can be below 0, so one of them is subtracted.",
					"It is the KL term, which explodes, since the loss pays for every nat of it. A loss that falls without end has a sign turned somewhere."),
				wrong("At the learning rate: smaller steps would stop before.",
					"They would only arrive later. No step takes a sum of two things above 0 to below 0."),
				wrong("Nowhere: the lower, the better.",
					"Lower is better as long as the loss is what you want. Look at the pictures: they are gone."),
				wrong("At the pixels: where they have densities, losses are below 0 now and then.",
					"True of Gaussian pixels, whose densities may be above 1. But a cross-entropy of pixels from 0 to 1 is never below 0."),
			},
		},
		{
			About: check.NotANumber,
			Text:  "Two draws have the log-weights −800 and −801. What is the importance-weighted bound, log (½ Σ w)?",
			Options: []check.Option{
				wrong("−∞", "So says a computer that takes exponentials first: it rounds e^−800 to 0. Take the largest log-weight out before."),
				wrong("−800.5", "The mean of the logarithms, which is the ELBO's estimate. The bound takes the logarithm of the mean, and that is larger."),
				wrong("−799.69", "log Σ w: the ½ is forgotten, so it is too large by log 2."),
				right("−800.38", "−800 + log (½(1 + e⁻¹)). With −800 taken out, the exponentials are those of 0 and −1."),
			},
		},
	},
}
