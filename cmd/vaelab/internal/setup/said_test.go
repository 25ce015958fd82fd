package setup

import (
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

// Nothing that the set-up says is out of another language's reach: its steps, its backends and its failures, with what to do.
func TestTheSetUpSpeaksAnyLanguage(t *testing.T) {
	l := labLayout(t)
	host := Host{Go: GoTool{Path: "/g/go", Version: minGo, CCompiler: "/c/cc", ModCache: "/m"}, Python: Python{Path: "/p/python3", Version: "3.12.1", Glibc: "2.36"}}
	wordstest.Veil(t)
	var said []string
	say := func(err error) {
		t.Helper()
		if err == nil {
			t.Error("there is no error")
			return
		}
		said = append(said, err.Error())
	}
	for _, wish := range []string{Auto, XLACuda} {
		p, err := l.plan(host, Options{Backend: wish, Jupyter: true})
		if err != nil {
			if wish == XLACuda && !wheelFits(runtime.GOOS, runtime.GOARCH, "2.36") {
				say(err)
				continue
			}
			t.Fatal(err)
		}
		for _, s := range p.steps {
			said = append(said, s.Title)
		}
		said = append(said, p.says)
	}
	gopls, err := l.gopls(host.Go)
	if err != nil {
		t.Fatal(err)
	}
	said = append(said, gopls.Title)

	for _, b := range []struct{ wish, plugin, why string }{{Auto, l.pluginPath(), "x"}, {Auto, "", "x"}, {PureGo, "", ""}, {XLACuda, l.cudaPath(), ""}, {"xla:/p.so", "", ""}} {
		made, err := l.chooseBackend(b.wish, b.plugin, b.why, host)
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, made.Words)
	}
	_, err = l.chooseBackend(XLA, "", "x", host)
	say(err)
	for _, wish := range []string{"tpu", "xla:/not/there.so", "xla:" + l.Root} {
		_, err = Wish(wish, "")
		say(err)
	}

	for _, c := range causes {
		said = append(said, words.Text(c.why), words.Text(c.do))
		for _, e := range c.errs {
			say(explain("x", &fsError{e}, "log"))
		}
	}
	say(explain("x", &toolError{tool: "go", said: "compile: signal: killed", memory: true, err: errors.New("e")}, ""))
	say(explain("x", &toolError{tool: "go", said: "compile: signal: killed", err: errors.New("e")}, ""))
	say(explain("x", errors.New("e"), ""))

	good := goSays(minGo, "1", "gcc")
	for _, programs := range []map[string]string{
		{}, {"go": "exit 1"}, {"go": goSays("1.20", "1", "gcc")}, {"go": good}, {"go": goSays(minGo, "0", "gcc"), "gcc": ""}, {"go": goSays(minGo, "0", "")},
		{"go": good, "gcc": ""}, {"go": good, "gcc": "", "python3": pythonSays("3.9.18", true)}, {"go": good, "gcc": "", "python3": pythonSays("3.12.1", false)},
	} {
		fakePath(t, programs)
		_, err := findHost(t.Context(), Options{Jupyter: true})
		say(err)
	}
	t.Setenv("CC", "clang-99")
	_, no := cCompiler("clang-99", true)
	say(noCompiler(no))
	_, err = FindRoot(t.TempDir())
	say(err)
	for _, root := range []string{"/a:b", "/a{prefix}"} {
		_, err = checkedRoot(root)
		say(err)
	}
	say(checkSpace(1<<60, "/"))
	say(Layout{Root: t.TempDir()}.writeStamp(&Step{Name: "x", Title: "x", Products: []string{"/not/there"}}))
	_, _, err = Layout{Root: t.TempDir()}.pins("x")
	say(err)
	say(starts("/not/there")(t.Context(), nil))
	say(runsPrograms("x"))

	if len(said) < 80 {
		t.Errorf("only %d texts are looked at", len(said))
	}
	foreign := []string{syscall.ENOENT.Error(), exec.ErrNotFound.Error()} // what the system says
	for _, c := range causes {
		for _, e := range c.errs {
			foreign = append(foreign, e.Error())
		}
	}
	foreign = append(foreign, "is a directory", "exit status", "stat /not", "open /not", "fork/exec /not", "python3 -", "sudo apt install", "sudo dnf install",
		"go env", "go.dev/dl", "git checkout", "-backend")
	for _, text := range said {
		if english := wordstest.Phrases(text, foreign...); len(english) > 0 {
			t.Errorf("%q speaks English: %q", text, english)
		}
	}
}

// A card that says “right” counts for nbgrader in each edition of a course, and what a teacher is told is in the language of the command.
func TestVerdictsInEachLanguage(t *testing.T) {
	english := string(verdictsIn(words.Languages[:1]))
	if english != verdicts {
		t.Errorf("in English the settings are\n%s", english)
	}
	wordstest.Veil(t)
	all := string(verdictsIn(words.Languages))
	if !strings.Contains(all, "(?:right|字)$") || strings.Contains(all, "No point") {
		t.Errorf("the settings are\n%s", all)
	}
}

// labLayout is this clone.
func labLayout(t *testing.T) Layout {
	t.Helper()
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	l, err := FindRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The kernel's tools are those that are started, whatever else they are made of, and a turn for each core.
func TestKernelTools(t *testing.T) {
	s, err := labLayout(t).kernelTools(GoTool{})
	if err != nil {
		t.Fatal(err)
	}
	for _, product := range s.Products {
		if folder := filepath.Dir(product); folder != labLayout(t).KernelBin() && folder != filepath.Join(labLayout(t).KernelBin(), "turns") {
			t.Errorf("a product is %q", product)
		}
	}
	if len(s.Products) != 5+runtime.GOMAXPROCS(0) || len(s.Inputs) < 15 {
		t.Errorf("%d products of %d inputs", len(s.Products), len(s.Inputs))
	}
}
