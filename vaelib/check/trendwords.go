package check

import (
	"strings"

	"vaelab/vaelib/words"
)

// The words of trends, as a prediction is kept and compared: the same in every edition.
var (
	rises          = words.Mark("rises")
	falls          = words.Mark("falls")
	stays          = words.Mark("stays")
	risesThenFalls = words.Mark("rises, then falls")
	fallsThenRises = words.Mark("falls, then rises")
)

// spelt are the words of trends with how other editions have them: a cell of any edition may be run in any other.
var spelt = map[string][]string{
	rises: {"上升"}, falls: {"下降"}, stays: {"不变"}, risesThenFalls: {"先升后降"}, fallsThenRises: {"先降后升"},
}

func neutralTrends() []string { return []string{rises, falls, stays, risesThenFalls, fallsThenRises} }

// Trends are the words to predict with, in the language that is spoken: "rises", "falls", "stays", "rises, then falls" and
// "falls, then rises". A prediction may be written in those of any edition.
func Trends() []string { return words.Texts(neutralTrends()) }

// trendOf is the trend that somebody has typed a word for, as it is kept.
func trendOf(text string) (trend string, ok bool) {
	text = bare(text)
	for _, trend := range neutralTrends() {
		if text == bare(trend) || text == bare(words.Text(trend)) {
			return trend, true
		}
		for _, other := range spelt[trend] {
			if text == bare(other) {
				return trend, true
			}
		}
	}
	return "", false
}

// bare is a text without spaces and commas, of any width.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\u00a0\u3000,，、", r) {
			return -1
		}
		return r
	}, text)
}
