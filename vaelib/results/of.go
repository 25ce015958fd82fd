package results

import "vaelab/vaelib/run"

// Epochs has a line for each run and epoch: how long it took, and the losses on training and test images, as [run.Epoch] says. Without
// runs there are the columns alone.
func Epochs(runs ...run.Run) Table {
	names, _ := who(run.Run{})
	t := Table{Columns: append(names, "epoch", "seconds",
		"train_loss_nats", "train_reconstruction_nats", "train_kl_nats", "test_loss_nats", "test_reconstruction_nats", "test_kl_nats")}
	for _, r := range runs {
		_, values := who(r)
		for _, e := range r.State.History {
			t.Lines = append(t.Lines, append(values[:len(values):len(values)], e.Epoch, e.Seconds,
				e.Train.Loss, e.Train.Reconstruction, e.Train.KL, e.Test.Loss, e.Test.Reconstruction, e.Test.KL))
		}
	}
	return t
}

// Measure is one number about a run. The zero Measure has no name.
type Measure struct {
	Name  string
	Value float64
	Unit  string
}

// Nats is the unit of losses.
const Nats = "nats an image"

// Of are the measures that a run's history has: the last losses on test images, the ELBO with the weight 1, whatever the run was trained
// with, and how long the training took. A run that has no epoch has none.
func Of(r run.Run) []Measure {
	if r.State.Epochs() == 0 {
		return nil
	}
	last := r.Last().Test
	seconds := 0.0
	for _, e := range r.State.History {
		seconds += e.Seconds
	}
	return []Measure{
		{"test_loss", last.Loss, Nats},
		{"test_reconstruction", last.Reconstruction, Nats},
		{"test_kl", last.KL, Nats},
		{"test_elbo", -last.Reconstruction - last.KL, Nats},
		{"training_time", seconds, "s"},
	}
}

// Measures has a line for each run and measure. measured has those of each run.
func Measures(runs []run.Run, measured [][]Measure) Table {
	names, _ := who(run.Run{})
	t := Table{Columns: append(names, "measure", "value", "unit")}
	for i, r := range runs {
		_, values := who(r)
		for _, m := range measured[i] {
			t.Lines = append(t.Lines, append(values[:len(values):len(values)], m.Name, m.Value, m.Unit))
		}
	}
	return t
}
