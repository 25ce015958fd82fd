package hub

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

const assignment = "02_kl_divergence"

// exchange hands a notebook out, has one learner hand it in solved and one as it came, and grades: with the page's own commands, in
// terminals of their users' JupyterLabs, in the order in which they stand. Between them it asks what nbgrader's pages show. The one has
// worked in the notebook for practice, and saves what is written there.
func (c *class) exchange(t *testing.T, s *served) {
	learners, teacher := []*person{c.who(ann), c.who(jörg)}, c.who(tess)
	solved := labtest.Read(t, filepath.Join(labtest.Layout(t).Notebooks(), "solutions", assignment+".ipynb"))
	say := func(p *person, text string) string {
		t.Helper()
		out, code := s.types(t, p, text)
		if code != 0 || strings.Contains(out, "ERROR") {
			t.Fatalf("%s: code %d of\n%s\nand the terminal shows\n%s", p.name, code, text, out)
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
	c.teachersOwn(t, learners[0], teacher)
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
			if err := os.WriteFile(filepath.Join(p.home, "vaelab", assignment+".ipynb"), []byte(solved), 0o644); err != nil { // it is there, and stays hers
				t.Fatal(err)
			}
			say(p, only(t, "rescue"))
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

// teachersOwn looks at the course's folders in the exchange before anything was handed out, and has a learner try to come first.
func (c *class) teachersOwn(t *testing.T, learner, teacher *person) {
	t.Helper()
	for _, folder := range []string{"", "outbound", "inbound", "feedback"} {
		info, err := os.Stat(filepath.Join(c.places["HUB"], "exchange", "vaelab", folder))
		if err != nil {
			t.Error(err)
		} else if owner := int(info.Sys().(*syscall.Stat_t).Uid); owner != teacher.uid {
			t.Errorf("vaelab/%s in the exchange belongs to user %d, not to the teacher", folder, owner)
		}
	}
	for _, try := range []string{`mkdir "$VAELAB_EXCHANGE/vaelab"`, `mv "$VAELAB_EXCHANGE/vaelab" "$VAELAB_EXCHANGE/mine"`, `touch "$VAELAB_EXCHANGE/vaelab/outbound/mine"`,
		`ls "$VAELAB_EXCHANGE/vaelab/inbound"`, `chmod 777 "$VAELAB_EXCHANGE/vaelab/inbound"`} {
		if out, err := learner.as(t, try); err == nil {
			t.Errorf("a learner can\n%s\n%s", try, out)
		}
	}
	if _, err := os.Stat(filepath.Join(teacher.home, "course", "course")); err == nil {
		t.Error("a second copy of the course lies in the first")
	}
}
