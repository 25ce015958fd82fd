package formula

import (
	"math"
	"slices"
)

// Value is a number, a list of numbers, or a list of equally long lists. The zero Value is the number 0.
type Value struct {
	x    float64   // the number, where there is no list
	list []float64 // all numbers, row by row
	rows int       // 0 for a list, else how many lists there are
}

// Number is a value of one number.
func Number(x float64) Value { return Value{x: x} }

// Truth is 1 for true and 0 for false.
func Truth(holds bool) Value {
	if holds {
		return Number(1)
	}
	return Number(0)
}

// List is a value of several numbers. It keeps the list, which mustn't change any more.
func List(list []float64) Value {
	if list == nil {
		list = []float64{}
	}
	return Value{list: list}
}

// Table is a value of several lists, which are equally long.
func Table(rows [][]float64) Value {
	v := Value{list: []float64{}, rows: len(rows)}
	for _, row := range rows {
		v.list = append(v.list, row...)
	}
	return v
}

// Rows gives the lists back.
func (v Value) Rows() [][]float64 {
	rows := make([][]float64, v.rows)
	for i := range rows {
		rows[i] = v.row(i)
	}
	return rows
}

// X gives the number, and Numbers the list, or the number as a list of one.
func (v Value) X() float64 { return v.x }

func (v Value) Numbers() []float64 {
	if v.list == nil {
		return []float64{v.x}
	}
	return v.list
}

func (v Value) row(i int) []float64 {
	columns := len(v.list) / v.rows
	return v.list[i*columns : (i+1)*columns]
}

// mapped applies a function to each number.
func (v Value) mapped(f func(float64) float64) Value {
	if v.list == nil {
		return Number(f(v.x))
	}
	out := Value{list: make([]float64, len(v.list)), rows: v.rows}
	for i, x := range v.list {
		out.list[i] = f(x)
	}
	return out
}

// joined applies a function to pairs of numbers. A number goes with all of the other's, and a list's numbers each with a row
// of a table. Of two lists the shorter one says how far it goes, as in a loop over it. Where else the sizes don't fit, all is NaN,
// which no answer is like.
func joined(a, b Value, f func(a, b float64) float64) Value {
	if a.list == nil && b.list == nil {
		return Number(f(a.x, b.x))
	}
	at := func(v, other Value) func(i int) float64 {
		switch {
		case v.list == nil:
			return func(int) float64 { return v.x }
		case v.rows == other.rows && len(v.list) == len(other.list), other.list == nil, v.rows > 0 && other.rows == 0:
			return func(i int) float64 { return v.list[i] }
		case v.rows == 0 && other.rows == len(v.list) && other.rows > 0:
			columns := len(other.list) / other.rows
			return func(i int) float64 { return v.list[i/columns] }
		}
		return nil
	}
	if a.rows == 0 && b.rows == 0 && a.list != nil && b.list != nil && len(a.list) != len(b.list) {
		n := min(len(a.list), len(b.list))
		a.list, b.list = a.list[:n], b.list[:n]
	}
	left, right := at(a, b), at(b, a)
	if left == nil || right == nil {
		return Number(math.NaN())
	}
	shape := a
	if a.list == nil || a.rows == 0 && b.rows > 0 {
		shape = b
	}
	out := Value{list: make([]float64, len(shape.list)), rows: shape.rows}
	for i := range out.list {
		out.list[i] = f(left(i), right(i))
	}
	return out
}

// chosen takes each number from one value or the other.
func chosen(condition, yes, no Value) Value {
	out := Value{list: make([]float64, len(condition.list)), rows: condition.rows}
	for i, c := range condition.list {
		from := no
		if c != 0 {
			from = yes
		}
		switch {
		case from.list == nil:
			out.list[i] = from.x
		case i < len(from.list):
			out.list[i] = from.list[i]
		default:
			out.list[i] = math.NaN()
		}
	}
	return out
}

// reduced makes one number of a list, or of each list of a table. A number is its own sum.
func (v Value) reduced(f func([]float64) float64) Value {
	switch {
	case v.rows > 0:
		out := make([]float64, v.rows)
		for i := range out {
			out[i] = f(v.row(i))
		}
		return List(out)
	case v.list == nil:
		return Number(f([]float64{v.x}))
	}
	return Number(f(v.list))
}

// without leaves out the first numbers and the last ones.
func (v Value) without(first, last int) Value {
	if v.list == nil {
		return Number(math.NaN())
	}
	if v.rows > 0 {
		out := Value{list: []float64{}, rows: v.rows}
		for i := range v.rows {
			row := v.row(i)
			out.list = append(out.list, row[min(first, len(row)):max(len(row)-last, min(first, len(row)))]...)
		}
		return out
	}
	return List(v.list[min(first, len(v.list)):max(len(v.list)-last, min(first, len(v.list)))])
}

func (v Value) finite() bool {
	for _, x := range v.Numbers() {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// Copy is the list for somebody who may change it.
func (v Value) Copy() []float64 { return slices.Clone(v.list) }
