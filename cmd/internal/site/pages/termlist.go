package pages

// term is an entry of the glossary. Text links to it from where it is called by its name or by one of the other forms.
type term struct {
	ID, Name, Chinese string
	Forms             []string // as text has it, in lower case; the name itself needs none
	Says              string
}

var glossaryTerms = []term{
	{"active-unit", "active unit", "", []string{"active units"}, "A dimension of the code whose mean differs from picture to picture, with a variance above 0.01."},
	{"annealing", "annealing", "", nil, "A KL weight that begins at 0 and grows while the model trains, so that a code can form before it is fined."},
	{"autoencoder", "autoencoder", "自编码器", []string{"autoencoders"}, "A model of two halves: an encoder makes a short code of a picture, and a decoder makes the picture of the code again."},
	{"binarised", "binarised", "", nil, "Of pictures: each pixel is black or white. Only then is the reconstruction term a true log-likelihood."},
	{"code", "code", "", nil, "The few numbers by which a model stands for a picture."},
	{"collapsed", "collapsed", "", []string{"collapse"}, "Of a dimension of the code: it says the same for every picture, N(0, 1), and so costs and tells nothing."},
	{"cross-entropy", "cross-entropy", "交叉熵", nil, "How surprised somebody is, on average, who expects p while q happens: −E log p, over draws from q."},
	{"decoder", "decoder", "解码器", []string{"decoders"}, "The half of the model that paints a picture from a code."},
	{"effective-sample-size", "effective sample size", "", nil, "How many draws from the right distribution weighted draws from another one are worth."},
	{"elbo", "ELBO", "证据下界", []string{"evidence lower bound"}, "Evidence lower bound: minus the reconstruction term minus the KL term. It is never above log p(x), so to raise it is to explain the data better."},
	{"encoder", "encoder", "编码器", nil, "The half of the model that makes a code of a picture: in a VAE the mean and the spread of a bell."},
	{"entropy", "entropy", "熵", nil, "The surprise that nobody can avoid: −E log q, over draws from q."},
	{"free-bits", "free bits", "", nil, "Each dimension is charged at least λ nats, so that nothing is saved by using it for less."},
	{"frechet", "Fréchet distance", "", nil, "How far two sets of pictures are apart, by the means and the spreads of their features. Smaller is nearer."},
	{"gibbs", "Gibbs’ inequality", "", []string{"gibbs' inequality"}, "A KL divergence is never below 0, and it is 0 only for equal distributions."},
	{"hole", "holes", "", []string{"hole"}, "A place where N(0, I) draws codes and no picture's code lies: farther from every code than 95 % of new draws would be if the codes were draws themselves."},
	{"importance-weighting", "importance weighting", "", nil, "To draw from another distribution than the one that is meant, and to weigh each draw by how much more often the right one would have made it."},
	{"bound", "importance-weighted bound", "", nil, "A lower bound on log p(x) from k draws of the code for each picture. With one draw it is the ELBO; with more it comes nearer."},
	{"kl-divergence", "KL divergence", "KL 散度", []string{"kl divergences"}, "How far a distribution q is from p: the average, over draws from q, of log(q/p). The other way round it is another number."},
	{"kl-term", "KL term", "KL 散度", []string{"kl terms"}, "The part of a VAE's loss that fines the encoder for a bell that strays from N(0, I)."},
	{"kl-weight", "KL weight", "", []string{"kl weights"}, "The number β by which the KL term counts in the loss. 1 makes the loss the negative ELBO."},
	{"latent-space", "latent space", "潜在空间", []string{"latent plane"}, "Where codes live. With two numbers in a code it is a plane, which can be drawn."},
	{"logit", "logit", "", []string{"logits"}, "What the decoder gives for a pixel before it becomes a probability: log(x̂/(1 − x̂))."},
	{"nats", "nats", "", []string{"nat"}, "The unit of information with natural logarithms. One bit is log 2, or 0.69 nats."},
	{"overfitting", "overfitting", "过拟合", nil, "A model restores what it has been trained on much better than what is new to it."},
	{"pca", "PCA", "主成分分析", nil, "Principal component analysis: the best restoration from a few numbers that only adds and multiplies."},
	{"posterior", "posterior", "后验", []string{"posteriors"}, "q(z|x): the bell that the encoder gives for a picture x."},
	{"precision", "precision", "", nil, "The share of painted pictures that lie among real ones."},
	{"prior", "prior", "先验", nil, "p(z): where codes are expected before a picture is seen, here N(0, I). New pictures come from draws of it."},
	{"rate", "rate", "", nil, "The KL term, seen as how many nats of a picture its code carries. What is left of the picture's error is the distortion."},
	{"recall", "recall", "", nil, "The share of real pictures that lie among the painted ones: how much of the variety is shown."},
	{"reconstruction-term", "reconstruction term", "重构项", nil, "The part of the loss that asks the decoder for the picture back: −log p(x|z)."},
	{"reparameterisation", "reparameterisation trick", "重参数化", nil, "To draw z as μ + σ·ε with ε from N(0, 1): chance comes from outside, so the result has slopes for μ and σ."},
	{"standard-bell", "standard bell", "", nil, "N(0, 1), or N(0, I) in many dimensions: the normal distribution with mean 0 and spread 1."},
	{"standard-error", "standard error", "标准误", []string{"standard errors"}, "How far a mean of draws typically is from the true one. Four times as many draws halve it."},
	{"style-police", "style police", "风格警察", nil, "The KL term, in the story of the article that the course started from: it fines every style that is off the standard."},
	{"vae", "variational autoencoder", "变分自编码器", nil, "VAE: an autoencoder whose encoder answers with a bell instead of a point. The code is drawn from that bell, and the KL term keeps all bells near the standard one."},
}
