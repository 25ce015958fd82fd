package check

import (
	"math"
	"slices"

	"vaelab/vaelib/words"
)

// comparison is the values of a wrong answer beside the true ones, [points][outputs].
type comparison struct {
	got, want [][]float64
	inputs    []string
	tags      [][]string
	outputs   []string
	tolerance Tolerance
}

// broken finds values that are no numbers, where all others are right, and are the most.
func (c comparison) broken() (says string, at int) {
	at = -1
	right := 0
	for i := range c.got {
		switch k := slices.IndexFunc(c.got[i], func(x float64) bool { return !Finite(x) }); {
		case c.right(i):
			right++
		case k < 0:
			return "", 0
		case at < 0:
			at, says = i, c.notFinite(i, c.got[i][k])
		}
	}
	if 2*right <= len(c.got) {
		return "", 0
	}
	return says, max(at, 0)
}

// simple looks for what is said in a word: all values, or all of one output, are a multiple of the true ones, or one number.
func (c comparison) simple() (says string, constant bool) {
	for i := range c.got {
		if len(c.got[i]) != len(c.want[i]) || slices.ContainsFunc(c.got[i], func(x float64) bool { return !Finite(x) }) {
			return "", false
		}
	}
	one, output := c.subject()
	if x, ok := one.factor(); ok {
		return multiple(x, output), false
	}
	if x, ok := one.constant(); ok {
		return unchanging(x, output), true
	}
	return "", false
}

// subject is the output that is wrong, where it is only one, and its name; else all of them, and no name.
func (c comparison) subject() (one comparison, output string) {
	if k, ok := c.onlyWrong(); ok {
		return c.column(k), words.Text(c.outputs[k])
	}
	return c, ""
}

// diagnose looks for a pattern in what is wrong, and says at which point to look. broken names a property that is broken, or none.
func (c comparison) diagnose(first int, broken func() string) (diagnosis string, example int) {
	for i := range c.got {
		if len(c.got[i]) != len(c.want[i]) {
			return words.Say("Your list has %d numbers where it should have %d.", len(c.got[i]), len(c.want[i])), i
		}
		for k, x := range c.got[i] {
			if !Finite(x) && Finite(c.want[i][k]) {
				return c.notFinite(i, x), i
			}
		}
	}
	one, output := c.subject()
	if x, ok := one.offset(); ok {
		return shifted(x, output), first
	}
	if says := one.tagged(); says != "" {
		return says, first
	}
	byHand := words.Say("The input below is the simplest that fails: work it out by hand.")
	if says := broken(); says != "" {
		return words.Sentences(says, byHand), first
	}
	if output != "" {
		return words.Sentences(words.Say("Only the %s is wrong.", output), byHand), first
	}
	wrong := 0
	for i := range c.got {
		if !c.right(i) {
			wrong++
		}
	}
	return words.Sentences(words.Say("Not the right value at %d of %d inputs.", wrong, len(c.got)), byHand), first
}

func (c comparison) right(i int) bool { return c.tolerance.allNear(c.got[i], c.want[i]) }

func (c comparison) notFinite(at int, x float64) string {
	right, wrong := false, false // among the inputs that give finite numbers
	for i := range c.got {
		if !slices.ContainsFunc(c.got[i], func(x float64) bool { return !Finite(x) }) {
			right, wrong = right || c.right(i), wrong || !c.right(i)
		}
	}
	if right && !wrong {
		return words.Say("Your function gives %s at %s. Elsewhere it is right. "+
			"So something there is too large for an exponential, or the logarithm of a 0, or 0 times infinity.",
			words.Number(x), c.inputs[at])
	}
	return words.Say("Your function gives %s at %s. Look for a division by 0, a logarithm of 0 or less, or an exponential that is too large.",
		words.Number(x), c.inputs[at])
}

// onlyWrong is the one output that is wrong, where there are several with names and all others are right everywhere.
func (c comparison) onlyWrong() (output int, ok bool) {
	if len(c.outputs) < 2 {
		return 0, false
	}
	wrong := map[int]bool{}
	for i := range c.got {
		if len(c.got[i]) != len(c.outputs) {
			return 0, false
		}
		for k := range c.got[i] {
			if !c.tolerance.near(c.got[i][k], c.want[i][k]) {
				wrong[k], output = true, k
			}
		}
	}
	return output, len(wrong) == 1
}

func (c comparison) column(k int) comparison {
	one := c
	one.got, one.want = nil, nil
	for i := range c.got {
		one.got, one.want = append(one.got, c.got[i][k:k+1]), append(one.want, c.want[i][k:k+1])
	}
	return one
}

// factor finds one number that all true values have been multiplied by.
func (c comparison) factor() (factor float64, ok bool) {
	got, want := slices.Concat(c.got...), slices.Concat(c.want...)
	largest := 0
	for i, w := range want {
		if math.Abs(w) > math.Abs(want[largest]) {
			largest = i
		}
	}
	if want[largest] == 0 || got[largest] == 0 {
		return 0, false
	}
	factor = got[largest] / want[largest]
	different := false
	for i, w := range want {
		if !c.tolerance.near(got[i], factor*w) {
			return 0, false
		}
		different = different || math.Abs(w) < 0.9*math.Abs(want[largest])
	}
	return factor, different
}

// offset finds one number that has been added to all true values.
func (c comparison) offset() (offset float64, ok bool) {
	got, want := slices.Concat(c.got...), slices.Concat(c.want...)
	if len(want) < 3 {
		return 0, false
	}
	offset = got[0] - want[0]
	for i := range want {
		if !c.tolerance.near(got[i], want[i]+offset) {
			return 0, false
		}
	}
	return offset, true
}

// constant notices a function that doesn't look at its input.
func (c comparison) constant() (x float64, ok bool) {
	got := slices.Concat(c.got...)
	for _, x := range got {
		if x != got[0] {
			return 0, false
		}
	}
	return got[0], true
}

// tagged finds a special sort of inputs that separates right from wrong.
func (c comparison) tagged() string {
	counts := map[string][4]int{} // for each tag: with it right, wrong; without it right, wrong
	var order []string
	for _, tags := range c.tags {
		for _, tag := range tags {
			if _, seen := counts[tag]; !seen {
				counts[tag], order = [4]int{}, append(order, tag)
			}
		}
	}
	for i, tags := range c.tags {
		for _, tag := range order {
			n, place := counts[tag], 0
			if !slices.Contains(tags, tag) {
				place = 2
			}
			if !c.right(i) {
				place++
			}
			n[place]++
			counts[tag] = n
		}
	}
	for _, tag := range order {
		n := counts[tag]
		switch {
		case n[0] > 0 && n[1] == 0 && n[2] == 0:
			return words.Say("Right only where %s: look at the part that doesn't count there.", words.Text(tag))
		case n[0] == 0 && n[1] > 0 && n[3] == 0:
			return words.Say("Wrong only where %s: look at what is special there.", words.Text(tag))
		}
	}
	return ""
}
