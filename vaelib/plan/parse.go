package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Most is how many runs a study may have.
const Most = 100_000

// Error says what is wrong with a study's file, and where. Its zero value is never returned.
type Error struct {
	File  string
	Line  int    // counted from 1; 0: of no line in particular
	Field string // which it is about; "": none
	Err   error
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return words.Say("%s, line %d: %v", e.File, e.Line, e.Err)
	}
	return words.Say("%s: %v", e.File, e.Err)
}

// Unwrap gives what is wrong, such as a [*run.SettingError].
func (e *Error) Unwrap() error { return e.Err }

// Read reads a study's file. Folders that it names are below the file's own, if they aren't absolute.
func Read(path string) (Plan, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Plan{}, words.Errorf("the study's file can't be read: %w", err)
	}
	p, err := Parse(path, text)
	for i := range p.Data {
		for _, folder := range []*string{&p.Data[i].Dir, &p.Data[i].Pictures} {
			if *folder != "" && !filepath.IsAbs(*folder) {
				*folder = filepath.Join(filepath.Dir(path), *folder)
			}
		}
	}
	return p, err
}

// file is what a study's file holds, before each part is read by itself.
type file struct {
	Name     string            `json:"name"`
	Data     []json.RawMessage `json:"data"`
	Settings json.RawMessage   `json:"settings"`
	Vary     json.RawMessage   `json:"vary"`
}

// Parse reads the text of a study's file. What is wrong with it is an [*Error].
func Parse(name string, text []byte) (Plan, error) {
	r := reader{file: name, text: text}
	var top file
	err := r.decode("", text, &top)
	if err != nil {
		return Plan{}, err
	}
	if r.where, err = r.exact(); err != nil {
		return Plan{}, err
	}
	p := Plan{Name: top.Name}
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`).MatchString(p.Name) {
		return Plan{}, r.wrong("name", words.Errorf(`"name" is %q: name the study with up to 64 letters, digits and hyphens`, p.Name))
	}
	if err := r.data(top.Data, &p); err != nil {
		return Plan{}, err
	}
	config := run.Default()
	if len(top.Settings) > 0 {
		if err := r.of("settings").decode("settings", top.Settings, &config); err != nil {
			return Plan{}, err
		}
	}
	axes, err := r.of("vary").axes(top.Vary, top.Settings)
	if err != nil {
		return Plan{}, err
	}
	for _, a := range axes {
		p.Axes = append(p.Axes, Axis{a.name, a.texts()})
	}
	return p, r.multiply(&p, axes, config)
}

// reader knows the file and which part of it is read, for errors.
type reader struct {
	file  string
	text  []byte
	begin int            // of the part
	where map[string]int // each part and each setting stands
}

// of reads what belongs to a part of the file or to a setting.
func (r reader) of(name string) reader {
	r.begin = r.where[name]
	return r
}

// at is the first place of a field's name, quoted, in the part that is read or else in the file; -1 where it is nowhere.
func (r reader) at(field string) int {
	quoted := []byte(`"` + field + `"`)
	if at := bytes.Index(r.text[r.begin:], quoted); at >= 0 {
		return r.begin + at
	}
	return bytes.Index(r.text, quoted)
}

// wrong is an error about a field, in the line where its name stands.
func (r reader) wrong(field string, err error) *Error {
	line := 0
	if at := r.at(field); field != "" && at >= 0 {
		line = 1 + bytes.Count(r.text[:at], []byte("\n"))
	}
	return &Error{r.file, line, field, err}
}

// decode reads a part of the file strictly: an unknown field, another type and anything behind are errors.
func (r reader) decode(field string, text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			return r.wrong(field, words.Errorf("something follows the last brace"))
		}
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	unknown := regexp.MustCompile(`unknown field "(.*)"$`).FindStringSubmatch(err.Error())
	switch {
	case errors.As(err, &syntax):
		return &Error{r.file, 1 + bytes.Count(text[:min(int(syntax.Offset), len(text))], []byte("\n")), field, words.Errorf("this is no JSON: %w", err)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return r.wrong(field, words.Errorf("the file ends in the middle"))
	case unknown != nil && field == "":
		return r.wrong(unknown[1], words.Errorf("%q is none of a study's fields, which are %s", unknown[1], "name, data, settings, vary"))
	case unknown != nil && field == "data":
		return r.wrong(unknown[1], words.Errorf("%q is none of a data set's fields, which are %s", unknown[1], "name, dir, pictures, size, invert"))
	case unknown != nil:
		return r.wrong(unknown[1], words.Errorf("%q is no setting: there are %s", unknown[1], strings.Join(Settings(), ", ")))
	case errors.As(err, &kind):
		name := kind.Field[strings.LastIndex(kind.Field, ".")+1:]
		return r.wrong(name, words.Errorf("%q can't be %s: it takes %s", name, article(kind.Value), typeWords(kind.Type)))
	}
	return r.wrong(field, err)
}

// article is what JSON has in a place, for people.
func article(value string) string {
	switch {
	case strings.HasPrefix(value, "number"):
		return words.Say("the number %s", strings.TrimPrefix(strings.TrimPrefix(value, "number"), " "))
	case value == "string":
		return words.Say("a text")
	case value == "array":
		return words.Say("a list")
	case value == "object":
		return words.Say("an object")
	}
	return words.Say("true or false")
}

// typeWords is what a field takes, for people.
func typeWords(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return words.Say("a whole number")
	case reflect.Uint64:
		return words.Say("a whole number from 0")
	case reflect.Float64:
		return words.Say("a number")
	case reflect.Bool:
		return words.Say("true or false")
	case reflect.Slice:
		return words.Say("a list")
	case reflect.Struct, reflect.Map:
		return words.Say("an object")
	}
	return words.Say("a text")
}

// Settings are the names of all settings.
func Settings() (names []string) {
	for f := range reflect.TypeFor[run.Config]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// data reads the list of data sets.
func (r reader) data(list []json.RawMessage, p *Plan) error {
	if len(list) == 0 {
		return r.wrong("data", words.Errorf(`"data" names no data set: write a list such as ["fashion-mnist-sample"]`))
	}
	for _, text := range list {
		var d Data
		if json.Unmarshal(text, &d.Name) != nil {
			if err := r.decode("data", text, &d); err != nil {
				return err
			}
		}
		switch {
		case (d.Name == "") == (d.Pictures == ""):
			return r.wrong("data", words.Errorf(`a data set needs a "name", or a folder of "pictures", and not both`))
		case d.Pictures == "" && (d.Size != 0 || d.Invert), d.Pictures != "" && d.Dir != "":
			return r.wrong("data", words.Errorf(`"size" and "invert" are of "pictures", and "dir" is of a "name"`))
		case slices.Contains(p.Data, d):
			return r.wrong("data", words.Errorf("the data set %s stands there twice", d))
		}
		p.Data = append(p.Data, d)
	}
	return nil
}
