package pages

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

// Markers of a solution, each alone in its line; and what a learner finds in its place.
const (
	begins = "// BEGIN SOLUTION"
	ends   = "// END SOLUTION"
	stub   = `panic("write me")`
)

var (
	settles  = regexp.MustCompile(`(?m)^\s*(?:exercise\.|(losses\.))(\w+)\.(Check|Compare|Predict|Progress)\(`)
	progress = regexp.MustCompile(`(?m)^\s*exercise\.(Progress)\(\)`)
)

// reasons say why what was to be predicted comes out as it does.
var reasons = map[string]string{
	exercise.PCAAgainstAE.ID: exercise.PCAAgainstAE.Why, exercise.FromAEToVAE.ID: exercise.FromAEToVAE.Why,
	exercise.TermsInTraining.ID: exercise.TermsInTraining.Why, exercise.RecallAtWeight4.ID: exercise.RecallAtWeight4.Why,
	exercise.WeightSweep.ID: exercise.WeightSweep.Why,
}

// asks are the exercises that a cell settles by a call such as Check.
func asks(source, call string) (list []check.Exercise, err error) {
	for _, m := range settles.FindAllStringSubmatch(source, -1) {
		if m[3] != call {
			continue
		}
		i := slices.IndexFunc(exercise.Course(), func(e check.Exercise) bool { return e.ID == m[1]+m[2] })
		if i < 0 {
			return nil, fmt.Errorf("the library has no exercise %s", m[1]+m[2])
		}
		list = append(list, exercise.Course()[i])
	}
	return slices.CompactFunc(list, func(a, b check.Exercise) bool { return a.ID == b.ID }), nil
}

// apart splits a cell into what a learner finds and what solves it.
func apart(source string) (stubbed, solved string, err error) {
	var kept, answer []string
	open := false
	for line := range strings.Lines(source) {
		switch marker := strings.TrimSpace(line); {
		case marker == begins && !open:
			open = true
			kept = append(kept, line[:strings.Index(line, "/")]+stub+"\n")
		case marker == ends && open:
			open = false
		case strings.Contains(line, "BEGIN SOLUTION") || strings.Contains(line, "END SOLUTION"):
			return "", "", fmt.Errorf("a marker of a solution is out of place: %s", marker)
		case open:
			answer = append(answer, line)
		default:
			kept, answer = append(kept, line), append(answer, line)
		}
	}
	if open {
		return "", "", fmt.Errorf("a solution begins and doesn't end: put %s after it", ends)
	}
	return strings.Join(kept, ""), strings.Join(answer, ""), nil
}

// exercise makes HTML of the cell with an answer and the one that checks it: the stub, hints, and what solves it.
func (w *writer) exercise(answer, checks cell) (template.HTML, error) {
	asked, err := asks(string(checks.Source), "Check")
	if err != nil {
		return "", err
	}
	if len(asked) != 1 {
		return "", fmt.Errorf("a solution is followed by a cell that checks %d exercises, and it should be one", len(asked))
	}
	stubbed, solved, err := apart(string(answer.Source))
	if err != nil {
		return "", err
	}
	start, err := code(stubbed)
	if err != nil {
		return "", err
	}
	end, err := listing(solved, true)
	if err != nil {
		return "", err
	}
	verdict, err := w.outputs(checks)
	if err != nil {
		return "", err
	}
	return template.HTML(fmt.Sprintf("<pre class=\"stub\"><code>%s</code></pre>\n%s<details class=\"solution\"><summary>%s</summary>%s%s</details>\n",
		start, hints(asked[0]), plain(words.Say("A solution")), end, verdict)), nil
}

// hints are folded, each by itself, so that one opens no more than is needed.
func hints(e check.Exercise) template.HTML {
	var out strings.Builder
	for i, hint := range e.Hints {
		fmt.Fprintf(&out, "<details class=\"hint\"><summary>%s</summary><p>%s</p></details>\n", plain(words.Say("Hint %d of %d", i+1, len(e.Hints))), plain(words.Text(hint)))
	}
	return template.HTML(out.String())
}

// why is what a prediction's answer teaches, folded.
func why(e check.Exercise) template.HTML {
	return template.HTML(fmt.Sprintf("<details class=\"solution\"><summary>%s</summary><p>%s</p></details>\n",
		plain(words.Say("%s: why it comes out so", words.Text(e.Title))), plain(words.Text(reasons[e.ID]))))
}

// plain makes HTML of the library's words, which know no markup.
func plain(text string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(text), "D_KL", "D<sub>KL</sub>")
}
