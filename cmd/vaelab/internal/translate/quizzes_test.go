package translate

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"testing"

	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

var anyNumber = regexp.MustCompile(`−?\d+(?:[,.]\d+)*`)

// A quiz asks the same in every language: questions and options have the numbers of the English ones, and no two options of a question
// became one. What isn't translated yet is [Faults]' business.
func TestQuizzesAskTheSameInEveryLanguage(t *testing.T) {
	for _, language := range words.Languages[1:] {
		text, err := os.ReadFile(words.File("../../../..", language.Code, "library"))
		catalogue, err2 := words.ReadCatalogue(text)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		say := func(where, english string) string {
			said, ok := catalogue.Find("", english)
			if !ok {
				return english
			}
			if a, b := numbersOf(english), numbersOf(said); !slices.Equal(a, b) {
				t.Errorf("%s: %s has the numbers %q, not %q: “%s”", language.Code, where, b, a, said)
			}
			return said
		}
		for _, quiz := range exercise.Quizzes() {
			for _, question := range quiz.Questions {
				say(quiz.ID, question.Text)
				options := map[string]string{}
				for _, o := range question.Options {
					said := say(quiz.ID, o.Text)
					if other, twice := options[said]; twice {
						t.Errorf("%s: %s has the option “%s” twice, for “%s” and for “%s”", language.Code, quiz.ID, said, other, o.Text)
					}
					options[said] = o.Text
				}
			}
		}
	}
}

// numbersOf are a text's numbers, sorted: another language may have them in another order.
func numbersOf(text string) []string {
	list := anyNumber.FindAllString(text, -1)
	slices.Sort(list)
	return list
}
