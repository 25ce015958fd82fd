package show

import (
	"strings"
	"testing"
)

func TestAnswerShowsEverythingAsTextAndMarkup(t *testing.T) {
	for tone, sign := range map[Tone]string{Neutral: "○", Good: "✓", Bad: "✗"} {
		page := &recorder{}
		on(t, page)
		Answer(Card{Tone: tone, Title: nasty, Lines: []string{"first line", "second " + nasty},
			Header: []string{"input", "yours", "true"}, Rows: [][]any{{nasty, 1.25, 2.5}}, Foot: []string{"at the end"}})
		if len(page.blocks) != 1 || !page.synced {
			t.Fatalf("%d blocks, synced: %v", len(page.blocks), page.synced)
		}
		tags := wellFormed(t, page.blocks[0].html)
		if tags["script"] != nil || tags["table"] == nil {
			t.Errorf("markup %s", page.blocks[0].html)
		}
		plain := page.blocks[0].plain
		for _, part := range []string{sign + " " + nasty, "first line", "second " + nasty, "1.25", "2.5", "at the end"} {
			if !strings.Contains(plain, part) {
				t.Errorf("the text lacks %q:\n%s", part, plain)
			}
		}
		if !strings.Contains(page.blocks[0].html, sign) {
			t.Error("the sign is missing: colour alone would tell right from wrong")
		}
	}
}

func TestAnswerWithoutATable(t *testing.T) {
	page := &recorder{}
	on(t, page)
	Answer(Card{Title: "title"})
	if tags := wellFormed(t, page.blocks[0].html); tags["table"] != nil {
		t.Error("an empty table is shown")
	}
}

// Items are set apart, each with what stands below it, and are nothing but text.
func TestAnswerWithItems(t *testing.T) {
	page := &recorder{}
	on(t, page)
	Answer(Card{Title: "title", Items: []Item{{Text: "1. " + nasty, Below: []string{"a) " + nasty, "b) σ"}}, {Text: "2. why?"}}, Foot: []string{"at the end"}})
	if tags := wellFormed(t, page.blocks[0].html); tags["script"] != nil {
		t.Errorf("markup %s", page.blocks[0].html)
	}
	const want = "○ title\n\n  1. " + nasty + "\n     a) " + nasty + "\n     b) σ\n\n  2. why?\n\n  at the end\n"
	if got := page.blocks[0].plain; got != want {
		t.Errorf("the text is\n%s", got)
	}
}

func TestFoldedHoldsItsCode(t *testing.T) {
	page := &recorder{}
	on(t, page)
	Folded("A solution", "func f() {\n\treturn "+nasty+"\n}\n")
	tags := wellFormed(t, page.blocks[0].html)
	if tags["details"] == nil || tags["summary"] == nil || tags["pre"] == nil || tags["script"] != nil {
		t.Errorf("markup %s", page.blocks[0].html)
	}
	if _, open := tags["details"]["open"]; open {
		t.Error("it is open from the start")
	}
	if !strings.Contains(page.blocks[0].plain, "    func f() {\n    \treturn") {
		t.Errorf("text %q", page.blocks[0].plain)
	}
}
