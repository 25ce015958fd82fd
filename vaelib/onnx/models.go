package onnx

import (
	"vaelab/vaelib"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Model is one of a run's networks. The zero Model has no name and no contents.
type Model struct {
	Name     string // "encoder", "decoder" or "prior"
	Contents []byte // of an .onnx file
}

// File is the name of the model's file.
func (m Model) File() string { return m.Name + ".onnx" }

// Models gives a finished run's networks: encoder, decoder, and the prior where one was learned. A run that isn't finished, or whose
// state doesn't hold the arrays that its settings ask for, is an error.
func Models(r run.Run) ([]Model, error) {
	if err := r.ValidateNetwork(r.Width, r.Height); err != nil {
		return nil, words.Errorf("the run in %s can't be exported: %w", r.Dir, err)
	}
	pixels := r.Width * r.Height
	if err := r.Whole(); err != nil {
		return nil, err
	}
	if r.State.Epochs() < r.Epochs {
		return nil, words.Errorf("the run in %s has been trained for %d of %d epochs: train it to its end first", r.Dir, r.State.Epochs(), r.Epochs)
	}
	n := network{r.Config, pixels, map[string]run.Array{}}
	for _, a := range r.State.Arrays {
		n.weight[a.Name] = a
	}
	graphs := []*graph{n.encoder(), n.decoder()}
	if r.Prior == run.LearnedPrior {
		graphs = append(graphs, n.prior())
	}
	about, err := properties(r)
	if err != nil {
		return nil, err
	}
	var models []Model
	for _, g := range graphs {
		models = append(models, Model{g.name, model(g, about, vaelib.Version)})
	}
	return models, nil
}
