// Package vaelib is the library that the course's notebooks call: models, training, and what to ask of a trained
// model. It is a map; the code is in its rooms, one thought each:
//
//	run        what a training run is: its settings, its folder, its history. No GoMLX.
//	model      the autoencoder, the VAE and their losses, as GoMLX graphs. No backend.
//	evaluate   asks a trained model: encode, decode, sample. No backend.
//	backend    opens what computes: XLA, or pure Go.
//	training   trains a model and keeps the run.
//	kl         the KL divergence in plain float64: closed form and estimates. No GoMLX.
//	measure    numbers for claims: precision and recall, holes, mutual information. No GoMLX.
//	exact      the best that a linear VAE can reach, in closed form. No GoMLX.
//	figure     pictures of all that, with captions and alt text. No GoMLX.
//	exercise   checks what a learner writes, and says what is wrong with it. No GoMLX, but for exercise/losses.
//	show       puts figures and progress on a notebook's page: the only room that knows GoNB.
//	lab        a notebook's cell in one line: train or load a model, and draw it.
//
// Arrows point one way:
//
//	lab ──▶ training ──▶ model ──▶ run ◀── figure ◀── show
//	 │          └──────▶ backend                       ▲
//	 ├────▶ evaluate ──▶ model                         │
//	 └─────────────────────────────────────────────────┘
//
// run, model, evaluate, kl, measure, exact and figure compile for the browser too (GOOS=js GOARCH=wasm).
//
// In a notebook, start with lab. To write your own loss, read model. To follow what happens in one step of training,
// read training, from train.go to step.go.
package vaelib
