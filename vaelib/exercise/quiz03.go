package exercise

import "vaelab/vaelib/check"

// Quiz3 asks what numbers of a training tell.
var Quiz3 = &check.Quiz{
	Exercise: check.Exercise{ID: "Quiz3", Notebook: 3, Title: "Five questions on a VAE's training", Minutes: 4},
	Questions: []check.Question{
		{
			About: check.KLRises,
			Text:  "Three epochs with a KL weight of 1: reconstruction 344, 281, 275 nats; KL term 6.5, 7.4, 7.1. What is going on?",
			Options: []check.Option{
				wrong("The KL term rises: the codes run away, so stop the training.",
					"A rising term alarms. But codes that ran away would take the loss with them, and it falls."),
				wrong("The sign of the KL term is turned.",
					"Then it would grow without end, and the pictures would be lost. Here the reconstruction term gets better all the time."),
				wrong("The KL weight is too small: the KL term should fall from the start.",
					"At the start the code says nothing, and that is nearly free: there is hardly anything to fall from."),
				right("Good training: the loss falls, 350.5, 288.4, 282.1.",
					"To tell pictures apart the encoder must leave N(0, I), and pay. That is worth it: 0.9 nats of code bring 63 in the pictures. Watch the sum."),
			},
		},
		{
			About: check.GreyPixels,
			Text:  "All 784 pixels of a picture are x = 0.5, and a perfect decoder gives x̂ = 0.5. What is the cross-entropy, in nats?",
			Options: []check.Option{
				wrong("0", "So it is for pixels that are 0 or 1. A grey one is like a coin: even whoever knows its chances is surprised by each toss."),
				right("543", "784 · log 2: each pixel costs −½ log ½ − ½ log ½. No decoder gets below it, so a large reconstruction term needn't be a bad one."),
				wrong("272", "−x log x̂ alone: the half with 1 − x is missing."),
				wrong("784", "That is in bits, one for each pixel. A bit is log 2 = 0.69 nats."),
			},
		},
		{
			About: check.SampleOrMean,
			Text: "The same VAE, the same test pictures: 234 nats an image when a draw from each cloud is decoded, 230 when its mean is. " +
				"Which number belongs in the ELBO?",
			Options: []check.Option{
				right("234: the ELBO averages over draws from the cloud.",
					"The KL term is the price of a cloud, so the other term must live with one. Mean codes are for restoring pictures for the eye."),
				wrong("230: the mean is the better code.",
					"It restores better. But the KL term beside it pays for a cloud that is then not used, and their sum bounds nothing."),
				wrong("232, the mean of both.",
					"Two answers to two questions have no mean. The bound asks one of them: how well do draws restore?"),
				wrong("Either: over many draws they agree.",
					"More draws make the 234 more exact, and bring it no nearer to 230: the average over a cloud isn't the value at its middle."),
			},
		},
		{
			About: check.WeightNotApplied,
			Text:  "Two trainings with the same seed, KL weights 1 and 4. Both end with reconstruction 264.1 and KL 5.21, the same to the last digit. What is most likely?",
			Options: []check.Option{
				wrong("Both have found the one best VAE.",
					"Each weight has a best VAE of its own: at 4 the code is dearer, so less of it is bought."),
				wrong("The seed decides how a training ends, not the weight.",
					"The seed makes the same start and the same noise. But with another loss the very first step already goes elsewhere."),
				right("The weight never reaches the loss.",
					"Equal to the last digit means that the same loss was trained. Changing a number and seeing that nothing changes is the quickest test."),
				wrong("With two dimensions the weight doesn't matter.",
					"It does: the map drew together, the KL term fell, and the reconstruction term rose."),
			},
		},
		{
			About: check.FixedSigma,
			Text:  "But for a constant, 50 · Σ (x − x̂)² + KL is the negative ELBO of a decoder whose pixels are Gaussian. With which σ?",
			Options: []check.Option{
				right("0.1", "The nats of an error are (x − x̂)²/(2σ²), and 1/(2 · 0.01) = 50. Whoever chooses a factor before the squared error chooses a σ."),
				wrong("0.02", "That is 1/50. The factor is 1/(2σ²), not 1/σ."),
				wrong("0.14", "1/√50: the 2 of 2σ² is forgotten."),
				wrong("0.01", "That is σ². The spread is its root."),
			},
		},
	},
}
