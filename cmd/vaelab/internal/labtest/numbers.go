package labtest

import (
	"encoding/json"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// sameNumbers holds what the cells of an edition have shown against what those of the English one have: each number, whatever stands
// around it and in whatever order a sentence has them; and the claims, whose numbers are found by the words beside them.
func sameNumbers(t *testing.T, english, other, name string) {
	t.Helper()
	want, got := shownIn(t, filepath.Join(english, name)), shownIn(t, filepath.Join(other, name))
	delete(got, "wire") // the kernel repeats which language it has been told
	delete(want, "wire")
	if len(want) == 0 || len(got) != len(want) {
		t.Fatalf("%d cells have shown something, and %d in English", len(got), len(want))
	}
	count := 0
	for id, cell := range want {
		count += len(numbersIn(cell))
		a, b := numbersIn(cell), numbersIn(got[id])
		lacking, more := without(a, b), without(b, a)
		if strings.Contains(cell, "Trained: ") { // what the edition then loaded: it tells less of the training
			lacking = nil
		}
		if len(lacking)+len(more) > 0 {
			t.Errorf("cell %s: in English\n%q, here\n%q:\n%s\n%s", id, lacking, more, cell, got[id])
		}
	}
	t.Logf("%d numbers in %d cells", count, len(want))
	claimed, here := recordedIn(t, english), recordedIn(t, other)
	if len(claimed) == 0 && IsLong() { // with the small budget nothing is compared with the text
		t.Error("no claim was recorded in English")
	}
	for claim, values := range claimed {
		if !slices.Equal(values, here[claim]) {
			t.Errorf("claim %s: %v in English, %v here", claim, values, here[claim])
		}
	}
}

func recordedIn(t *testing.T, folder string) map[string][]float64 {
	t.Helper()
	values, err := notebook.Recorded(filepath.Join(folder, recorded))
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// shownIn is what each cell of an executed notebook has shown, as text: descriptions of pictures count, pictures don't.
func shownIn(t *testing.T, path string) map[string]string {
	t.Helper()
	var book struct {
		Cells []struct {
			ID      string
			Outputs []struct {
				Text any
				Data map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(Read(t, path)), &book); err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{}
	for _, c := range book.Cells {
		var all strings.Builder
		for _, o := range c.Outputs {
			all.WriteString(joined(o.Text) + "\n")
			if markup := joined(o.Data["text/html"]); markup != "" {
				all.WriteString(readable(markup) + "\n")
			} else {
				all.WriteString(joined(o.Data["text/plain"]) + "\n")
			}
		}
		if strings.TrimSpace(all.String()) != "" {
			shown[c.ID] = all.String()
		}
	}
	return shown
}

// joined is a text that Jupyter keeps as one or as a list of lines.
func joined(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var all strings.Builder
		for _, line := range v {
			s, _ := line.(string)
			all.WriteString(s)
		}
		return all.String()
	}
	return ""
}

var (
	programs  = regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>`)
	described = regexp.MustCompile(`\balt="([^"]*)"`)
	marks     = regexp.MustCompile(`<[^>]*>`)
	// Two executions differ in spans of time, and in what is loaded where it has been trained before; two languages in which figures have
	// room side by side, and in a month that English has a word for.
	passing = regexp.MustCompile(`[0-9.]+[ \x{a0}]?(?:(?:s|min|h)\b|minutes?|秒|分钟?|小时|月)|[0-9]+ models? (?:is|are) ready[^.]*\.|[0-9]+ figures side by side|[0-9]+ 幅图并排`)
	digits  = regexp.MustCompile(`[−-]?[0-9]+(,[0-9]{3})*(\.[0-9]+)?(e[−-]?[0-9]+)?`)
)

// readable is what a person reads, or hears, of HTML.
func readable(markup string) string {
	markup = programs.ReplaceAllString(markup, " ")
	var all strings.Builder
	for _, m := range described.FindAllStringSubmatch(markup, -1) {
		all.WriteString(m[1] + "\n")
	}
	return html.UnescapeString(all.String() + marks.ReplaceAllString(markup, " "))
}

// numbersIn are a text's numbers, sorted, but for those that pass.
func numbersIn(text string) []string {
	list := digits.FindAllString(passing.ReplaceAllString(text, " "), -1)
	slices.Sort(list)
	return list
}

// without is what a list has more often than another one.
func without(a, b []string) (rest []string) {
	b = slices.Clone(b)
	for _, x := range a {
		if i := slices.Index(b, x); i >= 0 {
			b = slices.Delete(b, i, i+1)
		} else {
			rest = append(rest, x)
		}
	}
	return rest
}
