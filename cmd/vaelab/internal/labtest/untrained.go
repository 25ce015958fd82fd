package labtest

import (
	"math/rand/v2"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// Untrained is a folder of finished runs with these settings on the sample, whose weights were drawn and never trained: for what goes by
// how models are found and shown, not by what they have learnt.
func Untrained(t testing.TB, configs ...run.Config) string {
	t.Helper()
	folder := t.TempDir()
	data, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	described, err := store.Describe(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range configs {
		id, err := described.Identity(c, "go")
		if err != nil {
			t.Fatal(err)
		}
		id = id.Versioned()
		s := run.State{History: make([]run.Epoch, c.Epochs)}
		for epoch := range s.History {
			s.History[epoch].Test = run.Terms{Reconstruction: 260 + float64(i), KL: 6 - float64(i)}
		}
		rng := rand.New(rand.NewPCG(uint64(i), 0))
		for _, w := range run.Weights(c, data.Train.Width*data.Train.Height) {
			a := run.Array{Name: w.Name, Dims: w.Dims}
			for range w.Size() {
				a.Data = append(a.Data, float32(0.15*rng.NormFloat64()))
			}
			s.Arrays = append(s.Arrays, a)
		}
		f := store.NewFolder(folder, id)
		if err := f.Lock(t.Context(), id, func() {}); err != nil {
			t.Fatal(err)
		}
		if err := f.SaveState(s, true); err != nil {
			t.Fatal(err)
		}
		if err := f.Unlock(); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
