// Package ownloss trains models with a loss that is written in a notebook's cell.
//
//	func squared(p model.Pass) *graph.Node { … } // nats of each image, [batch]
//
//	show.Must(ownloss.Train(config, data, squared))
//
// Such a loss is a function in the cell's own program, so it is this program that must train: it links GoMLX and XLA, and
// takes about a second longer to build than a cell that calls package [lab]. As there, call it from one goroutine at a time.
package ownloss

import (
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// open is the program's one backend.
var open = sync.OnceValues(func() (*backend.Backend, error) { return backend.Open("") })

// Train is [lab.Train] with a loss of your own in place of the ELBO's. What it computes is part of the run's name: change
// it, and another model is trained.
func Train(config run.Config, data datasets.Dataset, loss model.Loss) (*lab.Model, error) {
	b, err := open()
	if err != nil {
		return nil, err
	}
	e := inprocess.New(b)
	e.Loss = loss
	return lab.TrainOn(e, config, data)
}
