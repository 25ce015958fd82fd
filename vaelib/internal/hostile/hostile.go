// Package hostile calls a room's functions and methods with what a learner may hand over by mistake: nothing, too little,
// too much, lists that don't belong together, NaN. Whatever they answer, they must answer.
package hostile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"testing"
)

// Try calls functions, and every exported method of values and of what functions give, so often, each time with other
// arguments. Interfaces among the arguments are
// made of the values given, and nil where none of them will do; options of the functions that make them. A panic fails
// the test.
func Try(t *testing.T, rounds uint64, things ...any) {
	t.Helper()
	for _, thing := range things {
		for round := range rounds {
			c := caller{rng: rand.New(rand.NewPCG(round, 1)), things: things}
			if at, ok := c.try(reflect.ValueOf(thing), round); !ok {
				t.Errorf("%T, round %d: %s", thing, round, at)
				break
			}
		}
	}
}

type caller struct {
	rng    *rand.Rand
	things []any
	what   string // is called
}

func (c *caller) try(thing reflect.Value, round uint64) (at string, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			at, ok = fmt.Sprintf("%s panics: %v\n%s", c.what, r, debug.Stack()), false
		}
	}()
	if thing.Kind() == reflect.Func {
		c.what = thing.Type().String()
		for _, answer := range c.call(thing, 0) {
			c.methods(answer)
		}
		return "", true
	}
	value := reflect.New(thing.Type())
	if round > 0 {
		value.Elem().Set(c.some(thing.Type(), 0))
	} // else the zero value
	c.methods(value)
	return "", true
}

func (c *caller) methods(value reflect.Value) {
	if !value.IsValid() || value.Kind() == reflect.Interface || value.Kind() == reflect.Pointer && value.IsNil() {
		return
	}
	for i := range value.NumMethod() {
		c.what = value.Type().String() + "." + value.Type().Method(i).Name
		c.call(value.Method(i), 0)
	}
}

// call calls a function with some arguments.
func (c *caller) call(f reflect.Value, depth int) []reflect.Value {
	var args []reflect.Value
	kind := f.Type()
	for i := range kind.NumIn() {
		if kind.IsVariadic() && i == kind.NumIn()-1 {
			for range c.rng.IntN(4) {
				args = append(args, c.some(kind.In(i).Elem(), depth+1))
			}
			break
		}
		args = append(args, c.some(kind.In(i), depth))
	}
	return f.Call(args)
}

func pick[T any](c *caller, from ...T) T { return from[c.rng.IntN(len(from))] }

// deep is where nested values end.
const deep = 4

// some is some value of a type.
func (c *caller) some(kind reflect.Type, depth int) reflect.Value {
	v := reflect.New(kind).Elem()
	if kind == reflect.TypeFor[*rand.Rand]() {
		v.Set(reflect.ValueOf(c.rng))
		return v
	}
	switch kind.Kind() {
	case reflect.Bool:
		v.SetBool(pick(c, true, false))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(pick(c, -7, -1, 0, 0, 1, 1, 2, 2, 3, 9, int64(28)))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(pick(c, 0, 0, 1, 2, 3, uint64(200)))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(pick(c, math.NaN(), math.Inf(1), math.Inf(-1), 0, 0, 1, 1, 0.5, 2, -1, 1e308, 1e-320))
	case reflect.String:
		v.SetString(pick(c, "", "x", "%s", "vae", "gaussian"))
	case reflect.Slice:
		if depth <= deep && c.rng.IntN(7) > 0 {
			v.Set(c.list(kind, pick(c, 0, 1, 2, 3, 4, 8), depth))
		}
	case reflect.Array:
		for i := range kind.Len() {
			v.Index(i).Set(c.some(kind.Elem(), depth+1))
		}
	case reflect.Pointer:
		if depth <= deep && c.rng.IntN(4) > 0 {
			v.Set(reflect.New(kind.Elem()))
			v.Elem().Set(c.some(kind.Elem(), depth+1))
		}
	case reflect.Struct:
		for i := range kind.NumField() {
			if kind.Field(i).IsExported() && c.rng.IntN(8) > 0 {
				v.Field(i).Set(c.some(kind.Field(i).Type, depth+1))
			}
		}
	case reflect.Interface:
		if of := c.fitting(kind); depth <= deep && len(of) > 0 {
			if x := c.some(pick(c, of...), depth+1); x.Kind() != reflect.Pointer || !x.IsNil() {
				v.Set(x)
			}
		}
	case reflect.Func:
		if makers := c.makers(kind); depth <= deep && len(makers) > 0 {
			return c.call(pick(c, makers...), depth+1)[0]
		}
		if c.rng.IntN(5) > 0 {
			v.Set(c.function(kind, depth))
		}
	}
	return v
}

// list is a list of n elements; of lists, half of the time equally long ones.
func (c *caller) list(kind reflect.Type, n, depth int) reflect.Value {
	list := reflect.MakeSlice(kind, n, n)
	alike := c.rng.IntN(2) == 0
	for i := range n {
		if i > 0 && alike && kind.Elem().Kind() == reflect.Slice {
			list.Index(i).Set(c.list(kind.Elem(), list.Index(0).Len(), depth+1))
			continue
		}
		list.Index(i).Set(c.some(kind.Elem(), depth+1))
	}
	return list
}

// function is one that gives some values, whatever it is given.
func (c *caller) function(kind reflect.Type, depth int) reflect.Value {
	return reflect.MakeFunc(kind, func([]reflect.Value) (answers []reflect.Value) {
		for i := range kind.NumOut() {
			answers = append(answers, c.some(kind.Out(i), depth+1))
		}
		return answers
	})
}

// fitting are the types of the values given that will do for an interface.
func (c *caller) fitting(kind reflect.Type) (of []reflect.Type) {
	for _, thing := range c.things {
		for _, t := range []reflect.Type{reflect.TypeOf(thing), reflect.PointerTo(reflect.TypeOf(thing))} {
			if t.Kind() != reflect.Func && kind.NumMethod() > 0 && t.Implements(kind) {
				of = append(of, t)
				break
			}
		}
	}
	return of
}

// makers are the functions given whose one answer is of that type.
func (c *caller) makers(kind reflect.Type) (of []reflect.Value) {
	for _, thing := range c.things {
		if f := reflect.ValueOf(thing); f.Kind() == reflect.Func && f.Type().NumOut() == 1 && f.Type().Out(0) == kind {
			of = append(of, f)
		}
	}
	return of
}
