package model

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/run"
)

// Pass is one batch on its way through the network: what a loss may look at. All nodes are float32.
// It comes from [Network.Forward]. The zero Pass has no nodes, and functions that take one panic on it.
type Pass struct {
	Config run.Config
	Images *Node // [batch, told], grey values in [0, 1]: all pixels, but for those that are given
	Given  *Node // [batch, given], the pixels that are given; nil where none are
	Mean   *Node // [batch, latent], μ
	LogVar *Node // [batch, latent], log σ²; nil for an AE
	// PriorMean and PriorLogVar are a learned prior's, [batch, latent] or [1, latent]; nil for N(0, I).
	PriorMean, PriorLogVar *Node
	Code                   *Node // [batch, latent], z = μ + σ·ε
	Logits                 *Node // [batch, told], what the decoder made of the code
	Weight                 *Node // scalar, the KL weight: Config.KLWeight, and under a schedule what it is in this step
	Target                 *Node // scalar, the KL term to aim at in this step, in nats an image, where Config.Rate asks for one
	LogSigma               *Node // scalar, log σ of a Gaussian decoder whose σ isn't fixed; else nil
}

// Forward sends images through the network: encode, sample with the given noise, decode.
func (n Network) Forward(images, noise *Node) Pass {
	mean, logVar := n.Encode(images)
	code := Sample(mean, logVar, noise)
	g := images.Graph()
	given, told := n.Split(images)
	priorMean, priorLogVar := n.Prior(given)
	return Pass{
		Config: n.config, Images: told, Given: given, Mean: mean, LogVar: logVar, PriorMean: priorMean, PriorLogVar: priorLogVar,
		Code: code, Logits: n.Decode(code, given),
		Weight: Const(g, float32(n.config.KLWeight)), Target: Const(g, float32(n.config.Rate.Nats)),
		LogSigma: n.weight[run.LogSigma],
	}
}

// Loss says what training makes small: a value in nats for each image of the batch, [batch]. [Objective] is the
// course's own; a learner may write another. Where training takes a nil one, it stands for the course's own.
//
// A Loss is called for each graph that is built, and not for each step. Runs that are trained side by side call it from
// several goroutines at once, so it must only build on its Pass.
type Loss func(p Pass) *Node

// NegativeELBO is reconstruction + KL weight × KL, [batch]: the negative evidence lower bound at weight 1.
func NegativeELBO(p Pass) *Node {
	if p.LogVar == nil {
		return Reconstruction(p)
	}
	return Add(Reconstruction(p), Mul(KL(p), p.Weight))
}

// Reconstruction is −log p(x|z) under the decoder that the configuration names, in nats, [batch].
func Reconstruction(p Pass) *Node {
	switch {
	case p.Config.Decoder == run.Laplace:
		return LaplaceNats(p.Images, Means(p.Config, p.Logits), p.Config.PixelSigma)
	case p.Config.Decoder != run.Gaussian:
		return BernoulliNats(p.Images, p.Logits)
	case p.LogSigma != nil:
		return GaussianNatsAt(p.Images, Means(p.Config, p.Logits), p.LogSigma)
	}
	return GaussianNats(p.Images, Means(p.Config, p.Logits), p.Config.PixelSigma)
}

// KL is D_KL(N(μ, σ²) ‖ prior) of each image's posterior, in nats, [batch]; 0 for an AE, which has none.
func KL(p Pass) *Node {
	if p.LogVar == nil {
		return ReduceSum(ZerosLike(p.Mean), -1)
	}
	return MulScalar(ReduceSum(p.twiceKL(), -1), 0.5)
}

// KLToStandardNormal is ½ Σ (μ² + σ² − 1 − log σ²) over latent dimensions (Kingma & Welling 2014, appendix B),
// from μ and s = log σ², both [batch, latent]; in nats, [batch]. In float32 each dimension is good to about
// 1e-7 nats: near σ² = 1 that is rounding in e^s − 1, which GoMLX has no differentiable expm1 to avoid.
func KLToStandardNormal(mean, logVar *Node) *Node {
	return MulScalar(ReduceSum(twiceKL(mean, logVar), -1), 0.5)
}

// twiceKL is twice the divergence of each dimension, [batch, latent]. Against a learned prior it is
// (μ − μ_p)²/σ_p² + σ²/σ_p² − 1 − log σ²/σ_p².
func (p Pass) twiceKL() *Node {
	if p.PriorLogVar == nil {
		return twiceKL(p.Mean, p.LogVar)
	}
	ratio := Sub(p.LogVar, p.PriorLogVar)
	squares := Mul(Square(Sub(p.Mean, p.PriorMean)), Exp(Neg(p.PriorLogVar)))
	return Add(squares, Sub(AddScalar(Exp(ratio), -1), ratio))
}

// twiceKL is μ² + σ² − 1 − log σ² of each dimension, [batch, latent].
func twiceKL(mean, logVar *Node) *Node {
	return Add(Square(mean), Sub(AddScalar(Exp(logVar), -1), logVar))
}

// BernoulliNats is the cross-entropy Σ softplus(l) − x·l between grey pixels x and the probabilities sigmoid(l),
// over pixels, in nats, [batch]. From logits it stays finite where log(sigmoid(l)) would be log 0. On grey pixels
// its floor is the pixels' own entropy, not 0.
func BernoulliNats(images, logits *Node) *Node {
	return ReduceSum(Sub(softplus(logits), Mul(images, logits)), -1)
}

// GaussianNats is −log N(x; m, σ²) = Σ ½((x−m)/σ)² + log σ + ½ log 2π over pixels, in nats, [batch]. A density:
// it may be negative.
func GaussianNats(images, means *Node, sigma float64) *Node {
	pixels := float64(images.Shape().Dim(-1))
	squares := ReduceSum(Square(Sub(images, means)), -1)
	constant := pixels * (math.Log(sigma) + 0.5*math.Log(2*math.Pi))
	return AddScalar(MulScalar(squares, 0.5/(sigma*sigma)), constant)
}

// LaplaceNats is −log of a Laplace distribution with the median m and the scale b, Σ |x−m|/b + log 2b over pixels, in nats, [batch]. A
// density: it may be negative. Whatever b is, the best m that doesn't know more is the median of what it may be, and not the mean.
func LaplaceNats(images, medians *Node, scale float64) *Node {
	pixels := float64(images.Shape().Dim(-1))
	off := ReduceSum(Abs(Sub(images, medians)), -1)
	return AddScalar(MulScalar(off, 1/scale), pixels*math.Log(2*scale))
}

// softplus is log(1 + e^x), with the exponent never above 0 so that nothing overflows.
func softplus(x *Node) *Node {
	return Add(Max(x, ZerosLike(x)), Log1P(Exp(Neg(Abs(x)))))
}
