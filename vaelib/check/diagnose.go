package check

import (
	"fmt"
	"math"
	"slices"
	"strings"

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
	one, subject := c.subject()
	if says := one.factor(); says != "" {
		return subject + says, false
	}
	if says := one.constant(); says != "" {
		return subject + says, true
	}
	return "", false
}

// subject is the output that is wrong, where it is only one, and how a sentence about it begins.
func (c comparison) subject() (comparison, string) {
	if k, ok := c.onlyWrong(); ok {
		return c.column(k), "Only the " + c.outputs[k] + " is wrong: it"
	}
	return c, "Your value"
}

// diagnose looks for a pattern in what is wrong, and says at which point to look. broken names a property that is broken, or none.
func (c comparison) diagnose(first int, broken func() string) (diagnosis string, example int) {
	for i := range c.got {
		if len(c.got[i]) != len(c.want[i]) {
			return fmt.Sprintf("Your list has %d numbers where it should have %d.", len(c.got[i]), len(c.want[i])), i
		}
		for k, x := range c.got[i] {
			if !Finite(x) && Finite(c.want[i][k]) {
				return c.notFinite(i, x), i
			}
		}
	}
	one, subject := c.subject()
	if says := one.offset(); says != "" {
		return subject + says, first
	}
	if says := one.tagged(); says != "" {
		return says, first
	}
	const byHand = " The input below is the simplest that fails: work it out by hand."
	if says := broken(); says != "" {
		return says + byHand, first
	}
	if subject != "Your value" {
		return strings.TrimSuffix(subject, ": it") + "." + byHand, first
	}
	wrong := 0
	for i := range c.got {
		if !c.right(i) {
			wrong++
		}
	}
	return fmt.Sprintf("Not the right value at %d of %d inputs.%s", wrong, len(c.got), byHand), first
}

func (c comparison) right(i int) bool { return c.tolerance.allNear(c.got[i], c.want[i]) }

func (c comparison) notFinite(at int, x float64) string {
	says := fmt.Sprintf("Your function gives %s at %s.", words.Number(x), c.inputs[at])
	right, wrong := false, false // among the inputs that give finite numbers
	for i := range c.got {
		if !slices.ContainsFunc(c.got[i], func(x float64) bool { return !Finite(x) }) {
			right, wrong = right || c.right(i), wrong || !c.right(i)
		}
	}
	if right && !wrong {
		return says + " Elsewhere it is right. So something there is too large for an exponential, or the logarithm of a 0, or 0 times infinity."
	}
	return says + " Look for a division by 0, a logarithm of 0 or less, or an exponential that is too large."
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
func (c comparison) factor() string {
	got, want := slices.Concat(c.got...), slices.Concat(c.want...)
	largest := 0
	for i, w := range want {
		if math.Abs(w) > math.Abs(want[largest]) {
			largest = i
		}
	}
	if want[largest] == 0 || got[largest] == 0 {
		return ""
	}
	factor := got[largest] / want[largest]
	different := false
	for i, w := range want {
		if !c.tolerance.near(got[i], factor*w) {
			return ""
		}
		different = different || math.Abs(w) < 0.9*math.Abs(want[largest])
	}
	if !different {
		return ""
	}
	const everywhere = " the true one at every input"
	is := func(x float64) bool { return math.Abs(factor/x-1) < 1e-3 }
	switch {
	case is(-1):
		return " has its sign turned at every input."
	case is(-2), is(-0.5):
		return fmt.Sprintf(" is %s times%s: the sign is turned, and there is a factor of 2 besides.", words.Number(factor), everywhere)
	case is(2):
		return " is twice" + everywhere + ": is a ½ missing?"
	case is(0.5):
		return " is half" + everywhere + ": is there a ½ too many?"
	case is(1 / math.Ln2):
		return " is 1.443 times" + everywhere + ": that is bits. Nats need the natural logarithm."
	}
	return fmt.Sprintf(" is %.4g times%s.", factor, everywhere)
}

// offset finds one number that has been added to all true values.
func (c comparison) offset() string {
	got, want := slices.Concat(c.got...), slices.Concat(c.want...)
	if len(want) < 3 {
		return ""
	}
	offset := got[0] - want[0]
	for i := range want {
		if !c.tolerance.near(got[i], want[i]+offset) {
			return ""
		}
	}
	if offset > 0 {
		return fmt.Sprintf(" is too large by %s at every input: look at the constants.", words.Number(offset))
	}
	return fmt.Sprintf(" is too small by %s at every input: look at the constants.", words.Number(-offset))
}

// constant notices a function that doesn't look at its input.
func (c comparison) constant() string {
	got := slices.Concat(c.got...)
	for _, x := range got {
		if x != got[0] {
			return ""
		}
	}
	return fmt.Sprintf(" is %s whatever the input.", words.Number(got[0]))
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
			return fmt.Sprintf("Right only where %s: look at the part that doesn't count there.", tag)
		case n[0] == 0 && n[1] > 0 && n[3] == 0:
			return fmt.Sprintf("Wrong only where %s: look at what is special there.", tag)
		}
	}
	return ""
}
