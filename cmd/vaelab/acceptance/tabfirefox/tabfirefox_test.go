// Package tabfirefox runs the whole course in Firefox's tab.
package tabfirefox

import (
	"testing"

	"vaelab/cmd/internal/browser/firefox"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

// site is one with models: else notebooks would train in the page, for hours.
func site(t *testing.T) string {
	labtest.Long(t)
	if _, err := firefox.Find(); err != nil {
		t.Skip(err)
	}
	return labtest.SiteWithModels(t)
}

// visit starts a Firefox with empty storage.
func visit(t *testing.T) *tab.Visitor { return tab.VisitWith(t, tab.Serve(t, site(t)), tab.Firefox) }

// TestNotebooks runs all cells of the notebooks with solutions.
func TestNotebooks(t *testing.T) {
	for _, n := range []struct {
		name           string
		cells, figures int // at least
	}{
		{"01_autoencoder_to_vae", 29, 16},
		{"02_kl_divergence", 42, 14},
		{"03_train_vae", 27, 11},
		{"04_kl_weight", 35, 15},
		{"05_kl_at_work", 35, 9},
	} {
		t.Run(n.name, func(t *testing.T) {
			course.Notebook(t, visit(t), "solutions/"+n.name+".ipynb", course.All, n.cells, n.figures)
		})
	}
}

func TestExercises(t *testing.T) { course.Exercises(t, visit(t)) }

func TestSlider(t *testing.T) { course.Slider(t, visit(t)) }

func TestPad(t *testing.T) { course.Pad(t, visit(t)) }

func TestInterrupt(t *testing.T) { course.Interrupt(t, visit(t)) }

func TestTraining(t *testing.T) { course.Training(t, visit(t)) }

func TestWithoutANetwork(t *testing.T) { course.WithoutANetwork(t, site(t), tab.Firefox) }
