package plan

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// exact refuses what encoding/json lets pass and what nobody means: a name in other letters than the field's, a name that stands twice in
// one object, of which the last would count, and null, which would leave the default. It also gives where each part of the file stands, and each
// setting in "settings" or in "vary". The text has been decoded, so it is JSON.
func (r reader) exact() (where map[string]int, err error) {
	type level struct {
		name  string          // of the field that holds it
		seen  map[string]bool // of an object
		key   string          // of an object, whose value comes next
		value bool            // it does
	}
	where = map[string]int{}
	d := json.NewDecoder(bytes.NewReader(r.text))
	levels := []level{{}}
	for {
		begin := int(d.InputOffset())
		token, err := d.Token()
		if err != nil {
			return where, nil // the end
		}
		wrong := func(field string, err error) error {
			return &Error{r.file, 1 + bytes.Count(r.text[:d.InputOffset()], []byte("\n")), field, err}
		}
		top := &levels[len(levels)-1]
		of := top.name
		if name, is := token.(string); is && top.seen != nil && !top.value {
			known := field(name)
			switch {
			case known != "" && known != name:
				return nil, wrong(name, words.Errorf("%q is no field's name: write %q", name, known))
			case top.seen[name] && of != "":
				return nil, wrong(name, words.Errorf("%q stands in %q twice", name, of))
			case top.seen[name]:
				return nil, wrong(name, words.Errorf("%q stands there twice", name))
			}
			if len(levels) == 2 || len(levels) == 3 && (of == "settings" || of == "vary") {
				where[name] = begin
			}
			top.seen[name], top.key, top.value = true, name, true
			continue
		}
		if top.value {
			of, top.value = top.key, false
		}
		switch token {
		case nil:
			if of == "" { // the whole file, which lacks a name then
				continue
			}
			return nil, wrong(of, words.Errorf("%q can't be null", of))
		case json.Delim('{'):
			levels = append(levels, level{name: of, seen: map[string]bool{}})
		case json.Delim('['):
			levels = append(levels, level{name: of})
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:len(levels)-1]
		}
	}
}

// field is the field's name that encoding/json takes a name for; "" for none.
func field(name string) string {
	for _, t := range []reflect.Type{reflect.TypeFor[file](), reflect.TypeFor[Data](), reflect.TypeFor[run.Config]()} {
		if known := fieldOf(t, name); known != "" {
			return known
		}
	}
	return ""
}

func fieldOf(t reflect.Type, name string) string {
	for f := range t.Fields() {
		if known, _, _ := strings.Cut(f.Tag.Get("json"), ","); strings.EqualFold(known, name) {
			return known
		}
		if f.Type.Kind() == reflect.Struct {
			if known := fieldOf(f.Type, name); known != "" {
				return known
			}
		}
	}
	return ""
}
