package lab

import (
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/engine/worker"
	"vaelab/vaelib/internal/interrupt"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Model is a trained model with the data that it was trained on. Make one with [Train], [TrainAll], [Sweep] or [NewModel]:
// the zero Model, or nil, is empty, and what is asked of it is an error, or a figure that carries one.
//
// Its network is opened when it is first asked. Several goroutines may ask a model at once, and draw it, where a worker
// computes, as with Train; on an inprocess.Engine, as with ownloss.Train, one at a time. Report and ShowBounds, which
// show, are for one at a time in any case.
type Model struct {
	run.Run
	Data datasets.Dataset

	engine engine.Engine
	loaded bool // not trained just now
	open   func() (trained.Model, error)
}

// computes is what trains and computes for this cell; it is started when it is first needed.
var computes = sync.OnceValues(func() (engine.Engine, error) {
	w, err := worker.Start()
	if err != nil {
		return nil, err
	}
	return w, nil
})

// Train gives the model that the settings and the data make: at once if they have been trained before, else it
// trains, showing how far it is. With a loss of your own in place of the ELBO's it is ownloss.Train.
//
// Interrupting the cell keeps the finished epochs; running it again goes on from there.
func Train(config run.Config, data datasets.Dataset) (*Model, error) {
	e, err := computes()
	if err != nil {
		return nil, err
	}
	return TrainOn(e, config, data)
}

// TrainOn is Train on an engine of your own.
func TrainOn(e engine.Engine, config run.Config, data datasets.Dataset) (*Model, error) {
	if e == nil {
		return nil, words.Errorf("there is no engine to train on: it is nil")
	}
	found, err := e.Find(data, config)
	if err != nil {
		return nil, err
	}
	if found[0] != nil {
		return ready(e, *found[0], data, true), nil
	}
	ctx, stop := interrupt.Context()
	defer stop()
	observe := show.Training()
	trained, err := e.Train(ctx, data, func(_ int, p run.Progress) { observe(p) }, config)
	if err != nil {
		show.Stopped()
		return nil, err
	}
	return ready(e, trained[0], data, false), nil
}

// ready is the model of a run, whose notes are told.
func ready(e engine.Engine, r run.Run, data datasets.Dataset, loaded bool) *Model {
	if r.By != "" && firstTime("trained elsewhere") {
		show.Note("%s", words.Say("Models that this site brings were trained with %s when it was made. What you change trains here.", words.Text(r.By)))
	}
	for _, note := range r.Notes {
		if !noted[note] { // of many models, the same need be said once
			show.Note("%s", show.Sentence(note))
		}
		noted[note] = true
	}
	m := NewModel(r, data, e)
	m.loaded = loaded
	return m
}

// noted is what this cell has been told already.
var noted = map[string]bool{}

// NewModel gives the model of a run that is already at hand.
func NewModel(r run.Run, data datasets.Dataset, e engine.Engine) *Model {
	m := &Model{Run: r, Data: data, engine: e}
	m.open = sync.OnceValues(func() (trained.Model, error) {
		n, err := e.Open(cell, r)
		if err != nil {
			return trained.Model{}, err
		}
		return trained.Model{Coder: trained.Remembering(n), Config: r.Config, Given: data.Test.First(1)}, nil
	})
	return m
}
