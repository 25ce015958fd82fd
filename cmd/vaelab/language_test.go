package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

// system has the system ask for a language, and nobody else.
func system(t *testing.T, lang string) {
	t.Helper()
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "TERM", words.Env} {
		t.Setenv(name, "")
	}
	t.Setenv("LANG", lang)
	t.Cleanup(func() {
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
}

// The language is settled before anything is said: the system's for the lab and the help, English for what programs may read, and in
// any case the one that somebody names.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		call, lang, env string
		want            string
	}{
		{"lab", "zh_CN.UTF-8", "", "zh"}, {"lab", "en_US.UTF-8", "", "en"}, {"setup", "zh_CN.UTF-8", "", "zh"}, {"help", "zh_CN.UTF-8", "", "zh"},
		{"lab", "zh_CN.GBK", "", "en"}, {"labb", "zh_CN.UTF-8", "", "zh"}, {"lab -h", "zh_CN.UTF-8", "", "zh"}, {"exec -h", "zh_CN.UTF-8", "", "zh"},
		{"exec x", "zh_CN.UTF-8", "", "en"}, {"train", "zh_CN.UTF-8", "", "en"}, {"nbgrader x", "zh_CN.UTF-8", "", "en"}, {"version", "zh_CN.UTF-8", "", "en"},
		{"exec x -lang zh", "", "", "zh"}, {"train -lang=zh", "", "", "zh"}, {"exec x", "", "zh", "zh"}, {"exec x -lang en", "", "zh", "en"},
		{"lab", "zh_CN.UTF-8", "en", "en"}, {"lab -lang en", "zh_CN.UTF-8", "zh", "en"}, {"lab -lang xx", "zh_CN.UTF-8", "", "zh"},
	} {
		system(t, c.lang)
		t.Setenv(words.Env, c.env)
		call := strings.Fields(c.call)
		if err := settle(call[0], call[1:]); err != nil || words.Spoken().Code != c.want {
			t.Errorf("%+v: %s, %v", c, words.Spoken().Code, err)
		}
	}
	t.Setenv(words.Env, "xx")
	if err := run(t.Context(), []string{"version"}); err == nil || !strings.Contains(err.Error(), words.Env) || code(t.Context(), err) != exitUsage {
		t.Errorf("a language that isn't known: %v", err)
	}
	if err := settle("exec", []string{"-lang", "en"}); err != nil {
		t.Errorf("-lang decides, and VAELAB_LANG is complained of: %v", err)
	}
}

// Help, errors of the command's use and progress are out of no language's reach.
func TestTheCommandSpeaksAnyLanguage(t *testing.T) {
	system(t, "zh_CN.UTF-8")
	labtest.Layout(t) // before the clone is another one
	wordstest.Veil(t)
	commands := []string{"go run ./cmd/vaelab", "bench start", "bench class", "-backend", "training,", "sweep,", "estimators,", "cells,", "lab, exec, train, study, export, import, setup, bench, notebooks, nbgrader, site"}
	texts := []string{help()}
	for _, args := range []string{
		"trian", "notebooks/03.ipynb", "-prot 8888", "-port many", "-port 70000", "-backend tpu", "-no-browser extra", "-lang xx", "setup now", "setup -for fun",
		"exec -lang zh", "exec missing.ipynb -lang zh", "exec -lang zh -timeout 5ms main.go", "exec -lang zh main.go ./main.go", "train -lang zh -backend",
		"nbgrader -lang zh", "nbgrader -lang zh main.go", "nbgrader -lang zh autograde x",
	} {
		err := run(t.Context(), strings.Fields(args))
		if err == nil {
			t.Fatalf("%s: no error", args)
		}
		texts = append(texts, err.Error())
	}
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := &console{out: &out, begun: map[*setup.Step]time.Time{}}
	s := &setup.Step{Title: "x", Spare: true}
	c.Started(s)
	c.Ended(setup.Result{Step: s, Error: errors.New("x")})
	c.Ended(setup.Result{Step: &setup.Step{Title: "x"}})
	for _, text := range append(texts, out.String()) {
		for line := range strings.Lines(text) {
			if english := wordstest.Phrases(line, commands...); len(english) > 0 || len(text) == 0 {
				t.Errorf("%q speaks English: %q", line, english)
			}
		}
	}
}

// A line of the terminal holds as many columns as it has, and no line begins with a sign that ends a clause.
func TestColumns(t *testing.T) {
	for text, want := range map[string]string{"内核": "内核", "内核内核": "内核…", "abcde": "abcde", "abcdef": "abcd…", "a内核b": "a内…"} {
		if got := fitted(text, 5); got != want || words.Columns(got) > 5 {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	long := strings.Repeat("用真正的内核从头到尾执行笔记本，遇到第一个出错的单元格就停下。（见 docs/setup.md）", 9)
	whole := ""
	for line := range strings.Lines(wrapped(6, long)) {
		line = strings.TrimSuffix(line, "\n")
		if words.Columns(line) > 116 || words.Columns(line) < 90 && !strings.HasSuffix(long, line[6:]) { // a sign that closes may stand beyond
			t.Errorf("a line of %d columns: %s", words.Columns(line), line)
		}
		if strings.ContainsAny(string([]rune(line)[6]), "，。）") || strings.HasSuffix(line, "（") {
			t.Errorf("a line begins or ends badly: %s", line)
		}
		whole += strings.TrimSpace(line)
	}
	if strings.ReplaceAll(whole, " ", "") != strings.ReplaceAll(long, " ", "") {
		t.Errorf("it has become %q", whole)
	}
	for title, want := range map[string]string{"Go kernel (GoNB, goimports)": "Go kernel", "Go 内核（GoNB）": "Go 内核", "gopls，用于补全": "gopls", "gopls, which": "gopls"} {
		if got := short(title); got != want {
			t.Errorf("%q is shortened to %q", title, got)
		}
	}
}
