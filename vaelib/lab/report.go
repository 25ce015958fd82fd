package lab

import (
	"fmt"

	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// Report shows where the run ended. A run that was loaded shows its curves too; one that was trained just now has
// shown them already.
func (m *Model) Report() {
	if err := m.ready(); err != nil {
		show.Note("%s", words.Say("There is nothing to report: %v.", err))
		return
	}
	if m.Weights != "" {
		Compare(m)
		show.Note("%s", words.Say("The weights came from elsewhere: how they were trained, nobody here knows, and their losses haven't been measured. Kept in %s.", m.Dir))
		return
	}
	if m.loaded {
		show.Figure(m.Curves())
	}
	Compare(m)
	by := m.By
	if by == "" {
		by = m.engine.Backend().Words
	}
	by, title := words.Text(by), words.Text(m.Data.Title)
	if m.loaded {
		show.Note("%s", words.Say("Loaded: trained before with %s, %d epochs on %s. Kept in %s.", by, m.Epochs, title, m.Dir))
		return
	}
	show.Note("%s", words.Say("Trained now with %s, %d epochs on %s. Kept in %s.", by, m.Epochs, title, m.Dir))
}

// Compare shows the models' final terms on the test images, a line each. One that has not been trained has none.
func Compare(models ...*Model) {
	var rows [][]any
	own := false
	for _, m := range models {
		own = own || m != nil && m.Identity.Loss != ""
		if m != nil && m.Weights != "" {
			rows = append(rows, []any{m.Name(), "–", "–", words.Say("not measured")})
			continue
		}
		if m == nil || m.State.Epochs() == 0 {
			rows = append(rows, []any{m.Name(), "–", "–", words.Say("not trained")})
			continue
		}
		t := m.Last().Test
		rows = append(rows, []any{m.Name(), t.Reconstruction, t.KL, t.Loss})
	}
	show.Table([]string{words.Say("nats an image, on test images"), words.Say("reconstruction term"), words.Say("KL term"), words.Say("loss")}, rows...)
	if own {
		show.Note("%s", words.Say("A loss of your own is what your function gives: it needn't be the sum of the two terms beside it."))
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
	rows = append(rows, []any{words.Say("together"), "", total})
	show.Table([]string{words.Say("array"), words.Say("shape"), words.Say("numbers")}, rows...)
}
