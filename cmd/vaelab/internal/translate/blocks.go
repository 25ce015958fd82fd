package translate

import (
	"regexp"
	"strings"
)

// Block is a part of a text in Markdown that is one message, and where it stands.
type Block struct {
	Text     string
	From, To int
}

var (
	between = regexp.MustCompile(`\n[ \t]*\n+`)
	lettery = regexp.MustCompile(`\p{L}`)
)

// Blocks are what stands between blank lines, where a letter is in it; a block of code is one, whatever is in it.
func Blocks(markdown string) (list []Block) {
	add := func(from, to int) {
		if lettery.MatchString(markdown[from:to]) {
			list = append(list, Block{markdown[from:to], from, to})
		}
	}
	from := 0
	for _, gap := range between.FindAllStringIndex(markdown, -1) {
		if strings.Count(markdown[from:gap[0]], "```")%2 == 1 {
			continue
		}
		add(from, gap[0])
		from = gap[1]
	}
	add(from, len(markdown))
	return list
}
