// Package onnx carries a trained run's networks out of the house: as ONNX models, which other programs compute with, onnxruntime
// among them.
//
//	run.Run ──▶ Models ──▶ encoder, decoder, and prior where one was learned ──▶ Write: a file each
//
// What the models take and give is named, and described in the files themselves:
//
//	encoder   images [batch, pixels]                        ──▶ mean, log_variance [batch, latent]; an AE has no log_variance
//	decoder   codes [batch, latent], given [batch, given]   ──▶ pixels [batch, pixels]
//	prior     given [batch, given]                          ──▶ mean, log_variance [batch, latent]
//
// given is there where the settings give something. All numbers are float32, grey values go from 0 to 1, and codes are the network's
// own: not in units of a learned prior, as [vaelab/vaelib/trained.Codes] are.
//
// The models follow package [vaelab/vaelib/model] operation by operation; the tests hold the two against each other. Of ONNX's messages
// the course needs a few fields, so they are written with protocol buffers' wire format alone (protowire). GoMLX's compute-onnx can save
// a graph, too, but only one that onnxruntime's library has compiled, with batches of one size, and it calls itself experimental.
//
// Functions here are safe for use by several goroutines at once, but for [Write] into one folder.
package onnx
