package lab

import (
	"fmt"

	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)

// Report shows where the run ended. A run that was loaded shows its curves too; one that was trained just now has
// shown them already.
func (m *Model) Report() {
	if err := m.ready(); err != nil {
		show.Note("There is nothing to report: %v.", err)
		return
	}
	if m.loaded {
		show.Figure(m.Curves())
	}
	Compare(m)
	how := "Trained now"
	if m.loaded {
		how = "Loaded: trained before"
	}
	by := m.By
	if by == "" {
		by = m.engine.Backend().Words
	}
	show.Note("%s with %s, %d epochs on %s. Kept in %s.", how, by, m.Epochs, m.Data.Title, m.Dir)
}

// Compare shows the models' final terms on the test images, a line each. One that has not been trained has none.
func Compare(models ...*Model) {
	var rows [][]any
	own := false
	for _, m := range models {
		own = own || m != nil && m.Identity.Loss != ""
		if m == nil || m.State.Epochs() == 0 {
			rows = append(rows, []any{m.Name(), "–", "–", "not trained"})
			continue
		}
		t := m.Last().Test
		rows = append(rows, []any{m.Name(), t.Reconstruction, t.KL, t.Loss})
	}
	show.Table([]string{"nats an image, on test images", "reconstruction term", "KL term", "loss"}, rows...)
	if own {
		show.Note("A loss of your own is what your function gives: it needn't be the sum of the two terms beside it.")
	}
}

// Network shows the layers of the model that the settings ask for.
func Network(c run.Config, pixels int) {
	var rows [][]any
	total := 0
	for _, w := range run.Weights(c, pixels) {
		total += w.Size()
		rows = append(rows, []any{w.Name, fmt.Sprint(w.Dims), w.Size()})
	}
	rows = append(rows, []any{"together", "", total})
	show.Table([]string{"array", "shape", "numbers"}, rows...)
}
