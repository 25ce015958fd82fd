package run

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Difference is a setting in which some differ, and what it is in one of them, as run.json has both. The zero Difference is none.
type Difference struct{ Setting, Value string }

// Differing gives for each of some settings those in which not all are the same, in the order of [Config]'s fields.
func Differing(configs ...Config) [][]Difference {
	list := make([][]Difference, len(configs))
	for f := range reflect.TypeFor[Config]().Fields() {
		of := func(c Config) any { return reflect.ValueOf(c).FieldByIndex(f.Index).Interface() }
		differ := false
		for _, c := range configs {
			differ = differ || of(c) != of(configs[0])
		}
		if !differ {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		for i, c := range configs {
			text, err := json.Marshal(of(c))
			if err != nil { // a NaN: Validate refuses it
				continue
			}
			list[i] = append(list[i], Difference{name, strings.Trim(string(text), `"`)})
		}
	}
	return list
}
