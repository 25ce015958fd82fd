package claim

import (
	"fmt"
	"math"
	"strings"

	"vaelab/vaelib/words"
)

// Claim is what a sentence says of one number, or of two. The zero Claim is about nothing, and never holds.
type Claim struct {
	Name   string             `json:"name"`
	Says   string             `json:"says"`             // the words in the text
	In     map[string]string  `json:"in,omitempty"`     // the words in the text of other languages' editions, by their codes
	Of     string             `json:"of"`               // the place of its number; see at
	Less   string             `json:"less,omitempty"`   // the place of a number that is taken off
	Over   string             `json:"over,omitempty"`   // the place of a number that it is divided by
	Times  float64            `json:"times,omitempty"`  // what the value is multiplied by, such as 100 for per cent; 0 for 1
	From   *float64           `json:"from,omitempty"`   // the least value for which the sentence is true
	To     *float64           `json:"to,omitempty"`     // the largest
	Unit   string             `json:"unit,omitempty"`   // of the value, as it is told
	Alone  bool               `json:"alone,omitempty"`  // it tells of the models of the course's own seeds alone
	Why    string             `json:"why"`              // what the bounds are taken from
	Then   *float64           `json:"then,omitempty"`   // the value when the text was written
	Others map[string]float64 `json:"others,omitempty"` // with other seeds or another backend, by their names
}

// value is the claim's value from the numbers at its places; false where one of them hasn't been shown.
func (c Claim) value(shown map[string]float64) (x float64, known bool) {
	x, known = at(shown, c.Of)
	for _, other := range []string{c.Less, c.Over} {
		if other == "" {
			continue
		}
		y, ok := at(shown, other)
		if known = known && ok; other == c.Less {
			x -= y
		} else {
			x /= y
		}
	}
	if c.Times != 0 {
		x *= c.Times
	}
	return x, known
}

// at is the number at a place. A place that begins with a star is any that ends like it: the largest number counts, whatever its sign.
func at(shown map[string]float64, place string) (x float64, known bool) {
	place = strings.ToLower(place)
	ending, several := strings.CutPrefix(place, "*")
	if !several {
		x, known = shown[place]
		return x, known
	}
	for other, y := range shown {
		if strings.HasSuffix(other, ending) {
			x, known = max(x, math.Abs(y)), true
		}
	}
	return x, known
}

// Holds reports whether the sentence is true of a value.
func (c Claim) Holds(x float64) bool {
	return (c.From != nil || c.To != nil) && !math.IsNaN(x) && (c.From == nil || *c.From <= x) && (c.To == nil || x <= *c.To)
}

// Perturbed are values for which the sentence must be false, if it says anything: an order turned round; an amount that is half as
// large, or half as large again; a value three times as large as one that is only said to be small.
func (c Claim) Perturbed() (list []float64) {
	then := c.Then
	if then == nil {
		return nil
	}
	step := 0.5 * math.Abs(*then)
	switch {
	case c.From != nil && c.To != nil:
		list = append(list, *then-step, *then+step)
	case c.Less != "" && (c.From != nil || *then < 0):
		list = append(list, -*then)
	case c.Over != "":
		list = append(list, 1 / *then)
	case c.From != nil:
		list = append(list, *then-step)
	case *then == 0:
		list = append(list, *c.To+1)
	default:
		list = append(list, *then+4*step)
	}
	return append(list, math.NaN())
}

// Bounds says between what the value must lie: "from 2 to 8", "2 or more".
func (c Claim) Bounds() string {
	number := func(x *float64) string { return words.Significant(*x, 4) }
	switch {
	case c.From != nil && c.To != nil:
		return fmt.Sprintf("from %s to %s", number(c.From), number(c.To))
	case c.From != nil:
		return number(c.From) + " or more"
	case c.To != nil:
		return number(c.To) + " or less"
	}
	return "nothing"
}

// Found is a claim's value now.
type Found struct {
	Claim
	Now float64
}

// String tells a reader what the text says and what is so.
func (f Found) String() string {
	says, ok := f.In[words.Spoken().Code]
	if !ok {
		says = f.Says
	}
	then := "–"
	if f.Then != nil {
		then = amount(*f.Then, f.Unit)
	}
	return words.Say("“%s” (then %s, here %s)", says, then, amount(f.Now, f.Unit))
}

// amount is a value with its unit.
func amount(x float64, unit string) string {
	number := words.Significant(x, 3)
	switch unit {
	case "":
		return number
	case "%":
		return words.Say("%s %%", number)
	case "nats":
		return words.Say("%s nats", number)
	case "times":
		return words.Say("%s times", number)
	case "draws":
		return words.Say("%s draws", number)
	case "of 100":
		return words.Say("%s of 100", number)
	}
	return number + " " + unit // no unit of the course: see the test
}
