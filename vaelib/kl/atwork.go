package kl

import "vaelab/vaelib/words"

// Program is the loss of a well-known program, and where that is written.
type Program struct {
	Loss
	Source string // repository, files and the commit that was read
	// OwnWidth says that the program itself states its decoder's σ or b. Elsewhere a width of 1 is put in, so that there is a weight
	// at all: for another it goes as 1/σ² or 1/b, and ELBOSigma and ELBOScale need none.
	OwnWidth bool
	// Remarks is what the weight doesn't say: a clip, another term, the unit of x.
	Remarks string
}

// AtWork are the losses of programs that use a VAE for something: robots, world models, picture generators. All treat
// both terms alike over the batch. Their sources were read in November 2026, at the commits named.
//
// Unlike those of [Published] most have errors with a unit, so a weight means nothing without the decoder's width: each
// Program says whose width it is. And they are trained with more than the two terms of a Loss: see Remarks.
func AtWork() []Program {
	images := Loss{Pixels: 64 * 64 * 3, Batch: 2500, Error: SquaredError, Sigma: 1, ErrorFactor: 0.5, ErrorBatch: Mean, KLFactor: 1, KLBatch: Mean}
	// log N(x; mean, 1) summed over 64 · 64 · 3 numbers: half of the squared error and a constant. 30 dimensions, batches of
	// 50 sequences of 50 steps; a step is an image.
	planet, dreamer := images, images
	planet.Name, planet.Latent = "PlaNet", 30
	dreamer.Name, dreamer.Latent = "Dreamer v1", 30
	world := images
	world.Name, world.Latent, world.Batch, world.ErrorFactor = words.Say("World Models, car racing"), 32, 100, 1
	// F.l1_loss averaged over batch, 100 actions and 14 joints, + kl_weight · KL, with the KL term summed over 32 dimensions.
	act := Loss{Name: "ACT", Pixels: 100 * 14, Latent: 32, Batch: 8, Error: AbsoluteError, Scale: 1,
		ErrorFactor: 1, ErrorPixels: Mean, ErrorBatch: Mean, KLFactor: 10, KLBatch: Mean}
	lerobot := act
	lerobot.Name = "LeRobot ACT"
	// Both summed over an image's numbers and averaged over the batch; kl_weight 0.000001. 4 · 32 · 32 dimensions.
	diffusion := Loss{Name: words.Say("latent diffusion, KL autoencoder f = 8"), Pixels: 256 * 256 * 3, Latent: 32 * 32 * 4, Batch: 12,
		Error: AbsoluteError, Scale: 1, ErrorFactor: 1, ErrorBatch: Mean, KLFactor: 1e-6, KLBatch: Mean}
	return []Program{
		{Loss: act,
			Source: "github.com/tonyzhaozh/act at 742c753: policy.py (l1 mean, total_kld, kl_weight), detr/models/detr_vae.py " +
				"(latent_dim = 32, zeros at test), README (kl_weight 10, chunk_size 100, batch 8), imitate_episodes.py (14 joints), utils.py",
			Remarks: words.Text("Actions are standardised, so b is in units of their spread. Errors on padding are set to 0, and counted in the mean. " +
				"At test z = 0, though a comment says that the prior is sampled.")},
		{Loss: lerobot,
			Source: "github.com/huggingface/lerobot at 7427f318: src/lerobot/policies/act/modeling_act.py, configuration_act.py " +
				"(kl_weight 10, latent_dim 32, chunk_size 100), src/lerobot/configs/train.py (batch 8)",
			Remarks: words.Text("The number of joints is the data's: 14 as in ACT. Since April 2026 (1add4606) padding is left out of the mean, so " +
				"every chunk of a batch with padding weighs its KL term less than here. Actions are standardised.")},
		{Loss: world,
			Source: "github.com/hardmaru/WorldModelsExperiments at fd982b9: carracing/vae/vae.py (reduce_sum of squares, kl_tolerance), " +
				"carracing/vae_train.py (z_size 32, batch 100, pixels divided by 255)",
			Remarks: words.Text("No σ is stated: the weight for any other is 1/(2σ²). The KL term is clipped, max(KL, 0.5 · 32) for each image.")},
		{Loss: planet, OwnWidth: true,
			Source: "github.com/google-research/planet at c04226b: planet/networks/conv_ha.py (Normal(mean, 1)), " +
				"planet/training/utility.py (max(0, KL − free_nats) for each step), planet/scripts/configs.py (free_nats 3, divergence_scale 1)",
			Remarks: words.Text("The prior is the model's forecast of the step and not N(0, I). A reward is predicted too, with a loss ten times as heavy. Pixels go from −0.5 to 0.5.")},
		{Loss: dreamer, OwnWidth: true,
			Source: "github.com/danijar/dreamer at 56d4d44: models.py (ConvDecoder, Normal(mean, 1)), " +
				"dreamer.py (max(mean KL, free_nats), free_nats 3, kl_scale 1)",
			Remarks: words.Text("The prior is the model's forecast of the step and not N(0, I). A reward is predicted too. Pixels go from −0.5 to 0.5.")},
		{Loss: diffusion, OwnWidth: true,
			Source: "github.com/CompVis/latent-diffusion at a506df5: ldm/modules/losses/contperceptual.py (b is exp(logvar), and 1 from the " +
				"start), ldm/models/autoencoder.py (no optimiser holds logvar, so 1 it stays), configs/autoencoder/autoencoder_kl_32x32x4.yaml",
			Remarks: words.Text("Pixels go from −1 to 1. The weight is that of the L1 part alone: LPIPS is added at each number, and a discriminator's loss later. " +
				"Stable Diffusion's autoencoder has this architecture; with which settings it was trained its own repository doesn't say.")},
	}
}
