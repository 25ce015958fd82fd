package kl

import "vaelab/vaelib/words"

// Published are the losses of well-known programs, as their sources state them, for images of 28 × 28 pixels except where
// the name says otherwise. They look alike on the page, and their weights go from 0.39 to 784. Batch sizes are the
// programs' own and make no difference: each treats both terms alike.
func Published() []Loss {
	mnist := Loss{Pixels: 28 * 28, Latent: 2, Batch: 128, ErrorFactor: 1, KLFactor: 1, ErrorBatch: Mean, KLBatch: Mean}
	var losses []Loss
	add := func(name string, change func(l *Loss)) {
		l := mnist
		l.Name = name
		change(&l)
		losses = append(losses, l)
	}
	// Everything summed, even over the batch.
	add("pytorch/examples vae", func(l *Loss) {
		l.Latent, l.ErrorBatch, l.KLBatch = 20, Sum, Sum
	})
	// The error averaged over pixels and batch; the KL terms summed, then divided by batch · 784. Often reported as a
	// mistake (github.com/pytorch/examples/issues/290, 294), but both terms are divided by the same number.
	add(words.Say("pytorch/examples vae until February 2018"), func(l *Loss) {
		l.Latent, l.ErrorPixels, l.KLFactor = 20, Mean, 1./784
	})
	// Keras's cross-entropy averages over pixels; the KL terms are summed over dimensions
	// (github.com/keras-team/keras/issues/3373, and pull request 3383, which mended it).
	add(words.Say("keras examples/variational_autoencoder.py, July 2016"), func(l *Loss) {
		l.Batch, l.ErrorPixels = 100, Mean
	})
	// Both averaged, over 784 pixels and 2 dimensions (github.com/keras-team/keras/issues/6015).
	add(words.Say("blog.keras.io, Building Autoencoders in Keras"), func(l *Loss) {
		l.Batch, l.ErrorPixels, l.KLLatent = 100, Mean, Mean
	})
	// The mean cross-entropy times 28 · 28 is the sum; the KL terms are averaged over 2 dimensions
	// (github.com/keras-team/keras-io/issues/270).
	add(words.Say("keras.io examples/generative/vae, 2020"), func(l *Loss) {
		l.ErrorPixels, l.ErrorFactor, l.KLLatent = Mean, 28*28, Mean
	})
	add(words.Say("keras.io examples/generative/vae, later"), func(l *Loss) {})
	// −5e-4 before the mean over 2 dimensions, where the formula has −½: a factor of 1/1000
	// (F. Chollet, Deep Learning with Python, 2017, listing 8.26).
	add("Deep Learning with Python, 2017", func(l *Loss) {
		l.Batch, l.ErrorPixels, l.KLLatent, l.KLFactor = 16, Mean, Mean, 1e-3
	})
	// Both averaged, over 784 pixels and 200 dimensions (github.com/fastai/course22p2, nbs/29_vae.ipynb).
	add("fastai course22p2, 29_vae", func(l *Loss) {
		l.Latent, l.Batch, l.ErrorPixels, l.KLLatent = 200, 256, Mean, Mean
	})
	// Squared error averaged over 3 · 64 · 64 numbers an image; the KL terms summed, times the setting kld_weight,
	// 0.00025 (github.com/AntixK/PyTorch-VAE/issues/56). The weight is the one for a decoder with σ = 1.
	add(words.Say("AntixK/PyTorch-VAE VanillaVAE (64 × 64 colour images)"), func(l *Loss) {
		l.Pixels, l.Latent, l.Batch = 3*64*64, 128, 64
		l.Error, l.Sigma, l.ErrorPixels, l.KLFactor = SquaredError, 1, Mean, 0.00025
	})
	return losses
}
