package formula

import (
	"maps"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Of makes inputs of names and values: numbers, whole numbers, truths, lists and tables.
func Of(pairs ...any) Inputs {
	in := Inputs{}
	for i := 0; i < len(pairs); i += 2 {
		var v Value
		switch x := pairs[i+1].(type) {
		case float64:
			v = Number(x)
		case int:
			v = Number(float64(x))
		case bool:
			v = Truth(x)
		case []float64:
			v = List(x)
		case [][]float64:
			v = Table(x)
		default:
			panic("an input of a kind that formulas don't have")
		}
		in[pairs[i].(string)] = v
	}
	return in
}

// Names are the inputs' names, in order.
func (in Inputs) Names() []string { return slices.Sorted(maps.Keys(in)) }

// String writes the inputs for people.
func (in Inputs) String() string {
	var parts []string
	for _, name := range in.Names() {
		text := words.Number(in[name].x)
		if in[name].list != nil {
			text = words.Coordinates(in[name].list)
		}
		parts = append(parts, name+" = "+text)
	}
	return strings.Join(parts, ", ")
}

// With gives one input another number.
func (in Inputs) With(name string, x float64) Inputs {
	other := maps.Clone(in)
	other[name] = Number(x)
	return other
}

// Negative turns the sign of an input.
func (in Inputs) Negative(name string) Inputs {
	other := maps.Clone(in)
	other[name] = in[name].mapped(func(x float64) float64 { return -x })
	return other
}

// Reversed turns the order of all lists.
func (in Inputs) Reversed() Inputs {
	other := maps.Clone(in)
	for name, v := range in {
		if v.list != nil && v.rows == 0 {
			list := slices.Clone(v.list)
			slices.Reverse(list)
			other[name] = List(list)
		}
	}
	return other
}

// Spread are the numbers that an input takes, in order; none where it is a list.
func Spread(probes []Inputs, name string) (list []float64) {
	for _, in := range probes {
		if in[name].list != nil {
			return nil
		}
		list = append(list, in[name].x)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
