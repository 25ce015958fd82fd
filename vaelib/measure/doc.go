// Package measure puts a number on each claim about autoencoders: that a random code paints a real-looking picture,
// that the codes leave no blank areas, that neighbours mean neighbouring pictures, that the latent space is tidy.
// It takes what a [vaelab/vaelib/trained.Model] gives, codes and pictures, as plain lists, and asks nothing about how it
// was trained.
//
// # Generation: are the pictures real-looking, and are all kinds of them there?
//
// Pictures are compared by a few numbers each, the features, from a [PCA] made once from the training images:
//
//	pca, err     := measure.NewPCA(data.Train, measure.Features)
//	real, err    := pca.Features(data.Test)
//	painted, err := pca.Features(measure.Pictures(pictures))
//
//	precision, recall, err := measure.PrecisionRecall(real, painted, measure.Neighbours)
//	distance, err          := measure.FrechetOf(real, painted)
//
// Precision is the share of painted pictures that lie among real ones, recall the share of real ones that lie among
// the painted. The Fréchet distance is one number for both: how far features must move to turn one set's Gaussian into
// the other's. Where pictures come from is the model's affair: codes drawn from N(0, I), or, since an AE never
// promised to fill N(0, I), from a Gaussian fitted to its codes:
//
//	g, err     := measure.FitGaussian(codes)      // or FitMixture(codes, 10, seed): several Gaussians
//	codes, err := g.Sample(2000, seed)
//
// # Continuity: is there something everywhere, and does it change smoothly?
//
// [FindHoles] tells the share of the prior's mass that is far from every code; [Spacing] says what far means, and how it
// depends on the number of codes and of dimensions. [FindJumps] walks along straight lines between codes and watches
// the pictures change: Leap is the largest step, Detour the length of the way. [Overlaps] tells how far each cloud of a
// VAE reaches into the next.
//
// # Regularisation: what does the KL term buy?
//
// [SplitKL] splits it into the information that codes hold about their images and what keeps all codes together from
// being the prior. [DecomposeKL] splits the latter once more, into what dimensions tell about each other and how far each by itself is
// from N(0, 1); which of its parts grow with the number of codes, and which way, it says. [UsageOf] splits it by dimension, and names those that have collapsed to the prior:
//
//	usage, err := measure.UsageOf(posteriors)
//	fmt.Println(usage) // 2 of 5 dimensions are used, for a KL term of 1.6 nats an image. Dimensions 2, 4 and 5 have …
//
// [ActiveUnits] counts the dimensions in use from means alone. (The gap between training and test images needs no
// measure: a run's history has both losses of every epoch.)
//
// # Likelihood: how good is the bound?
//
// [ImportanceBounds] tightens the ELBO with more draws from the posterior, towards log p(x), all ks in one pass. It draws
// codes and sums weights; what log p(x|z) is, a model says (trained.Model's Bounds does both).
//
// # How sure is a number?
//
// What is sampled is a [kl.Estimate], with a standard error, and takes a seed. What is only computed, such as precision,
// has a spread all the same: that of the pictures drawn and of the model's own seed. Repeat with other seeds, and let
// [Mean] sum them up.
//
// # How fast, and how large?
//
// Comparing all with all takes time that grows with the square of the number of rows, and memory that doesn't: rows are
// compared a block at a time, on all cores, and no table of distances is kept. 10,000 rows against 2,000 take about a
// second. Results are the same, to the last bit, on any number of cores.
//
// # Sharing
//
// All types here are plain values that no method changes, a [Manifold] and a [PCA] too: several goroutines may use one at
// once. The one exception is [LogMean], which counts. The zero value of a result ([Bound], [Dimension], [Holes],
// [Decomposition], [ImageMean], [Jumps], [KLSplit], [Walk]) means that nothing has been measured; what comes beside an error is no result.
//
// The package imports no graph library and no notebook, and compiles for a browser (js/wasm).
package measure
