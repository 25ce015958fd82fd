package cells

import (
	"regexp"
	"strconv"
	"strings"
)

// Tell gives what the compiler or a program's last words say of places in main.go as said of places in cells.
func (p *Program) Tell(said string) string {
	return inMain.ReplaceAllStringFunc(said, func(found string) string {
		m := inMain.FindStringSubmatch(found)
		line, err := strconv.Atoi(m[1])
		if err != nil || line < 1 || line > len(p.places) || p.places[line-1] == (place{}) {
			return found
		}
		column, _ := strconv.Atoi(strings.TrimPrefix(m[2], ":")) // 0 where there is none
		return p.places[line-1].tell(p.number, column)
	})
}

// inMain is a place in the program's file, with its folder, line and column.
var inMain = regexp.MustCompile(`(?:[\w./-]*/)?main\.go:(\d+)(:\d+)?`)
