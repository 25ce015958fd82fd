package show

import (
	"context"
	"errors"
	"html"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

var (
	scripts  = regexp.MustCompile(`(?s)<script>.*?</script>|<style>.*?</style>`)
	readings = regexp.MustCompile(`(?:alt|aria-label|data-words|data-state)="([^"]*)"`)
	tags     = regexp.MustCompile(`<[^>]*>`)
)

// seen is what a person reads or hears of a block.
func seen(b block) string {
	markup := scripts.ReplaceAllString(b.html, "")
	text := b.plain + "\n"
	for _, m := range readings.FindAllStringSubmatch(markup, -1) {
		text += html.UnescapeString(m[1]) + "\n"
	}
	return text + html.UnescapeString(tags.ReplaceAllString(markup, " "))
}

// keys are those of what a script gets as JSON.
var keys = []string{`"broken"`, `"pen"`, `"dropped"`, `"said"`, `"strokes"`}

// All that this package itself puts on a page is said through package words.
func TestPagesSayAll(t *testing.T) {
	wordstest.Veil(t)
	w := newWindow()
	on(t, w)
	exit = func(int) {}
	t.Cleanup(func() { exit = os.Exit })

	for step := range 41 {
		p := progress(step)
		p.Backend, p.Data, p.Waiting = "-", "-", step == 7
		if step%2 > 0 {
			p.Config.Model, p.Left = run.AE, 0
		}
		w.put("", barHTML(p), barText(p))
		terminal := &recorder{}
		(&trainingView{page: terminal}).print(p)
		for _, b := range terminal.blocks {
			w.put("", b.html, b.plain)
		}
	}
	stoppedRun := progress(3)
	stoppedRun.Left, stoppedRun.Backend, stoppedRun.Data = stopped, "-", "-"
	w.put("", barHTML(stoppedRun), barText(stoppedRun))
	before := progress(40)
	before.Elapsed, before.Backend, before.Data = 0, "-", "-"
	w.put("", barHTML(before), barText(before))

	bell := func(v []float64) figure.Figure {
		return figure.Plot(figure.Line("", func(x float64) float64 { return x }, 0, v[0]+5))
	}
	s := &sliders{figure: bell, controls: []Slider{{Name: "μ", To: 1}}, limits: limits{time.Minute, time.Minute, time.Minute, 5 * time.Minute}}
	s.last = s.start()
	w.put("", controlsHTML("a", "b", "c", s.controls, 5*time.Minute), "")
	for _, why := range []string{stillsLine(), lostLine()} {
		Check(s.showStills(why))
	}
	interrupted, stop := context.WithCancel(context.Background())
	stop()
	Check(s.follow(interrupted, w))
	Check(validSliders(nil, nil))
	for _, c := range []Slider{{}, {To: 1, At: 2}, {To: 1, Step: -1}} {
		Check(validSliders(bell, []Slider{c}))
	}

	pad := square()
	pad.Task, pad.Alt, pad.Instead, pad.Marks = "-", "-", "-", nil
	pad.Take = func(s Stroke) (Stroke, error) { return s, nil }
	d := &drawing{pad: pad, padID: "a", limits: patience}
	w.put("", d.controlsHTML("b", "c"), "")
	for i, what := range []string{"undo", "stroke", "stop", "undo", "over", "stroke", "stroke", "stroke", "stroke", "stop"} {
		why := d.do(action{n: i + 1, what: what, stroke: Stroke{{0, 0}}})
		d.show(w)
		w.put("", "", why)
	}
	d.showMute(w)
	d.pad.Before, d.last = d.strokes, 0
	if why, err := d.follow(interrupted, w); err != nil {
		t.Error(why, err)
	}
	w.empty = true
	Draw(pad)
	Check(Pad{}.valid())
	Check(Pad{Take: pad.Take}.valid())

	Fail(errors.New(""))
	Fail(words.Errorf("%s: %w", "-", figure.Images(nil).Err()))
	_, _, err := lay(nil, nil)
	Fail(err)
	_, _, err = lay([]string{"-"}, [][]any{{1, 2}})
	Fail(err)
	if len(w.blocks) < 100 {
		t.Fatalf("only %d blocks", len(w.blocks))
	}
	allowed := append([]string{run.Default().Aim()}, keys...) // what a run aims at is said in package run
	for _, b := range w.blocks {
		if english := wordstest.English(seen(b), allowed...); len(english) > 0 {
			t.Errorf("%q are English in %q", english, seen(b))
		}
	}
}

// What the scripts say themselves comes from their page.
func TestScriptsSayNothingOfTheirOwn(t *testing.T) {
	for name, js := range map[string]string{"pad.js": padJS, "controls.js": controlsJS, "say.js": sayJS} {
		code := regexp.MustCompile(`//.*`).ReplaceAllString(js, "")
		for _, m := range regexp.MustCompile("[\"'`]([^\"'`]*)[\"'`]").FindAllStringSubmatch(code, -1) {
			if regexp.MustCompile(`[a-z] [a-z]|[a-z]\.$`).MatchString(m[1]) {
				t.Errorf("%s says %q", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`words\.(\w+)`).FindAllStringSubmatch(code, -1) {
			if name == "pad.js" && !strings.Contains(padWords(), `"`+m[1]+`"`) {
				t.Errorf("%s wants the words %q, which nobody gives it", name, m[1])
			}
		}
	}
}

func TestSentencesEnd(t *testing.T) {
	wordstest.Veil(t)
	for in, want := range map[string]string{"太低了。": "太低了。", "为什么？": "为什么？", "Open it!": "Open it!"} {
		if got := Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	speakChinese(t)
	for in, want := range map[string]string{"磁盘已满": "磁盘已满。", "figure.Images：没有图像": "figure.Images：没有图像。", "no such file": "No such file."} {
		if got := Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// speakChinese has the program speak the Chinese of an edition of notebook 9.
func speakChinese(t *testing.T) {
	t.Helper()
	clone := wordstest.Speak(t, `
msgid "%s."
msgstr "%s。"

msgid "restores, nats"
msgstr "还原（奈特）"

msgid "%s, %d dimensions"
msgstr "%s，%d 维"

msgid "“%s” (then %s, here %s)"
msgstr "“%s”（原来是 %s，这里是 %s）"

msgid "%s nats"
msgstr "%s 奈特"

msgid "The text was written for other settings where it says %s."
msgstr "正文中的这些话是按别的设置写的：%s。"
`)
	if err := os.WriteFile(words.File(clone, "zh", "09"), []byte(`
#. string
msgctxt "a"
msgid "gap, x = -1"
msgstr "差距，x = -1"

#. string
msgctxt "a"
msgid "weight %v"
msgstr "权重 %v"

#. string
msgctxt "a"
msgid "The area is %.4f %s."
msgstr "面积是 %.4f %s。"

#. string
msgctxt "a"
msgid "gap"
msgstr "差距"
`), 0o644); err != nil {
		t.Fatal(err)
	}
	words.Remember(9)
}

// Claims name their numbers in English. They are found in another language's edition all the same, and told in its words.
func TestClaimsAreFoundInEveryEdition(t *testing.T) {
	w := newWindow()
	on(t, w)
	speakChinese(t)
	claiming(t, `{"notebook": 9, "claims": [
		{"name": "table", "says": "about 4 nats", "in": {"zh": "约 4 奈特"}, "of": "VAE, 2 dimensions › restores, nats", "to": 1, "unit": "nats", "then": 4},
		{"name": "minus", "says": "minus", "in": {"zh": "负"}, "of": "gap, x = −1 › restores, nats", "to": 1, "then": 4},
		{"name": "note", "says": "an area", "in": {"zh": "面积"}, "of": "The area is › 1", "to": 1, "then": 4},
		{"name": "plot", "says": "by half", "in": {"de": "halb"}, "of": "weight 0.5 › gap › 500", "to": 1, "then": 4}]}`)
	tells := func(want string) {
		t.Helper()
		if said := w.blocks[len(w.blocks)-1].plain; !strings.Contains(said, want) {
			t.Errorf("it says %q, want %q", said, want)
		}
	}
	vae := words.Say("%s, %d dimensions", "VAE", 2)
	if vae != "VAE，2 维" {
		t.Fatalf("the row is %q: no Chinese is spoken", vae)
	}
	Table([]string{"", words.Say("restores, nats")}, []any{vae, 5.0})
	tells("正文中的这些话是按别的设置写的：“约 4 奈特”（原来是 4 奈特，这里是 5 奈特）。")
	Table([]string{"", words.Say("restores, nats")}, []any{"差距，x = -1", 5.0})
	tells("“负”（")
	Note("面积是 %.4f %s。", 5.0, "nats")
	tells("“面积”（")
	plot := figure.Plot(figure.Path("gap", []float64{500}, []float64{5}))
	Figure(figure.Beside(plot.With(figure.Title("weight %v", 0.5)), plot))
	tells("“by half”（") // there is no text of this edition: the English one
}

// Why a notebook's language can't be spoken is told once in a kernel, and English goes on.
func TestTroubleIsToldOnce(t *testing.T) {
	if os.Getenv(words.Env) == "xx" { // a cell's program
		defer os.Exit(0)
		Notebook(2)
		Note("%s", words.Say("test images"))
		return
	}
	kernel := t.TempDir()
	cell := func() string {
		cmd := exec.Command(os.Args[0], "-test.run=^TestTroubleIsToldOnce$")
		cmd.Env = append(os.Environ(), words.Env+"=xx", "GONB_TMP_DIR="+kernel)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	first, second := cell(), cell()
	if !strings.Contains(first, "can't be spoken") || !strings.Contains(first, `doesn't speak "xx"`) || !strings.HasSuffix(first, "test images\n") {
		t.Errorf("the first cell says %q", first)
	}
	if second != "test images\n" {
		t.Errorf("the second cell says %q", second)
	}
}
