package show

import "unicode"

// columns is how many places a text takes on a terminal: a Chinese letter takes two.
func columns(text string) (n int) {
	for _, r := range text {
		n++
		if unicode.Is(unicode.Han, r) || 0x3000 <= r && r <= 0x303f || 0xff01 <= r && r <= 0xff60 {
			n++
		}
	}
	return n
}
