package exercise

import "vaelab/vaelib/check"

// Quiz1 asks what a cloud costs, how it is drawn, and in which unit all that is told.
var Quiz1 = &check.Quiz{
	Exercise: check.Exercise{ID: "Quiz1", Notebook: 1, Title: "Five questions on points and clouds", Minutes: 4},
	Questions: []check.Question{
		{
			About: check.WorseThanAE,
			Text:  "An AE and a VAE have the same shape and budget, and 16 dimensions. The VAE restores test pictures about 13 nats an image worse. What is the matter?",
			Options: []check.Option{
				wrong("Its KL term is coded wrongly: a right VAE restores as well as the AE.",
					"Worse looks like broken. But a right VAE restores worse, too: its decoder gets a code with noise in it, and its encoder is fined for what the code says."),
				right("Nothing: that is the price of a code that is drawn, and fined for what it says.",
					"The decoder gets a draw instead of a point, and the code may say less. What it buys: far fewer holes in the map, so that N(0, I) can be drawn from."),
				wrong("It has learnt the training pictures by heart.",
					"That would show in the gap between training and test pictures, and the VAE's is the narrower one: the KL term holds it back."),
				wrong("It needs more passes: in the end both restore alike.",
					"More passes help both. But the VAE's second wish never goes away, so its balance lies at a worse restoration."),
			},
		},
		{
			About: check.WorseThanAE,
			Text: "Few pictures to learn from. The AE restores its training pictures at 200 nats an image, and new ones 30 nats worse. " +
				"For the VAE it is 225, and 20 nats worse. Which restores new pictures better?",
			Options: []check.Option{
				wrong("The VAE: its gap is narrower.",
					"The gap tells who learns by heart, and that is the AE. It doesn't tell who restores better: the VAE starts 25 nats behind, and its gap saves 10."),
				wrong("That can't be told from gaps.",
					"From the gaps alone it can't. But the training terms are given, too: add them up."),
				wrong("The AE: 170 nats against 205.",
					"The AE it is, but new pictures are restored worse, so they cost more nats: add the gap, don't take it off."),
				right("The AE: 230 nats against 245.",
					"200 + 30 against 225 + 20. The KL term does hold a model back from learning by heart, and costs more in plain restoration than it saves there."),
			},
		},
		{
			About: check.SampleOrMean,
			Text:  "In some dimension a picture's cloud has μ = 0.5 and σ = 0.2, and the noise drawn for it is ε = −1.5. Which code does the decoder get in training?",
			Options: []check.Option{
				right("0.2", "z = μ + σ·ε = 0.5 − 0.3. Chance sits in ε alone, so z has slopes for μ and σ."),
				wrong("0.5", "That is the mean, which the decoder gets when a picture is restored for the eye. In training it must cope with the whole cloud."),
				wrong("0.44", "0.5 − 1.5 · 0.04: here the noise is stretched by the variance σ². What stretches is the spread, σ."),
				wrong("0.8", "0.5 + 0.3: the noise was negative, so this draw lies below the mean."),
			},
		},
		{
			About: check.SumOrMean,
			Text:  "A program prints “reconstruction 0.3”, a mean over the 784 pixels, and “KL 15”, a sum over the dimensions. Which term is the larger one, in nats an image?",
			Options: []check.Option{
				wrong("The KL term: 15 is more than 0.3.",
					"So it looks, but the units differ: 0.3 nats a pixel, and 15 nats an image."),
				wrong("They can't be compared: one is an error, the other a divergence.",
					"Both are nats, and that is what nats are for. Only the mean must be turned into a sum first."),
				right("The reconstruction term: 235 nats against 15.",
					"0.3 · 784 = 235.2. Whoever adds the printed numbers, and trains on them, lets the KL term count 784 times as much."),
				wrong("The KL term: 15 against 0.3/784.",
					"A mean is a sum divided by the number of things. To get the sum back, multiply."),
			},
		},
		{
			About: check.LogStd,
			Text:  "An encoder gives s = log σ² = −2. How wide is the cloud: what is σ?",
			Options: []check.Option{
				wrong("0.135", "e⁻² is the variance σ². The spread is its root."),
				right("0.368", "σ = e^(s/2) = e⁻¹. Halve the log-variance first, then take the exponential."),
				wrong("0.018", "e⁻⁴ would be the variance, were s the logarithm of σ. Here s is already that of σ²."),
				wrong("There is none: σ can't come from a negative number.",
					"s is a logarithm: below 0 it says that σ is below 1. e^(s/2) is above 0 for every s, which is why encoders give s."),
			},
		},
	},
}
