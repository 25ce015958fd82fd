// Package vaelib is the library that the course's notebooks call: models, training, and what to ask of a trained
// model. It is a map; the code is in its rooms, one thought each:
//
//	places     where the clone, its runs and its plugin are. Nothing but the standard library.
//	words      what people read, in their language: sentences, numbers, spans of time. Nothing but the standard library.
//	           words/wordstest shows tests what is said past it.
//	run        what a training run is: its settings, its history, its identity. Values alone.
//	plan       what a study's file asks for: which runs. No GoMLX.
//	results    finished runs as tidy tables, for other programs. No GoMLX.
//	store      where runs are kept: which run settings and data make, and whether it has been trained. No GoMLX.
//	onnx       a run's networks for other programs, as ONNX models. No GoMLX.
//	model      the autoencoder, the VAE and their losses, as GoMLX graphs. No backend.
//	training   trains a model and keeps the run.
//	inference  runs a trained network: images to codes, codes to pictures. No backend.
//	trained    what can be asked of a trained model, whatever computes the answer. No GoMLX.
//	backend    opens what computes: XLA, or pure Go.
//	engine     trains and computes in this program, or has another one do it. No GoMLX, but for engine/inprocess.
//	kl         the KL divergence in plain float64: closed form and estimates. No GoMLX.
//	measure    numbers for claims: precision and recall, holes, mutual information. No GoMLX.
//	path       paths round an obstacle: demonstrations, and what a policy makes of them. No GoMLX.
//	exact      the best that a linear VAE can reach, in closed form. No GoMLX.
//	study      measures several models at once: contests, trade-offs, smoothness, as values. No GoMLX.
//	figure     pictures of all that, with captions and alt text. No GoMLX.
//	check      what an exercise is: judges what a learner writes, says what is wrong with it, remembers. No GoMLX.
//	exercise   the exercises of this course. No GoMLX, but for exercise/losses.
//	claim      what the notebooks' texts say of numbers that cells show, and whether it is so. No GoMLX.
//	show       puts figures and progress on a notebook's page: the only room that knows GoNB.
//	lab        a notebook's cell in one line: train or load a model, and draw it. No GoMLX: a worker computes.
//	ownloss    the same, with a loss that is written in the cell.
//
// Arrows point one way. Left of the pipe is a cell's program, right of it the worker's:
//
//	lab ──▶ engine/worker ══▶ engine/inprocess ──▶ training ──▶ model ──▶ run
//	 │                               ├──▶ inference ──▶ model
//	 ├──▶ study ──▶ trained          └──▶ backend
//	 └──▶ figure ◀── show
//
// run, model, inference, trained, kl, measure, path, exact and figure compile for the browser too (GOOS=js GOARCH=wasm).
//
// In a notebook, start with lab. To write your own loss, read model and ownloss. To follow what happens in one step of
// training, read training, from train.go to step.go.
package vaelib
