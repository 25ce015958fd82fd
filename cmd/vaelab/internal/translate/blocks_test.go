package translate

import (
	"slices"
	"testing"

	"vaelab/vaelib/words"
)

func TestBlocks(t *testing.T) {
	const text = "# A\n\none\ntwo\n \n---\n\n```go\na\n\nb\n```\n\n1.\n\n- x\n- y"
	var got []string
	for _, b := range Blocks(text) {
		if text[b.From:b.To] != b.Text {
			t.Errorf("%q stands at %q", b.Text, text[b.From:b.To])
		}
		got = append(got, b.Text)
	}
	if want := []string{"# A", "one\ntwo", "```go\na\n\nb\n```", "- x\n- y"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A heading that is none in the translation would take its page's anchors away.
func TestBrokenHeading(t *testing.T) {
	for translated, right := range map[string]bool{"## 标题": true, "# 标题": false, "标题": false} {
		if problem := Broken(words.Entry{ID: "## A heading", Texts: []string{translated}}); (problem == "") != right {
			t.Errorf("%s: %q", translated, problem)
		}
	}
}
