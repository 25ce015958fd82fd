// Package tablearner does in a browser's tab what a learner does: answers exercises, moves sliders, draws.
package tablearner

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

func TestExercises(t *testing.T) { course.Exercises(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

// TestSliderAndPad is one visit, for what a visit costs is the way there.
func TestSliderAndPad(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	course.Slider(t, v)
	course.Pad(t, v)
}

func TestChinese(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	course.Chinese(t, tab.Visit(t, site), site)
}
