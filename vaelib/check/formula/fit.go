package formula

import (
	"math"
	"math/bits"
	"slices"
)

// move is a change of the right sum that counts as one: some terms are taken out, and a combination of terms comes in, as often
// as fits best.
type move struct {
	out  uint      // the right terms that are taken out, as bits
	in   []float64 // the combination's coefficients, of all terms
	free []float64 // its values at the probes
}

func (s *Sum) moves() (list []move) {
	add := func(out uint, in map[int]float64) {
		m := move{out: out, in: make([]float64, len(s.terms)), free: make([]float64, len(s.weights))}
		for j, c := range in {
			m.in[j] = c
			for i, x := range s.columns[j] {
				m.free[i] += c * x
			}
		}
		list = append(list, m)
	}
	for j := range s.terms {
		if j < s.right { // rescale or drop it
			add(1<<j, map[int]float64{j: 1})
		} else { // add it
			add(0, map[int]float64{j: 1})
		}
	}
	for j := range s.right { // replace it
		for k := s.right; k < len(s.terms); k++ {
			add(1<<j, map[int]float64{k: 1})
		}
	}
	for group := uint(1); group < 1<<s.right; group++ { // a factor that reaches several terms, or not all
		if bits.OnesCount(group) < 2 || s.product {
			continue
		}
		in := map[int]float64{}
		for j := range s.right {
			if group>>j&1 == 1 {
				in[j] = s.terms[j].Coefficient
			}
		}
		add(group, in)
	}
	return list
}

func (s *Sum) search(answer []float64, most int, near func(got, want float64) bool) []Explanation {
	var fits [][]float64
	try := func(coefficients []float64) bool {
		for i := range answer {
			value, size := 0., 0.
			for j, c := range coefficients {
				value += c * s.columns[j][i]
				size = max(size, math.Abs(c*s.columns[j][i]))
			}
			if !near(answer[i], value) && (s.product || math.Abs(answer[i]-value) > 1e-6*size) { // float32 loses digits where terms cancel
				return false
			}
		}
		if !slices.ContainsFunc(fits, func(other []float64) bool { return slices.Equal(coefficients, other) }) {
			fits = append(fits, coefficients)
		}
		return true
	}
	moves := s.moves()
	for _, m := range moves {
		s.fitOne(m, answer, try)
	}
	if len(fits) == 0 && most > 1 {
		for i, m := range moves {
			for _, n := range moves[:i] {
				if m.out&n.out == 0 {
					s.fitTwo(m, n, answer, try)
				}
			}
		}
	}
	var found []Explanation
	for _, c := range fits {
		if e := s.explained(c); len(e.Edits) > 0 {
			e.Values = func(in Inputs) []float64 { return []float64{s.total(c, in)} }
			found = append(found, e)
		}
	}
	return found
}

// target is what the moves must make up for, at a probe.
func (s *Sum) target(answer []float64, out uint, i int) float64 {
	rest := answer[i]
	for j := range s.right {
		if out>>j&1 == 0 {
			rest -= s.terms[j].Coefficient * s.columns[j][i]
		}
	}
	return rest
}

// times is a move's combination, so many times.
type times struct {
	m *move
	x float64
}

// with puts moves into the right coefficients.
func (s *Sum) with(out uint, times ...times) []float64 {
	c := make([]float64, len(s.terms))
	for j := range s.right {
		if out>>j&1 == 0 {
			c[j] = s.terms[j].Coefficient
		}
	}
	for _, t := range times {
		for j, x := range t.m.in {
			c[j] += t.x * x
		}
	}
	return c
}

// fitOne and fitTwo solve the normal equations of one unknown and of two, which need no library: gonum's QR would add 0.3 MB to the
// program of each cell.
func (s *Sum) fitOne(m move, answer []float64, try func([]float64) bool) {
	var ff, ft, tt float64
	for i, w := range s.weights {
		if heldOut(i) {
			continue
		}
		f, t := w*m.free[i], w*s.target(answer, m.out, i)
		ff, ft, tt = ff+f*f, ft+f*t, tt+t*t
	}
	if ff == 0 || tt-ft*ft/ff > badFit*float64(len(answer)) {
		return
	}
	for _, x := range s.snapped(m, ft/ff) {
		if try(s.with(m.out, times{&m, x})) {
			return
		}
	}
}

// badFit is a squared error, in units of the largest term, that no rounding explains.
const badFit = 1e-6

func (s *Sum) fitTwo(m, n move, answer []float64, try func([]float64) bool) {
	out := m.out | n.out
	var mm, mn, nn, mt, nt, tt float64
	for i, w := range s.weights {
		if heldOut(i) {
			continue
		}
		f, g, t := w*m.free[i], w*n.free[i], w*s.target(answer, out, i)
		mm, mn, nn, mt, nt, tt = mm+f*f, mn+f*g, nn+g*g, mt+f*t, nt+g*t, tt+t*t
	}
	det := mm*nn - mn*mn
	if det <= 1e-9*mm*nn {
		return
	}
	x, y := (mt*nn-nt*mn)/det, (nt*mm-mt*mn)/det
	if tt-x*mt-y*nt > badFit*float64(len(answer)) {
		return
	}
	for _, x := range s.snapped(m, x) {
		for _, y := range s.snapped(n, y) {
			if try(s.with(out, times{&m, x}, times{&n, y})) {
				return
			}
		}
	}
}

// snapped gives the numbers that a move's fitted one may stand for.
func (s *Sum) snapped(m move, x float64) []float64 {
	if s.product && m.in[0] != 0 { // the constant's logarithm
		return logs(snap(math.Exp(x)))
	}
	return snap(x)
}
