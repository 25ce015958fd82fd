package wordstest_test

import (
	"slices"
	"testing"

	"vaelab/vaelib/internal/wordstest"
	"vaelab/vaelib/words"
)

func TestEnglish(t *testing.T) {
	wordstest.Speak(t)
	said := words.Say("%s and %s more", words.Count(3, "dog", "dogs"), "7")
	if got := wordstest.English(said+" of KL, figure.Plot, three pictures", "three"); !slices.Equal(got, []string{"dogs", "pictures"}) {
		t.Errorf("in %q the words %q are English", said, got)
	}
}
