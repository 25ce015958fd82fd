package figure

import (
	"fmt"
	"math"
)

// scale sets the axes' ends from the data where they aren't fixed.
func (p *plotPanel) scale() {
	x, y := span{math.Inf(1), math.Inf(-1)}, span{math.Inf(1), math.Inf(-1)}
	see := func(s *span, v float64, log bool) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) && !(log && v <= 0) {
			*s = s.and(span{v, v})
		}
	}
	for _, l := range p.layers {
		xs, ys := l.points(p.x.log)
		for i := range xs {
			if l.kind != levelLayer {
				see(&x, xs[i], p.x.log)
			}
			if l.kind != uprightLayer {
				see(&y, ys[i], p.y.log)
			}
			if l.kind == bandLayer {
				see(&y, l.high[i], p.y.log)
			}
		}
		if l.kind == areaLayer {
			see(&y, 0, p.y.log)
		}
	}
	if !p.x.fixed {
		p.x.low, p.x.high = roomy(x, p.x.log, 0)
	}
	if !p.y.fixed {
		p.y.low, p.y.high = roomy(y, p.y.log, 0.06)
	}
}

// spans are those of the axes whose ends are not fixed. Axes of one name and one kind measure the same.
func (p *plotPanel) spans() map[string]span {
	s := map[string]span{}
	for direction, a := range map[string]axis{"x": p.x, "y": p.y} {
		if !a.fixed {
			s[a.key(direction)] = span{a.low, a.high}
		}
	}
	return s
}

func (a axis) key(direction string) string { return fmt.Sprint(direction, a.log, a.name) }

func (p *plotPanel) within(s map[string]span) scaled {
	other := *p
	for direction, a := range map[string]*axis{"x": &other.x, "y": &other.y} {
		if ends, ok := s[a.key(direction)]; ok {
			a.low, a.high = ends.low, ends.high
		}
	}
	return &other
}

func (p *plotPanel) words() (caption, alt string) { return "", p.alt() }

// roomy widens a span by a share of its length on each side.
func roomy(s span, log bool, share float64) (low, high float64) {
	if s.low > s.high {
		s = span{1, 10}
	}
	if log {
		a, b := math.Log(s.low), math.Log(s.high)
		if a == b {
			a, b = a-1, b+1
		}
		return math.Exp(a - share*(b-a)), math.Exp(b + share*(b-a))
	}
	if s.low == s.high {
		s = span{s.low - 0.5, s.high + 0.5}
	}
	more := share * (s.high - s.low)
	if share > 0 && s.low >= 0 && s.low <= more { // what begins at 0, as a density does, stands on the axis
		return 0, s.high + more
	}
	return s.low - more, s.high + more
}
