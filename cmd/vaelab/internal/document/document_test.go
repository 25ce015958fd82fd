package document

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// lay writes files into a clone of the test's own.
func lay(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var small = map[string]string{
	"README.md":                 "# A course\n\n[简体中文](README.zh.md)\n\nSee [the set-up](docs/setup.md#what-is-made-where).\n",
	"CONTRIBUTING.md":           "# How to\n",
	"docs/pictures/map.png":     "",
	"notebooks/01.ipynb":        "",
	"notebooks/02.ipynb":        "",
	"notebooks/zh/01.ipynb":     "",
	"vaelib/words/zh/readme.po": "msgid \"# A course\"\nmsgstr \"# 一门课\"\n",
	"docs/setup.md": `# The set-up

Begin with [the course](../README.md#a-course), [how to](../CONTRIBUTING.md#how-to), [the web](https://go.dev#x).

| notebook | what |
|---|---|
| [01](../notebooks/01.ipynb) | a map |
| [02](../notebooks/02.ipynb) | a walk |

    go run . # [no link](../README.md)

` + "```sh\n# no heading, and [no link](../README.md)\n\nstart # now\n```" + `

## What is made, where?

![A map](pictures/map.png) It says ` + "`[x](../README.md)`" + `, see [above](#the-set-up) and [below](#what-is-made-where-1).

## What is made, where?

Nobody has translated this: [01](../notebooks/01.ipynb).

This has changed.

Here the translation lost [a link](../README.md).
`,
	"vaelib/words/zh/setup.po": `
msgid "# The set-up"
msgstr "# 安装：详解"

msgid "Begin with [the course](../README.md#a-course), [how to](../CONTRIBUTING.md#how-to), [the web](https://go.dev#x)."
msgstr "先看[做法](../CONTRIBUTING.md#how-to)、[课程](../README.md#a-course)和[网页](https://go.dev#x)。"

msgid ""
"| notebook | what |\n"
"|---|---|\n"
"| [01](../notebooks/01.ipynb) | a map |\n"
"| [02](../notebooks/02.ipynb) | a walk |"
msgstr ""
"| 笔记本 | 内容 |\n"
"|---|---|\n"
"| [01](../notebooks/01.ipynb) | 地图 |\n"
"| [02](../notebooks/02.ipynb) | 漫步 |"

msgid "    go run . # [no link](../README.md)"
msgstr "    go run . # [不是链接](../README.md)"

msgid "## What is made, where?"
msgstr "## 东西放在哪里？"

msgid "![A map](pictures/map.png) It says ` + "`[x](../README.md)`" + `, see [above](#the-set-up) and [below](#what-is-made-where-1)."
msgstr "![地图](pictures/map.png)写着 ` + "`[x](../README.md)`" + `，见[上文](#the-set-up)和[下文](#what-is-made-where-1)。"

#, fuzzy
#| msgid "This has not changed."
msgid "This has changed."
msgstr "没有变。"

msgid "Here the translation lost [a link](../README.md)."
msgstr "链接丢了。"
`,
}

const smallSetup = `<!-- Made by go run ./cmd/vaelab notebooks from docs/setup.md and vaelib/words/zh/setup.po: change those. -->

# 安装：详解

[English](../setup.md)

先看[做法](../../CONTRIBUTING.md#how-to)、[课程](../../README.zh.md#一门课)和[网页](https://go.dev#x)。

| 笔记本 | 内容 |
|---|---|
| [01](../../notebooks/zh/01.ipynb) | 地图 |
| [02](../../notebooks/02.ipynb) | 漫步 |

    go run . # [不是链接](../README.md)

` + "```sh\n# no heading, and [no link](../README.md)\n\nstart # now\n```" + `

## 东西放在哪里？

![地图](../pictures/map.png)写着 ` + "`[x](../README.md)`" + `，见[上文](#安装详解)和[下文](#东西放在哪里-1)。

## 东西放在哪里？

Nobody has translated this: [01](../../notebooks/zh/01.ipynb).

This has changed.

Here the translation lost [a link](../../README.zh.md).
`

func TestMadePage(t *testing.T) {
	s := Set{t.TempDir(), []Page{Readme, "setup"}}
	lay(t, s.Root, small)
	if _, err := s.Write(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s.Root, "docs/zh/setup.md"); got != smallSetup {
		t.Errorf("made:\n%s\nwant:\n%s", got, smallSetup)
	}
	if got := read(t, s.Root, "README.zh.md"); !strings.Contains(got, "# 一门课\n\n[English](README.md)\n\nSee [the set-up](docs/zh/setup.md#东西放在哪里).\n") {
		t.Errorf("the README is\n%s", got)
	}
	if got := read(t, s.Root, "docs/setup.md"); !strings.HasPrefix(got, "# The set-up\n\n[简体中文](zh/setup.md)\n\nBegin") {
		t.Errorf("the English page begins %.80q", got)
	}
	messages, err := s.Messages("setup")
	if err != nil || len(messages) != 10 { // a heading that stands twice is one, the line of languages none
		t.Errorf("%d messages, %v; want 10", len(messages), err)
	}
}

func TestStaleAndWrite(t *testing.T) {
	s := Set{t.TempDir(), []Page{Readme, "setup"}}
	lay(t, s.Root, small)
	stale := func(want ...string) {
		t.Helper()
		faults, err := s.Stale()
		if err != nil || len(faults) != len(want) {
			t.Fatalf("stale: %q, %v; want %q", faults, err, want)
		}
		for i := range want {
			if !strings.Contains(faults[i], want[i]) {
				t.Errorf("stale: %q; want %q in it", faults[i], want[i])
			}
		}
	}
	write := func(want ...string) {
		t.Helper()
		changed, err := s.Write()
		for i, file := range changed {
			changed[i], _ = filepath.Rel(s.Root, file)
		}
		if err != nil || !slices.Equal(changed, want) {
			t.Fatalf("wrote %q, %v; want %q", changed, err, want)
		}
		stale()
	}
	stale("docs/setup.md has not the line", "README.zh.md has not been made from README.md and vaelib/words/zh/readme.po", "docs/zh/setup.md has not been made")
	write("docs/setup.md", "README.zh.md", "docs/zh/setup.md")
	write()
	lay(t, s.Root, map[string]string{"docs/zh/setup.md": strings.Replace(smallSetup, "漫步", "散步", 1)})
	stale("docs/zh/setup.md is not what docs/setup.md and vaelib/words/zh/setup.po gives: the first difference is in line 12")
	write("docs/zh/setup.md")
	lay(t, s.Root, map[string]string{"vaelib/words/zh/readme.po": ""}) // a heading that other pages link to
	stale("README.zh.md is not what", "docs/zh/setup.md is not what")
	write("README.zh.md", "docs/zh/setup.md")
	lay(t, s.Root, map[string]string{"docs/zh/gone.md": begins + " from docs/gone.md", "docs/zh/terms.md": "# By hand\n"})
	stale("docs/zh/gone.md was made of a page that is gone")
}

func TestAnchor(t *testing.T) {
	for text, want := range map[string]string{
		"## What's made, where?": "whats-made-where", "## `-lang zh` or not": "-lang-zh-or-not", "# 第 1 节：KL 项（先验）": "第-1-节kl-项先验",
		"### [Links](a.md) too": "links-too", "## a – b": "a--b", "## free_bits": "free_bits",
	} {
		if got := anchors(text); len(got) != 1 || got[0] != want {
			t.Errorf("%q has the anchors %q, want %q", text, got, want)
		}
	}
	if got := anchors("no # heading\n\n```\n# none\n```\n\n    # none\n"); len(got) > 0 {
		t.Errorf("anchors %q of code", got)
	}
}

// TestLinks follows each link of the course's documents, in each language, to a file and a heading that are there.
func TestLinks(t *testing.T) {
	l, err := setup.FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	s := Of(l.Root)
	followed := 0
	for _, in := range words.Languages {
		for _, p := range s.Pages {
			n, dead := deadLinks(t, s, p.In(in))
			followed += n
			for _, link := range dead {
				t.Errorf("%s links to %s, which leads nowhere", p.In(in), link)
			}
		}
	}
	if followed < 60 {
		t.Errorf("%d links followed: are they found?", followed)
	}
}

func deadLinks(t *testing.T, s Set, page string) (followed int, dead []string) {
	t.Helper()
	eachLink(read(t, s.Root, page), func(target string) string {
		file, at, anchored := strings.Cut(target, "#")
		if strings.Contains(file, ":") {
			return target
		}
		followed++
		to := page
		if file != "" {
			to = path.Join(path.Dir(page), file)
		}
		if _, err := os.Stat(s.path(to)); err != nil {
			dead = append(dead, target)
		} else if anchored && !slices.Contains(anchors(read(t, s.Root, to)), at) {
			dead = append(dead, target)
		}
		return target
	})
	return followed, dead
}

func TestDeadLinks(t *testing.T) {
	s := Set{Root: t.TempDir()}
	lay(t, s.Root, map[string]string{
		"docs/a.md": "# One\n\n[a](#one) [b](#two) [c](../b.md#there) [d](b.md) [e](../b.md#not) [f](https://x.y/z#w) `[g](h.md)`\n", "b.md": "## There\n"})
	if n, dead := deadLinks(t, s, "docs/a.md"); n != 5 || !slices.Equal(dead, []string{"#two", "b.md", "../b.md#not"}) {
		t.Errorf("of %d links %q are dead", n, dead)
	}
}
