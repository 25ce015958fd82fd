package check

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// ledger is what a watched program has announced.
type ledger struct {
	open    map[string]int // how many runs of an answer are under way, by the exercise's name
	refused bool           // some answer isn't right
	titles  map[string]string
	inputs  map[string]string // the last that an answer was given
	running string            // the exercise whose answer was run last
}

func read(announced string) *ledger {
	l := &ledger{open: map[string]int{}, titles: map[string]string{}, inputs: map[string]string{}}
	for line := range strings.Lines(announced) {
		what, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, title, _ := strings.Cut(rest, " ")
		switch word(what) {
		case taught:
			l.titles[name] = title
		case asked:
			l.open[name] += 0 // it has been heard of
		case begun:
			l.open[name]++
			l.running = name
		case trying:
			l.inputs[name] = title
		case judged:
			l.open[name] = max(0, l.open[name]-1)
		case right:
			l.open[name] = 0
		case refused:
			l.open[name], l.refused = 0, true
		}
	}
	return l
}

// missing are the cards for verdicts that were to come and didn't, of a program with this main part. A program that
// ended with an error has said why it came no further.
func (l *ledger) missing(main string, failed bool) (cards []show.Card) {
	for _, name := range slices.Sorted(maps.Keys(l.open)) {
		if l.open[name] > 0 {
			ended := words.Say("The program ended while your answer was being checked, so nobody knows whether it is right.")
			if input := l.inputs[name]; input != "" {
				ended = words.Say("The program ended while your answer was being checked at %s, so nobody knows whether it is right.", input)
			}
			cards = append(cards, show.Card{Tone: show.Bad, Title: l.title(name), Lines: []string{ended,
				words.Say("Does it call os.Exit or log.Fatal, or call itself without end?"),
				words.Say("A function returns its value, and leaves the program running.")}})
		}
	}
	if failed {
		return cards
	}
	for _, name := range checksIn(main) {
		if _, heard := l.open[name]; !heard {
			cards = append(cards, show.Card{Tone: show.Bad, Title: l.title(name), Lines: []string{
				words.Say("The program ended before it came to this check."), endings()}})
		}
	}
	if len(cards) == 0 && len(l.open) == 0 && asks.MatchString(main) {
		cards = append(cards, show.Card{Title: words.Say("The program ended before it came to the exercise"), Lines: []string{endings()}})
	}
	return cards
}

// endings are what may have ended a program early.
func endings() string {
	return words.Say("Does something end it, such as os.Exit in an init function, in a goroutine, or above this line?")
}

// title is that of a card about an exercise, by its name.
func (l *ledger) title(name string) string {
	return words.Say("%s: no verdict", cmp.Or(words.Text(l.titles[name]), name))
}

var (
	asks   = regexp.MustCompile(`\b(?:exercise|losses)\.\w`)
	checks = regexp.MustCompile(`\b((?:exercise|losses)\.\w+)\.Check\(`)
)

// checksIn names the exercises whose answers a main part checks.
func checksIn(main string) (names []string) {
	for _, found := range checks.FindAllStringSubmatch(main, -1) {
		if !slices.Contains(names, found[1]) {
			names = append(names, found[1])
		}
	}
	return names
}

// mainPart is the main part of the cell that the kernel has compiled this program from, without its comments; empty where
// that can't be read.
func mainPart() string {
	text, err := os.ReadFile(filepath.Join(os.Getenv("GONB_TMP_DIR"), "main.go"))
	if err != nil {
		return ""
	}
	_, body, _ := strings.Cut(string(text), "\nfunc main() {")
	var code strings.Builder
	for line := range strings.Lines(body) {
		line, _, _ = strings.Cut(line, "//")
		code.WriteString(line + "\n")
	}
	return code.String()
}
