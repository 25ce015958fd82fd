package plan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// axis is a setting that varies, before its values are applied.
type axis struct {
	name   string
	values []json.RawMessage
}

// texts are the values on one line each.
func (a axis) texts() (texts []string) {
	for _, v := range a.values {
		var text string
		if json.Unmarshal(v, &text) != nil { // a text stands without its quotes
			var short bytes.Buffer
			_ = json.Compact(&short, v) // it has been decoded
			text = short.String()
		}
		texts = append(texts, text)
	}
	return texts
}

// axes reads what varies, in the file's order.
func (r reader) axes(vary, settings json.RawMessage) (list []axis, err error) {
	if len(vary) == 0 {
		return nil, nil
	}
	var byName map[string]json.RawMessage
	if err := r.decode("vary", vary, &byName); err != nil {
		return nil, err
	}
	var fixed map[string]json.RawMessage
	_ = json.Unmarshal(settings, &fixed) // nothing, or decoded before
	inOrder := func(a, b string) int { return cmp.Compare(r.where[a], r.where[b]) }
	for _, name := range slices.SortedFunc(maps.Keys(byName), inOrder) {
		a := axis{name: name}
		_, both := fixed[name]
		switch {
		case !slices.Contains(Settings(), name):
			return nil, r.of(name).wrong(name, words.Errorf("%q is no setting: there are %s", name, strings.Join(Settings(), ", ")))
		case both:
			return nil, r.wrong(name, words.Errorf(`%q stands in "settings" and in "vary": leave it out of one of them`, name))
		case json.Unmarshal(byName[name], &a.values) != nil || len(a.values) == 0:
			return nil, r.of(name).wrong(name, words.Errorf(`%q varies over a list: write [1, 2, 4]`, name))
		}
		list = append(list, a)
	}
	return list, nil
}

// multiply makes the runs: each data set beside each combination of values.
func (r reader) multiply(p *Plan, axes []axis, settings run.Config) error {
	n := len(p.Data)
	for _, a := range axes {
		if n > Most/len(a.values) {
			return r.wrong("vary", words.Errorf("the study has more than %d runs: vary less", Most))
		}
		n *= len(a.values)
	}
	type who struct {
		data   int
		config run.Config
	}
	seen := map[who]string{}
	for i := range n {
		at, rest := make([]int, len(axes)), i
		for k := len(axes) - 1; k >= 0; k-- {
			at[k], rest = rest%len(axes[k].values), rest/len(axes[k].values)
		}
		one := Run{Config: settings, Data: rest, At: at}
		for k, a := range axes {
			if err := r.set(&one.Config, a.name, a.values[at[k]]); err != nil {
				return err
			}
		}
		label := p.Label(one)
		if err := one.Config.Validate(); err != nil {
			return r.refused(label, err)
		}
		if twin, twice := seen[who{one.Data, one.Config}]; twice {
			return r.wrong("vary", words.Errorf("two runs are the same: %s, and %s", twin, label))
		}
		seen[who{one.Data, one.Config}] = label
		p.Runs = append(p.Runs, one)
	}
	return nil
}

// set gives a setting a value.
func (r reader) set(c *run.Config, name string, value json.RawMessage) error {
	f, _ := reflect.TypeFor[run.Config]().FieldByNameFunc(func(field string) bool { return inFile(run.Setting(field)) == name })
	into := reflect.ValueOf(c).Elem().FieldByIndex(f.Index)
	into.SetZero() // of an object, all of it
	return r.of(name).decode("vary", fmt.Appendf(nil, "{%q: %s}", name, value), c)
}

// refused is an error about a run's settings, by the names that the file has.
func (r reader) refused(label string, err error) error {
	var wrong *run.SettingError
	if !errors.As(err, &wrong) {
		return r.wrong("", err)
	}
	name := inFile(wrong.Setting)
	return r.of(name).wrong(name, words.Errorf("the run %s: %w", label, named{wrong}))
}

// named is a setting's error in the file's notation.
type named struct{ *run.SettingError }

func (n named) Error() string { return n.In(InFile{}) }

// Unwrap gives the setting's error itself.
func (n named) Unwrap() error { return n.SettingError }

// InFile is the [run.Notation] of a study's file: kl_weight, vae, {"epochs": 5}. The zero value is ready.
type InFile struct{}

// Setting is the name in the file.
func (InFile) Setting(name run.Setting) string { return `"` + inFile(name) + `"` }

// Value is the value in the file.
func (InFile) Value(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // a NaN, which no file holds
		return fmt.Sprint(v)
	}
	return string(text)
}

// inFile is a setting's name in the file; that of a setting which stands in no file is left as it is.
func inFile(name run.Setting) string {
	f, known := reflect.TypeFor[run.Config]().FieldByName(string(name))
	if !known {
		return string(name)
	}
	short, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return short
}
