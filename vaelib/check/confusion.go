package check

// Confusion is something that people who write VAEs get wrong again and again. Every one of them is met in an exercise, and
// asked about in a quiz. The zero Confusion, "", is none of them.
type Confusion string

const (
	TurnedSign       Confusion = "the KL divergence is printed, or coded, with its sign turned"
	SumOrMean        Confusion = "a mean over pixels, dimensions or the batch where a sum belongs changes the KL weight"
	GreyPixels       Confusion = "the cross-entropy of grey pixels does not go down to 0"
	FixedSigma       Confusion = "a squared error with a fixed σ is a KL weight in disguise"
	LogStd           Confusion = "the log-variance is taken for the log-standard deviation"
	SamplesDisagree  Confusion = "the closed form disagrees with the sampled estimate: a ½ is missing, or the weighting is wrong"
	NotANumber       Confusion = "infinities and NaN from the exponential or the logarithm of a log-variance"
	KLRises          Confusion = "the KL term rises while training goes well"
	Collapse         Confusion = "units collapse; annealing and free bits are meant to help"
	SampleOrMean     Confusion = "a model is evaluated with a sample of the code or with its mean"
	WeightNotApplied Confusion = "the KL weight is chosen and never applied"
	WorseThanAE      Confusion = "a VAE restores worse than the AE"
)

// Confusions are all of them.
func Confusions() []Confusion {
	return []Confusion{TurnedSign, SumOrMean, GreyPixels, FixedSigma, LogStd, SamplesDisagree, NotANumber, KLRises,
		Collapse, SampleOrMean, WeightNotApplied, WorseThanAE}
}
