package hub

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

const assignment = "02_kl_divergence"

// exchange hands a notebook out, has one learner hand it in solved and one as it came, and grades: with the page's own commands, as
// their users, in the order in which they stand. Between them it asks what nbgrader's pages show.
func (c *class) exchange(t *testing.T, s *served) {
	learners, teacher := []*person{c.who(ann), c.who(jörg)}, c.who(tess)
	solved := labtest.Read(t, filepath.Join(labtest.Layout(t).Notebooks(), "solutions", assignment+".ipynb"))
	say := func(p *person, text string) string {
		t.Helper()
		out, err := p.as(t, text)
		if err != nil || strings.Contains(out, "ERROR") {
			t.Fatalf("%s: %v in\n%s\nwhich says\n%s", p.name, err, text, out)
		}
		t.Logf("%s: %s%s", p.name, text, out)
		return out
	}
	teachers := marked(t, "teacher")
	if len(teachers) != 2 || len(marked(t, "learner")) != 3 {
		t.Fatal("docs/hub.md has other blocks for teachers and learners than the test knows")
	}
	shows := func(p *person, path, words string) {
		t.Helper()
		if status, text := s.ask(t, p, p.server()+path); status != http.StatusOK || !strings.Contains(text, words) {
			t.Errorf("the page of %s has %d %s, without %q", p.name, status, text, words)
		}
	}
	say(teacher, teachers[0])
	shows(teacher, "formgrader/api/assignment/"+assignment, `"status": "released"`)
	for _, p := range learners {
		shows(p, "assignments?course_id=vaelab", `"assignment_id": "`+assignment+`"`)
		say(p, marked(t, "learner")[0])
		book := filepath.Join(p.home, assignment, assignment+".ipynb")
		if text := labtest.Read(t, book); strings.Contains(text, "BEGIN SOLUTION") || !strings.Contains(text, "write me") {
			t.Errorf("%s is handed out with solutions, or without exercises", book)
		}
		if p.name == ann {
			if err := os.WriteFile(book, []byte(solved), 0o644); err != nil { // it is there, and stays hers
				t.Fatal(err)
			}
		}
		say(p, marked(t, "learner")[1])
	}
	if out, err := learners[1].as(t, `find "$VAELAB_EXCHANGE/vaelab/inbound" -name '*.ipynb'`); err == nil || strings.Contains(out, ".ipynb") {
		t.Errorf("a learner can look at what is handed in: %v\n%s", err, out)
	}
	say(teacher, teachers[1])
	shows(teacher, "formgrader/api/submissions/"+assignment, `"autograded": true`)

	table, err := csv.NewReader(strings.NewReader(labtest.Read(t, filepath.Join(teacher.home, "course", "grades.csv")))).ReadAll()
	if err != nil || len(table) != 3 {
		t.Fatalf("%d lines of grades, %v", len(table), err)
	}
	column := func(row []string, name string) string { return row[slices.Index(table[0], name)] }
	for _, row := range table[1:] {
		student, score, most := column(row, "student_id"), column(row, "score"), column(row, "max_score")
		want := map[string]string{ann: most, jörg: "0.0"}[student]
		if score != want || most == "0.0" {
			t.Errorf("%s has %s of %s points, want %s", student, score, most, want)
		}
	}
	for _, p := range learners {
		say(p, marked(t, "learner")[2])
		pages, err := filepath.Glob(filepath.Join(p.home, assignment, "feedback", "*", assignment+".html"))
		if err != nil || len(pages) != 1 {
			t.Fatalf("%s has the feedback %q, %v", p.name, pages, err)
		}
		want := map[string]string{ann: "Score: " + column(table[1], "max_score") + " /", jörg: "Score: 0.0 /"}[p.name]
		if !strings.Contains(labtest.Read(t, pages[0]), want) {
			t.Errorf("the feedback of %s doesn't say %q", p.name, want)
		}
	}
}
