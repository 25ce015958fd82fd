// Package lab is what a notebook's cells call: train a model on some data, and draw what it has learnt.
//
//	data   := show.Must(datasets.Sample())
//	config := run.Default()
//	config.KLWeight = 4
//	vae    := show.Must(lab.Train(config, data))   // trains, or loads the same run at once
//	show.Figure(vae.Map())
//
// Several settings train with one call, and what has been trained before is loaded:
//
//	models := show.Must(lab.Sweep(config, data, []float64{0.5, 1, 4}, []uint64{1, 2, 3})) // models[weight][seed]
//
// A cell of a Go notebook is a program of its own, so a model doesn't live from one cell to the next; its run does,
// on disk. Every cell therefore says which model it means by the settings that trained it, and gets that one.
//
// The package only puts the others together: engine → trained → figure → show. What computes is a program of its own,
// started when it is first needed: see package [engine]. A program that wants more than a notebook's cell uses training and
// inference.
//
// Most functions here show something, so they are for one goroutine at a time, as package [show] is. What several may ask of
// a model stands at [Model].
package lab
