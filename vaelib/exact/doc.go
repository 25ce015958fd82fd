// Package exact knows the best that a linear VAE can reach, in closed form, for any images: the truth that a training
// run is held against. It is plain float64 on gonum, with no GoMLX in it, so it shares nothing with what it judges.
//
// # The model
//
// Without hidden layers (Hidden = 0 in [run.Config]) and with a Gaussian decoder the VAE is linear:
//
//	p(z) = N(0, I)    p(x|z) = N(Wz + b, σ²I)    q(z|x) = N(Ax + a, diag(v))
//
// with x of D pixels and z of k dimensions. Training makes L = −E_q[log p(x|z)] + β·KL small, averaged over images, in
// nats an image. E over z is a formula here, since ‖x − Wz − b‖² is quadratic in z; and what is left depends on the
// images through their mean m and covariance S alone (divisor n), so the optimum is exact for the images at hand,
// however they are distributed. Let λ_1 ≥ λ_2 ≥ … be the eigenvalues of S and u_j its eigenvectors.
//
// # The optimum
//
// Take the weight into the spread: ‖x − Wz − b‖²/2σ² = β·‖x − Wz − b‖²/2βσ². So
//
//	L = β·( −ELBO of the same model with spread βσ² ) − (βD/2) log 2πβσ² + (D/2) log 2πσ²
//
// and whatever is best for β = 1 and the spread βσ² is best for β and σ². For a given W the best q is the posterior
// where that is a product over dimensions, and then −ELBO is −log N(x; b, WWᵀ + βσ²I): probabilistic PCA, whose best
// weights have columns
//
//	w_j = √(λ_j − βσ²)·u_j where λ_j > βσ², else 0,    b = m
//
// (Tipping & Bishop 1999; for VAEs Dai et al. 2018, Lucas et al. 2019). These columns are orthogonal, so the posterior
// is indeed a product: μ_j = w_jᵀ(x − m)/λ_j and v_j = βσ²/λ_j. Whatever the image, v_j is the same: a head for log σ²
// that may depend on x gains nothing.
//
// # Which dimensions collapse
//
// Dimension j is alive where λ_j > βσ², so it dies at the weight β = λ_j/σ². While it lives, E μ_j² + v_j = 1, so
//
//	KL_j = ½ log(λ_j/βσ²)    and it leaves    E (u_jᵀ(x − x̂))² = βσ²
//
// of squared error; dead, it has no KL and leaves λ_j. That is the reverse water-filling of rate–distortion theory
// (Cover & Thomas 2006, §10.3.3), with the water at βσ²: raise β or σ, and the smaller directions drown first. Hence
//
//	KL             = ½ Σ_alive log(λ_j/βσ²)
//	reconstruction = (D/2) log 2πσ² + ½·β·(how many are alive) + Σ_dead λ_j/2σ²
//
// # A learned spread
//
// With σ² free too, ∂L/∂σ² = 0 gives σ² = Σ_dead λ_j/(D − β·(how many are alive)). L is convex in log σ², since its
// derivative ½(D − β·alive − Σ_dead λ_j/σ²) rises with σ and does not jump where a dimension dies, so there is one such
// σ² at which the dimensions that it kills are the ones it was computed from. For β = 1 it is the mean of the discarded
// variances, as in Tipping & Bishop 1999.
//
// # Sharing
//
// All types here are plain values that no method changes: several goroutines may use one at once. The [LinearVAE] of an
// [Optimum] shares the mean of its [Problem], so change neither.
package exact
