package words

import "unicode"

// Columns is how many columns of a terminal a text takes. Han letters, and the signs that go with them, take two.
func Columns(text string) (n int) {
	for _, r := range text {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || 0x3000 <= r && r <= 0x303f || 0xff01 <= r && r <= 0xff60
}
