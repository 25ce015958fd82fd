package check

import "fmt"

// Faults says where the exercise contradicts itself, for its author's tests: a known mistake that is right at all points,
// or two mistakes that can't be told apart though their diagnoses differ. It is empty where there is neither, which
// doesn't mean that the exercise is complete: see [Function].
func (e *Function[F]) Faults() (faults []string) {
	tolerance := e.Tolerance
	if tolerance == (Tolerance{}) {
		tolerance = usual
	}
	truth := make([][]float64, len(e.Points))
	for i, p := range e.Points {
		truth[i] = e.true(p)
	}
	for i, m := range e.Mistakes {
		values := e.values(m.F)
		if tolerance.same(values, truth) {
			faults = append(faults, fmt.Sprintf("%s: the mistake %q is right at all points", e.ID, m.Says))
		}
		for _, other := range e.Mistakes[:i] {
			if m.Says != other.Says && tolerance.same(values, e.values(other.F)) {
				faults = append(faults, fmt.Sprintf("%s: %q and %q have the same values at all points", e.ID, m.Says, other.Says))
			}
		}
	}
	return faults
}
