package exercise

import (
	"fmt"
	"math"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type code = func(mu, logVar, noise float64, training bool) float64

// CodeToDecode meets “a model is evaluated with a sample of the code or with its mean”.
var CodeToDecode = &check.Function[func(mu, logVar, noise float64, training bool) float64]{
	Exercise: check.Exercise{
		ID: "CodeToDecode", Notebook: 3, Title: "The code that goes to the decoder", Minutes: 4,
		Question: "While training, the decoder gets a draw from N(μ, σ²), made of the noise. When pictures are restored for the eye, it gets the mean. " +
			"Write the code that it gets, from μ and s = log σ².",
		Signature: "func Code(mu, logVar, noise float64, training bool) float64",
		Hints: []string{
			"While training: stretch the noise by σ, and move it by μ. What is σ, when s = log σ² is given?",
			"When training is false, there is no chance left: the code is μ.",
		},
		Another: "one line for both, μ + e^(s/2)·noise, with the noise set to 0 when training is false. A draw without chance is the mean.",
		Meets:   []check.Confusion{check.SampleOrMean, check.LogStd},
	},
	Solve: solveCodeToDecode,
	Truth: func(mu, logVar, noise float64, training bool) float64 {
		q := kl.FromLogVar(mu, logVar)
		if !training {
			q.Sigma = 0
		}
		return math.FMA(noise, q.Sigma, q.Mu)
	},
	Points: codesAt([3]float64{1, -2, 0.5}, [3]float64{0, 0, 1}, [3]float64{2, 0, -1.5}, [3]float64{-1, 1, 0.3}, [3]float64{0, -4, 2}, [3]float64{3, 2, -0.7}),
	Tested: "codes for training and for restoring, log-variances from −4 to 2.",
	Formula: check.Formula[code]{
		Lines:  formula.Parse("if(training, μ + exp(s/2)·noise, μ)"),
		Probes: decodedToProbe(),
		Call: func(f code, in formula.Inputs) []float64 {
			return []float64{f(in["μ"].X(), in["s"].X(), in["noise"].X(), in["training"].X() != 0)}
		},
	},
	Mistakes: []check.Mistake[code]{
		{F: func(mu, s, noise float64, training bool) float64 { return mu + math.Exp(s/2)*noise },
			Says: "Right in training only: for restoring the draw is still a draw, so a picture would come back differently each time."},
		{F: func(mu, s, noise float64, training bool) float64 { return mu },
			Says: "Right for restoring only: in training the mean alone is an autoencoder's code, and the decoder never learns about the cloud."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return mu + math.Exp(s/2)*map[bool]float64{true: noise, false: 1}[training]
		},
			Says: "Right in training only: for restoring it gives μ + σ, as if the noise were 1. The mean of the draws is μ."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return mu + math.Exp(s/2)*map[bool]float64{true: 0, false: noise}[training]
		},
			Says: "The two cases have changed places: draw while training, take the mean for restoring."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return mu + math.Exp(s)*map[bool]float64{true: noise, false: 0}[training]
		},
			Says: "In training the noise is stretched by eˢ, which is the variance: σ is e^(s/2)."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return mu + s*map[bool]float64{true: noise, false: 0}[training]
		},
			Says: "In training the noise is stretched by s itself: σ is e^(s/2)."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return mu + map[bool]float64{true: noise, false: 0}[training]
		},
			Says: "In training σ isn't used: stretch the noise by e^(s/2)."},
		{F: func(mu, s, noise float64, training bool) float64 {
			return map[bool]float64{true: mu + math.Exp(s/2)*noise, false: noise}[training]
		},
			Says: "For restoring it gives the noise alone: that is how new pictures are drawn. This picture's code is μ."},
	},
}

func codesAt(list ...[3]float64) (points []check.Point[code]) {
	for _, training := range []bool{true, false} {
		for _, at := range list {
			points = append(points, check.Point[code]{
				Input: fmt.Sprintf("μ = %s, s = %s, noise = %s, training = %v", words.Number(at[0]), words.Number(at[1]), words.Number(at[2]), training),
				Call:  func(f code) []float64 { return []float64{f(at[0], at[1], at[2], training)} },
				Tags:  tags(tag{"training is true", training}, tag{"training is false", !training}, tag{"σ = 1", at[1] == 0}),
			})
		}
	}
	return points
}

func solveCodeToDecode(mu, logVar, noise float64, training bool) float64 {
	if training {
		return mu + math.Exp(logVar/2)*noise
	}
	return mu
}
