package site

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	archiveHead = "!<arch>\n"
	memberHead  = 60
	definitions = "__.PKGDEF" // the member that the compiler reads of a package that is imported; the linker passes it over
)

// split takes a compiled package apart: what the compiler needs of it where it is imported, and what the linker needs.
func split(archive []byte) (exported, linked []byte, err error) {
	rest, ok := bytes.CutPrefix(archive, []byte(archiveHead))
	if !ok {
		return nil, nil, errors.New("it is no archive of Go's")
	}
	exported, linked = []byte(archiveHead), []byte(archiveHead)
	for len(rest) > 0 {
		if len(rest) < memberHead {
			return nil, nil, errors.New("it is cut in the head of a member")
		}
		name := strings.TrimSpace(string(rest[:16]))
		size, err := strconv.Atoi(strings.TrimSpace(string(rest[48:58])))
		if err != nil {
			return nil, nil, fmt.Errorf("its member %q has no size: %w", name, err)
		}
		whole := memberHead + size + size%2
		if whole > len(rest) {
			return nil, nil, fmt.Errorf("it is cut in the member %q", name)
		}
		if name == definitions {
			exported = append(exported, rest[:whole]...)
		} else {
			linked = append(linked, rest[:whole]...)
		}
		rest = rest[whole:]
	}
	return exported, linked, nil
}
