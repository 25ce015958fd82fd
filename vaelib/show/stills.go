package show

import (
	"slices"
	"strings"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/words"
)

// These lines say why nothing moves: nobody is there, or nobody answers.
func stillsLine() string {
	return words.Say("These are stills, because no page answers here. In JupyterLab, run the cell, and sliders move the picture.")
}

func lostLine() string {
	return words.Say("These are stills, because this page doesn't answer. Run the cell again to have sliders that move the picture; " +
		"if there are none then, see “No sliders” in docs/troubleshooting.md.")
}

// showStills puts pictures for chosen values where the moving one would be, and a line below.
func (s *sliders) showStills(why string) error {
	var markup, plain []string
	for _, f := range s.stills() {
		m, p, err := render(f, figure.Figure.PNG)
		if err != nil {
			return err
		}
		markup, plain = append(markup, m), append(plain, p)
	}
	markup, plain = append(markup, noteHTML(why)), append(plain, why)
	here.put(s.pictureID, strings.Join(markup, ""), strings.Join(plain, "\n"))
	here.sync()
	return nil
}

// stills are the figures, two in a line where both fit; each is named by its values.
func (s *sliders) stills() (lines []figure.Figure) {
	var all []figure.Figure
	for _, values := range s.stillValues() {
		f := s.figure(slices.Clone(values))
		title := s.at(values)
		if f.Title != "" {
			title += " · " + f.Title
		}
		all = append(all, f.With(figure.Title("%s", title)))
	}
	wide := func(f figure.Figure) bool {
		w, _ := f.Size()
		return w > 720 || words.Columns(f.Title) > 48
	}
	if slices.ContainsFunc(all, wide) { // not to be drawn at half the width
		for i, f := range all {
			all[i].Alt = words.Say("%s: %s", f.Title, f.Alt) // as figures side by side are described
		}
		return all
	}
	for pair := range slices.Chunk(all, 2) {
		lines = append(lines, figure.Beside(pair...))
	}
	return lines
}

// stillValues are the ones asked for, or else two for each slider, on both sides of its middle, while the others stay
// where they start.
func (s *sliders) stillValues() (all [][]float64) {
	if n := len(s.controls[0].Stills); n > 0 {
		for k := range n {
			var values []float64
			for _, c := range s.controls {
				values = append(values, c.Stills[k])
			}
			all = append(all, values)
		}
		return all
	}
	start := s.start()
	for i, c := range s.controls {
		for _, t := range []float64{0.25, 0.75} {
			values := slices.Clone(start)
			values[i] = c.From + t*(c.To-c.From)
			all = append(all, values)
		}
	}
	return all
}
