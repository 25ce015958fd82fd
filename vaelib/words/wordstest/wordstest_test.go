package wordstest_test

import (
	"fmt"
	"slices"
	"testing"

	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

func TestVeil(t *testing.T) {
	wordstest.Veil(t, "a message of %s", "a whole text")
	if got, want := words.Say("a message of %s", words.Count(3, "image", "images")), "字 字 字 3 字"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := words.Text("a whole text"), "字 字 字"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for text, want := range map[string]string{
		"%s restores %[2]d images": "%s 字 %[2]d 字", "run `go run x` now": "字 `go run x` 字", "100%% of it, −2.5 %+.2[1]f’s": "100%% 字 字, −2.5 %+.2[1]f’字",
		"<a href=\"x\">it</a> isn’t {name}": "<a href=\"x\">字</a> 字 {name}", "figure.Images: lab.%s, t.Context() and Fréchet": "figure.Images: lab.%s, t.Context() 字 字",
	} {
		if got := wordstest.Veiled(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What is said past the veil is found, and what it was glued to doesn't hide it.
func TestEnglish(t *testing.T) {
	wordstest.Veil(t)
	said := words.Say("%s and %s more", words.Count(3, "dog", "dogs"), "7")
	text := said + " of KL, figure.Plot, three pictures `go run`"
	if got := wordstest.English(text, "three"); !slices.Equal(got, []string{"dogs", "of", "pictures"}) {
		t.Errorf("in %q the words %q are English", text, got)
	}
	if got := wordstest.Phrases(text + ", KL term, a b, run.VAE, Mu 字 N(0, I), 字 KLWeight 字"); !slices.Equal(got, []string{"three pictures", "KL term"}) {
		t.Errorf("in %q the phrases %q are English", text, got)
	}
}

func TestPrinted(t *testing.T) {
	if got := wordstest.Printed(t, func() { fmt.Print("shown") }); got != "shown" {
		t.Errorf("%q", got)
	}
}
