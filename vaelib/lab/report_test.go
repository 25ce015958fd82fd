package lab

import (
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words/wordstest"
)

// A report says the final terms, the backend, the data and the folder, and whether the run was trained or loaded.
func TestReport(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	other := func(c *run.Config) { c.KLWeight = 9 }
	for _, how := range []string{"Trained now", "Loaded: trained before"} {
		m := trainedModel(t, other)
		text := wordstest.Printed(t, m.Report)
		for _, part := range []string{how, "KL weight 9", "pure Go", "3 epochs", "Bars", m.Dir, "reconstruction term"} {
			if !strings.Contains(text, part) {
				t.Errorf("the report lacks %q:\n%s", part, text)
			}
		}
		if curves := strings.Contains(text, "[figure]"); curves != m.loaded {
			t.Errorf("that the report of a run shows its curves is %v where loaded is %v", curves, m.loaded)
		}
	}
}

func TestCompareHasALineForEachModel(t *testing.T) {
	vae, ae := trainedModel(t, nil), trainedModel(t, func(c *run.Config) { c.Model = run.AE })
	text := wordstest.Printed(t, func() { Compare(vae, ae) })
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "VAE, KL weight 1 ") || !strings.HasPrefix(lines[2], "AE ") {
		t.Errorf("the table is\n%s", text)
	}
}
