// Package browser tests, in a real browser, what a learner does by hand: exercises and sliders.
package browser

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

func TestMain(m *testing.M) { page.Main(m) }

// open opens some cells of one of the course's notebooks, as a notebook of their own.
func open(t *testing.T, name string, ids ...string) *page.Page {
	t.Helper()
	return page.Open(t, func(path string) { labtest.SomeCells(t, name, path, ids...) })
}

// slidersPicture finds the picture of the sliders: the last one in their output, where a training may have left others.
const slidersPicture = `[...document.querySelector('input[type=range]').closest('.jp-OutputArea').querySelectorAll('figure img')].at(-1)`
