// Package tab_test runs the course in a browser's tab.
package tab_test

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

// TestNotebook02 runs a notebook with its solutions, in long tests to its end.
func TestNotebook02(t *testing.T) {
	most, figures := 20, 6
	if labtest.IsLong() {
		most, figures = course.All, 14
	}
	course.Notebook(t, tab.Visit(t, tab.Serve(t, labtest.Site(t))), "solutions/02_kl_divergence.ipynb", most, min(most, 42), figures)
}

func TestExercises(t *testing.T) { course.Exercises(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

func TestSlider(t *testing.T) { course.Slider(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

func TestWithoutANetwork(t *testing.T) { course.WithoutANetwork(t, labtest.Site(t), tab.Chromium) }
