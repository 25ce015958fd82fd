package plan

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"vaelab/vaelib/words"
)

// exact refuses what encoding/json lets pass and what nobody means: a name in other letters than the field's, a name that stands twice in
// one object, of which the last would count, and null, which would leave the default. The text has been decoded, so it is JSON.
func (r reader) exact() error {
	type level struct {
		name string // of the field that holds it
		seen map[string]bool
		key  string // of an object, whose value comes next; "" where a key does
	}
	d := json.NewDecoder(bytes.NewReader(r.text))
	levels := []level{{}}
	for {
		token, err := d.Token()
		if err != nil {
			return nil // the end
		}
		wrong := func(field string, err error) error {
			return &Error{r.file, 1 + bytes.Count(r.text[:d.InputOffset()], []byte("\n")), field, err}
		}
		top := &levels[len(levels)-1]
		of := top.name
		if top.seen != nil && top.key != "" {
			of, top.key = top.key, ""
		} else if name, is := token.(string); is && top.seen != nil {
			switch {
			case !plainName.MatchString(name):
				return wrong(name, words.Errorf("%q is no field's name: write %q", name, strings.ToLower(name)))
			case top.seen[name] && of != "":
				return wrong(name, words.Errorf("%q stands in %q twice", name, of))
			case top.seen[name]:
				return wrong(name, words.Errorf("%q stands there twice", name))
			}
			top.seen[name], top.key = true, name
			continue
		}
		switch token {
		case nil:
			return wrong(of, words.Errorf("%q can't be null", of))
		case json.Delim('{'):
			levels = append(levels, level{name: of, seen: map[string]bool{}})
		case json.Delim('['):
			levels = append(levels, level{name: of})
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:len(levels)-1]
		}
	}
}

// plainName is what all fields' names look like.
var plainName = regexp.MustCompile(`^[a-z_]+$`)
