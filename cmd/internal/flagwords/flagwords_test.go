package flagwords_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/internal/flagwords"
	"vaelab/vaelib/words/wordstest"
)

// set has a flag of each kind that the course's commands have.
func set() *flag.FlagSet {
	f := flag.NewFlagSet("x", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.String("out", "", "a `folder`")
	f.String("data", "sample", "a name")
	f.Bool("json", false, "a line")
	f.Bool("models", true, "them")
	f.Int("none", 0, "a number")
	f.Int("latent", 2, "a number")
	f.Uint64("seed", 7, "another")
	f.Float64("kl", 1.5, "a weight")
	f.Duration("timeout", 0, "a time")
	f.Duration("longest", time.Minute, "a time")
	f.Func("own", "read by `us`", func(string) error { return errors.New("write 12") })
	return f
}

var wrong = []string{"-nosuch", "-out", "-latent many", "-latent 99999999999999999999", "-json=perhaps", "--=x", "-own it", "-kl " + `"a` + "\n"}

// In English it is what package flag says.
func TestAsPackageFlag(t *testing.T) {
	var theirs, ours bytes.Buffer
	f := set()
	f.SetOutput(&theirs)
	f.PrintDefaults()
	flagwords.Defaults(&ours, f)
	if ours.String() != theirs.String() {
		t.Errorf("%s\nwant\n%s", ours.String(), theirs.String())
	}
	for _, args := range wrong {
		err := set().Parse(strings.SplitN(args, " ", 2))
		if err == nil || flagwords.Error(err).Error() != err.Error() {
			t.Errorf("%q: %v, package flag says %v", args, flagwords.Error(err), err)
		}
	}
}

// In another language all of it is in that language, but for what a flag's own reader says.
func TestInAnotherLanguage(t *testing.T) {
	wordstest.Veil(t)
	for _, args := range wrong {
		err := set().Parse(strings.SplitN(args, " ", 2))
		if english := wordstest.Phrases(flagwords.Error(err).Error(), "write 12"); len(english) > 0 || flagwords.Error(err).Error() == err.Error() {
			t.Errorf("%q: %v speaks English: %q", args, flagwords.Error(err), english)
		}
	}
	var text bytes.Buffer
	flagwords.Defaults(&text, set())
	if strings.Contains(text.String(), "default") {
		t.Error(text.String())
	}
}

func TestValue(t *testing.T) {
	for args, want := range map[string]string{
		"": "", "-kl 4": "", "-lang zh": "zh", "--lang=zh -json": "zh", "-lang=zh -lang en": "en", "-out lang": "", "exec a.ipynb -lang zh": "zh",
	} {
		if got, whole := flagwords.Value(strings.Fields(args), "lang"); got != want || !whole {
			t.Errorf("%q: %q, %v", args, got, whole)
		}
	}
	if _, whole := flagwords.Value([]string{"-kl", "4", "-lang"}, "lang"); whole {
		t.Error("a value that is missing isn't missed")
	}
}
