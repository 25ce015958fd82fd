package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/classbench"
	"vaelab/cmd/vaelab/internal/labtest"
)

// report runs bench class and reads what it writes.
func report(t *testing.T, args ...string) (r classbench.Report, stdout string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what processes need")
	}
	labtest.Lab(t)
	file := filepath.Join(t.TempDir(), "report.json")
	stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, append([]string{"bench", "class", "-json", file}, args...)...))
	if code != 0 {
		t.Fatalf("code %d: %s", code, stderr)
	}
	if err := json.Unmarshal([]byte(labtest.Read(t, file)), &r); err != nil {
		t.Fatal(err)
	}
	return r, stdout
}

// One learner in three cells, who reads between them. The second cell keeps 300 MB for longer than nobody looks at memory.
func TestClassOfOne(t *testing.T) {
	book, noted := filepath.Join(t.TempDir(), "three.ipynb"), filepath.Join(t.TempDir(), "home")
	labtest.Write(t, book, "%%\nfmt.Println(1)",
		`%%
page := make([]byte, 300<<20)
for i := range page {
	page[i]++
}
time.Sleep(4 * time.Second)
runtime.KeepAlive(page)`,
		"%%\nhome := os.Getenv(\"HOME\")\nif err := os.WriteFile(\""+noted+"\", []byte(home+\" \"+os.Getenv(\"VAELAB_RUNS\")), 0o600); err != nil {\n\tpanic(err)\n}")
	r, stdout := report(t, "-same", "-learners", "1", "-pause", "1s", "-notebook", book)
	if len(r.Rounds) != 1 {
		t.Fatalf("%+v", r)
	}
	x := r.Rounds[0]
	if x.Learners != 1 || len(x.Seconds) != 3 || x.Whole != 3 || len(x.Lost) != 0 || x.Pause != 1 {
		t.Errorf("%+v", x)
	}
	if x.Worst < 4 || x.Took < x.Worst+2 { // two pauses
		t.Errorf("the worst cell took %v s, all %v s", x.Worst, x.Took)
	}
	if mb := x.Memory[classbench.Cell]; mb < 300 || mb > 600 {
		t.Errorf("at the peak the cell had %v MB", mb)
	}
	for _, k := range []classbench.Kind{classbench.Kernel, classbench.Client} {
		if x.Memory[k] <= 0 || x.Processor[k] <= 0 {
			t.Errorf("%s had %v MB and %v s", k, x.Memory[k], x.Processor[k])
		}
	}
	if x.Processor[classbench.Building] <= 0 || x.Processor[classbench.Cell] <= 0 {
		t.Errorf("the processor's time is %v", x.Processor)
	}
	if !strings.Contains(stdout, "| 1 | 1 | 3 |") {
		t.Errorf("the table is\n%s", stdout)
	}
	home, runs, _ := strings.Cut(labtest.Read(t, noted), " ")
	if !strings.HasSuffix(home, filepath.Join("1", "1")) || filepath.Dir(runs) != home {
		t.Errorf("the learner's home is %s, the runs are in %s", home, runs)
	}
	if _, err := os.Stat(home); err == nil {
		t.Errorf("%s is left", home)
	}
}

// Learners whose notebook fails are told of, each with the reason, and the others' cells count.
func TestClassThatFails(t *testing.T) {
	labtest.Long(t)
	dir := t.TempDir()
	book := filepath.Join(dir, "fails.ipynb")
	labtest.Write(t, book, "%%\nfmt.Println(1)", "%%\n// only one can have it\nif err := os.Mkdir(\""+filepath.Join(dir, "taken")+"\", 0o700); err != nil {\n\tpanic(err)\n}")
	r, stdout := report(t, "-same", "-learners", "2", "-notebook", book)
	x := r.Rounds[0]
	if len(x.Lost) != 1 || x.Whole != 2 || !strings.Contains(x.Lost[0].Says, "only one can have it") || !strings.Contains(x.Lost[0].Says, "file exists") {
		t.Errorf("%+v", x)
	}
	if !strings.Contains(stdout, "was lost after") {
		t.Errorf("the table is\n%s", stdout)
	}
}

// Where learners are users of their own, files of root's are closed to them, and others open.
func TestWhatLearnersCannotRead(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	closed := filepath.Join(t.TempDir(), "a name\twith blanks")
	if err := os.WriteFile(closed, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := classbench.Closed("/bin/sh", closed, "/nowhere")
	if err != nil || len(got) != 2 || got[0] != closed || got[1] != "/nowhere" {
		t.Errorf("%q, %v", got, err)
	}
}
