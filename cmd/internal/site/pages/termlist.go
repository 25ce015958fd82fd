package pages

// term is an entry of the glossary. Text links to it from where it is called by its name or by one of the other forms.
type term struct {
	ID, Name, Chinese string
	Forms             []string // as text has it, in lower case; the name itself needs none
	Says              string
}

// otherwise are phrases, in lower case, in which a word isn't the glossary's.
var otherwise = []string{"vs code", "training code", "exchange rate", "learning rate"}

var glossaryTerms = []term{
	{"active-unit", "active unit", "", []string{"active units"}, "A dimension of the code in which the mean μ of the encoder’s bell varies from picture to picture, with a variance above 0.01."},
	{"annealing", "annealing", "", nil, "A KL weight that begins at 0 and grows while the model trains, so that a code can form before it is fined."},
	{"autoencoder", "autoencoder", "自编码器", []string{"autoencoders"}, "A model of two halves: an encoder turns a picture into a short code, and a decoder turns the code back into a picture."},
	{"bell", "bell", "", nil, "A normal distribution N(μ, σ²), by the shape of its curve: μ is its middle, σ its spread."},
	{"binarised", "binarised", "", nil, "Of pictures: each pixel is black or white. Only for such pixels is the cross-entropy a true negative log-likelihood."},
	{"code", "code", "", nil, "The few numbers by which a model stands for a picture."},
	{"collapsed", "collapsed", "", []string{"collapse"}, "Of a dimension of the code: its mean is the same for every picture, so it tells nothing. As a rule its bell has become N(0, 1), and costs nothing either."},
	{"conditional-vae", "conditional VAE", "条件变分自编码器", []string{"conditional vaes"}, "A VAE whose encoder and decoder are both given something besides, such as the scene in which a robot stands. The code has only to say what that leaves open."},
	{"cross-entropy", "cross-entropy", "交叉熵", nil, "How surprised somebody is, on average, who expects p while q happens: −E log p, over draws from q. Of a pixel x, for which the decoder gives the probability x̂, it is −x log x̂ − (1 − x) log(1 − x̂)."},
	{"decoder", "decoder", "解码器", []string{"decoders"}, "The half of the model that paints a picture from a code."},
	{"distortion", "distortion", "", nil, "The reconstruction term, where the KL term is called the rate: what the picture that comes back differs in, in nats."},
	{"effective-sample-size", "effective sample size", "", nil, "How many draws from the right distribution weighted draws from another one are worth."},
	{"elbo", "ELBO", "证据下界", []string{"evidence lower bound"}, "Evidence lower bound: minus the reconstruction term minus the KL term. It is never above log p(x). It rises when the model explains the data better, or when the encoder’s bells come nearer to the true posterior."},
	{"encoder", "encoder", "编码器", nil, "The half of the model that makes a code of a picture: in a VAE the mean and the spread of a bell."},
	{"entropy", "entropy", "熵", nil, "The surprise that nobody can avoid, not even somebody who expects q itself: −E log q, over draws from q."},
	{"free-bits", "free bits", "", nil, "A change to the KL term: each dimension is charged at least λ nats, so nothing is saved by using it for less."},
	{"free-nats", "free nats", "", []string{"clip"}, "What may be said for nothing: a KL term below λ is charged as λ. That clip can stand in each dimension (free bits), in each image, or in the mean over a batch."},
	{"frechet", "Fréchet distance", "", nil, "How far two sets of pictures are apart, by the means and the spreads of their features. Smaller is nearer."},
	{"gibbs", "Gibbs’ inequality", "", []string{"gibbs' inequality"}, "A KL divergence is never below 0, and it is 0 only for equal distributions."},
	{"hole", "hole", "", []string{"holes"}, "A place where N(0, I) draws codes but no picture’s code is near: the nearest is farther away than it would be for 95 % of new draws, had the codes come from N(0, I)."},
	{"importance-weighting", "importance weighting", "", nil, "Drawing from one distribution to average over another: each draw is weighted by how much more often the other would have made it."},
	{"bound", "importance-weighted bound", "", nil, "A lower bound on log p(x) from k draws of the code for each picture. With one draw it is the ELBO; with more it comes nearer to log p(x)."},
	{"k1-k2-k3", "k1, k2, k3", "", []string{"k1", "k2", "k3"}, "Three terms that estimate the KL divergence of q from p by an average over draws from q: −log r, ½ (log r)² and r − 1 − log r, with r = p/q. They differ in bias, in spread, and in their slopes."},
	{"kl-balancing", "KL balancing", "", nil, "A KL term in two parts of different weight, where the prior is learned: one pulls only the prior towards the posterior, the other only the posterior towards the prior."},
	{"kl-divergence", "KL divergence", "KL 散度", []string{"kl divergences"}, "How far a distribution q is from p: the average, over draws from q, of log(q/p). The other way round it is another number."},
	{"kl-term", "KL term", "KL 散度项", []string{"kl terms"}, "The part of a VAE's loss that fines the encoder for a bell that strays from N(0, I)."},
	{"kl-weight", "KL weight", "", []string{"kl weights"}, "The number β by which the KL term is multiplied in the loss. 1 makes the loss the negative ELBO."},
	{"laplace-decoder", "Laplace decoder", "", []string{"laplace decoders"}, "A decoder whose reconstruction term is the absolute error, divided by a scale b, and log 2b for each number."},
	{"latent-space", "latent space", "潜在空间", []string{"latent plane"}, "Where codes live. With two numbers in a code it is a plane, which can be drawn."},
	{"logit", "logit", "", []string{"logits"}, "What the decoder gives for a pixel before it becomes a probability x̂: log(x̂/(1 − x̂))."},
	{"nats", "nat", "", []string{"nats"}, "The unit of information with natural logarithms. One bit is log 2, or 0.69 nats."},
	{"overfitting", "overfitting", "过拟合", nil, "When a model restores what it was trained on much better than what is new to it."},
	{"pca", "PCA", "主成分分析", nil, "Principal component analysis: of all restorations that add up a few fixed patterns, each times a number, the one with the least squared error."},
	{"posterior", "posterior", "后验", []string{"posteriors"}, "The distribution of the code once the picture is seen. In the course q(z|x), the encoder’s bell, which stands for the true one, p(z|x)."},
	{"precision", "precision", "", nil, "The share of painted pictures whose features lie as near to a real picture’s as real pictures’ lie to each other."},
	{"prior", "prior", "先验", nil, "p(z): where codes are expected before a picture is seen, here N(0, I). New pictures come from draws of it."},
	{"rate", "rate", "", nil, "The KL term, seen as the most nats that the code can carry about a picture, on average. Its counterpart, the reconstruction term, is then called the distortion."},
	{"recall", "recall", "", nil, "The share of real pictures whose features lie as near to a painted one’s as painted ones’ lie to each other: how much of the variety is shown."},
	{"reconstruction-term", "reconstruction term", "重构项", nil, "The part of the loss that asks the decoder for the picture back: −log p(x|z)."},
	{"reparameterisation", "reparameterisation trick", "重参数化", nil, "To draw z as μ + σ·ε with ε from N(0, 1): chance comes from outside, so the result has slopes for μ and σ."},
	{"scale-factor", "scale factor", "", []string{"scale factors"}, "The number by which the codes of an autoencoder are multiplied, so that their spread is near 1 for what is trained on them."},
	{"second-stage", "second stage", "", nil, "A model of the codes, trained once the autoencoder is: new codes are drawn from it, and not from N(0, I)."},
	{"standard-bell", "standard bell", "", nil, "N(0, 1), or N(0, I) in many dimensions: the normal distribution with mean 0 and spread 1."},
	{"standard-error", "standard error", "标准误", []string{"standard errors"}, "How far a mean of draws typically is from the true one. Four times as many draws halve it."},
	{"style-police", "style police", "风格警察", nil, "The KL term, in the story of the article that the course started from: they fine every style that is off the standard."},
	{"style-variable", "style variable", "风格变量", []string{"style variables"}, "The code of a conditional VAE that imitates demonstrations: it says which of several ways of doing the same is meant."},
	{"total-correlation", "total correlation", "总相关", nil, "How much the dimensions of a code tell about each other: the KL divergence of their joint distribution from the product of each one’s own. 0 where they are independent."},
	{"vae", "variational autoencoder", "变分自编码器", nil, "VAE: an autoencoder whose encoder answers with a bell instead of a point. The code is drawn from that bell, and the KL term keeps all bells near the standard one."},
}
