package translate

import (
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Merge gives the messages that there are what a catalogue has for them. A message that is new takes the translation of one that is
// gone and was like it, as fuzzy.
func Merge(old, messages []words.Entry) []words.Entry {
	known := map[[2]string]words.Entry{}
	for _, e := range old {
		known[[2]string{e.Context, e.ID}] = e
	}
	merged := slices.Clone(messages)
	gone := slices.Clone(old)
	for i, m := range merged {
		e, ok := known[[2]string{m.Context, m.ID}]
		if !ok {
			continue
		}
		merged[i].Texts, merged[i].Fuzzy, merged[i].Was = e.Texts, e.Fuzzy, e.Was
		gone = slices.DeleteFunc(gone, func(x words.Entry) bool { return x.Context == m.Context && x.ID == m.ID })
	}
	for i, m := range merged {
		if len(m.Texts) > 0 {
			continue
		}
		best, at := leastAlike, -1
		for k, e := range gone {
			if len(e.Texts) == 0 || e.Texts[0] == "" || e.Plural != "" && m.Plural == "" {
				continue
			}
			if a := alike(m.ID, e.ID); a > best || a == best && at < 0 {
				best, at = a, k
			}
		}
		if at < 0 {
			continue
		}
		e := gone[at]
		gone = slices.Delete(gone, at, at+1)
		if renewed, ok := renewedNumbers(e.ID, m.ID, e.Texts[0]); ok && !e.Fuzzy {
			merged[i].Texts = []string{renewed}
			continue
		}
		merged[i].Texts, merged[i].Fuzzy, merged[i].Was = e.Texts, true, e.ID
	}
	return merged
}

// Of two texts that are less alike, the one's translation is no help for the other.
const leastAlike = 0.6

// alike is the share of words that two texts have in common.
func alike(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	common := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(max(1, len(x)+len(y)))
}

// renewedNumbers is a translation with the numbers that vaelab claims has written into its English text, where that is all that has
// changed: a number that a claim holds stands alone between two comments, in every language.
func renewedNumbers(old, now, translated string) (string, bool) {
	if claimedNumber.ReplaceAllString(old, "$1#$3") != claimedNumber.ReplaceAllString(now, "$1#$3") {
		return "", false
	}
	was, is := claimedNumber.FindAllStringSubmatch(old, -1), claimedNumber.FindAllStringSubmatch(now, -1)
	for i := range was {
		from, to := was[i][0], is[i][0]
		if from == to {
			continue
		}
		if strings.Count(translated, from) != 1 {
			return "", false
		}
		translated = strings.Replace(translated, from, to, 1)
	}
	return translated, true
}
