package grading

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/words"
)

// sevenExercises are the exercises of notebook 2 that are graded, each followed by its check.
var sevenExercises = []string{"ex-kl-in-one-dimension", "ex-sampled-kl", "ex-sign-error", "ex-kl-gradient",
	"ex-kl-in-many-dimensions", "ex-kl-from-log-var", "ex-kl-from-log-std"}

// silent are answers that end their program without a word, one for each of the seven.
var silent = []string{
	`os.Exit(0); panic("write me")`,
	`go func() { os.Exit(0) }(); select {}`,
	`syscall.Exit(0)`,
	`os.Stdout.Close(); os.Exit(0)`,
	`syscall.Exec("/bin/true", []string{"true"}, nil)`,
	`os.Setenv("GONB_PIPE", "/nowhere")`, // what it shows is lost
	"",                                   // an init function of the last cell ends the program
}

// exercisesOf is a notebook of the seven exercises with their solutions. Each answer is preceded by a line, where that
// isn't empty; last stands at the end of the last answer's cell.
func exercisesOf(t *testing.T, lines []string, last string) string {
	t.Helper()
	return exercisesIn(t, words.Languages[0], lines, last)
}

// exercisesIn is that of a language's edition.
func exercisesIn(t *testing.T, l words.Language, lines []string, last string) string {
	t.Helper()
	var book map[string]any
	text := labtest.Read(t, filepath.Join(labtest.Layout(t).Notebooks(), l.Folder(), "solutions", "02_kl_divergence.ipynb"))
	if err := json.Unmarshal([]byte(text), &book); err != nil {
		t.Fatal(err)
	}
	var kept []any
	for _, c := range book["cells"].([]any) {
		cell := c.(map[string]any)
		id := cell["id"].(string)
		at := slices.Index(sevenExercises, id)
		if id == "wire" || id == "imports" || slices.Contains(sevenExercises, strings.TrimSuffix(id, "-check")) {
			kept = append(kept, cell)
		}
		if at < 0 || lines == nil {
			continue
		}
		source := cell["source"].([]any)
		if lines[at] != "" {
			source = slices.Insert(source, 1, any("\t"+lines[at]+"\n"))
		}
		if at == len(sevenExercises)-1 && last != "" {
			source = append(source, "\n"+last)
		}
		cell["source"] = source
	}
	book["cells"] = kept
	out, err := json.Marshal(book)
	if err != nil || len(kept) != 2+2*len(sevenExercises) {
		t.Fatalf("%d cells, %v", len(kept), err)
	}
	return string(out)
}

// quietInit ends every program that has it, before its main part.
const quietInit = "func init_quiet() { os.Exit(0) }"

// TestSilenceOnThePage runs answers that end their program through the kernel, as learners do: each check says that there
// is no verdict, and nothing is noted as done.
func TestSilenceOnThePage(t *testing.T) {
	labtest.Lab(t)
	dir := t.TempDir()
	book := filepath.Join(dir, "silent.ipynb")
	if err := os.WriteFile(book, []byte(exercisesOf(t, silent, quietInit)), 0o644); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(dir, "runs")
	cmd := labtest.Command(t, "exec", book, "-out", filepath.Join(dir, "out"))
	cmd.Env = append(cmd.Env, "VAELAB_RUNS="+kept)
	if stdout, stderr, code := labtest.Outcome(t, cmd); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	page := labtest.Outputs(t, filepath.Join(dir, "out", "silent.ipynb"))
	if said := strings.Count(page, ": no verdict\n"); said != len(silent) || strings.Contains(page, "✓") {
		t.Errorf("%d of %d checks say that there is no verdict:\n%s", said, len(silent), page)
	}
	if text, err := os.ReadFile(filepath.Join(kept, "progress.json")); err == nil && strings.Contains(string(text), "done") {
		t.Errorf("the progress is %s", text)
	}
}

// TestSilenceIsNoPoint grades such answers with nbgrader, and right ones that write to the log: in a course as it is made,
// and in one whose settings are from before there were any about verdicts, with a program that isn't even built.
func TestSilenceIsNoPoint(t *testing.T) {
	labtest.Lab(t)
	c := newCourse(t)
	course, nbgrader, put := c.folder, c.nbgrader, c.put
	put(`c = get_config()
c.CourseDirectory.course_id = "vaelab"
c.ClearSolutions.code_stub = {"go": "panic(\"write me\")"}
c.Autograde.autograde_preprocessors.append("nbconvert.preprocessors.TagRemovePreprocessor")
c.Execute.extra_arguments = ["-logtostderr=false", "-stderrthreshold=FATAL", "-log_file=/dev/null"]
`, "nbgrader_config.py")
	put(exercisesOf(t, nil, ""), "source", "seven", "seven.ipynb")
	nbgrader("generate_assignment", "seven")

	logs := slices.Repeat([]string{`log.Println("at work")`}, len(silent))
	logs[1], logs[2] = `println("at work")`, `fmt.Fprintln(os.Stderr, "at work")`
	// From here on nothing is built, and each check runs the program before it.
	unbuilt := exercisesOf(t, nil, "")
	unbuilt = strings.Replace(unbuilt, `"func KL(mu`, `"%goflags -n\n","func KL(mu`, 1)
	// A Chinese edition's verdicts are found, too; one of its answers is wrong.
	chinese := exercisesIn(t, words.Languages[1], nil, "")
	wrong := strings.Replace(chinese, "return 0.5 * (mu*mu", "return (mu*mu", 1)
	if wrong == chinese {
		t.Fatal("there is nothing to change in the Chinese answers")
	}
	want := map[string]string{"silent": "0.0 of 7.0", "logs": "7.0 of 7.0", "unbuilt": "0.0 of 7.0", "chinese": "6.0 of 7.0"}
	for student, text := range map[string]string{"silent": exercisesOf(t, silent, quietInit), "logs": exercisesOf(t, logs, ""), "unbuilt": unbuilt, "chinese": wrong} {
		put(text, "submitted", student, "seven", "seven.ipynb")
	}
	nbgrader("autograde", "seven")
	if got := c.grades(); !maps.Equal(got, want) {
		t.Errorf("the scores are %v, want %v", got, want)
	}
	nbgrader("generate_feedback", "seven")
	for student, says := range map[string]string{"silent": "no verdict", "unbuilt": "the check has given no verdict", "logs": "at work"} {
		page := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(labtest.Read(t, filepath.Join(course, "feedback", student, "seven", "seven.html")), "")
		if said := strings.Count(page, says); said < len(silent) {
			t.Errorf("the feedback for %s says %q %d times", student, says, said)
		}
	}
	said, err := words.Library(words.Languages[1])
	if err != nil {
		t.Fatal(err)
	}
	page := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(labtest.Read(t, filepath.Join(course, "feedback", "chinese", "seven", "seven.html")), "")
	for says, times := range map[string]int{"right": 6, "not yet right": 1} {
		if n := strings.Count(page, said.Text(says)); n < times {
			t.Errorf("the feedback in Chinese says “%s” %d times, want %d", said.Text(says), n, times)
		}
	}
}
