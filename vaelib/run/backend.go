package run

import "strings"

// Backend says what computes, by the two names under which the course knows it. The zero Backend has no name: nothing
// computes.
type Backend struct {
	Name  string // "xla", "xla:cuda", "go", "go-simd" or "go-simd128": part of a run's identity, since each rounds in its own way
	Words string // for people, said where the backend was opened: "XLA on the CPU"
}

// Slow reports whether pure Go computes, which takes ten to thirty times as long as XLA.
func (b Backend) Slow() bool { return strings.HasPrefix(b.Name, "go") }
