package results

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/run"
)

// Table is lines of values under names of columns. Make one with [Epochs] or [Measures]; the zero Table has neither.
type Table struct {
	Columns []string
	Lines   [][]any // strings, whole numbers, float64
}

// CSV writes the table with a line of names (RFC 4180).
func (t Table) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write(t.Columns) // Flush keeps the error
	for _, line := range t.Lines {
		texts := make([]string, len(line))
		for i, v := range line {
			texts[i] = text(v)
		}
		_ = c.Write(texts)
	}
	c.Flush()
	return c.Error()
}

// JSON writes each line as an object.
func (t Table) JSON(w io.Writer) error {
	for _, line := range t.Lines {
		var b strings.Builder
		for i, v := range line {
			name, _ := json.Marshal(t.Columns[i]) // a text
			value, err := json.Marshal(v)
			if err != nil {
				return err
			}
			if i == 0 {
				b.WriteByte('{')
			} else {
				b.WriteByte(',')
			}
			b.Write(name)
			b.WriteByte(':')
			b.Write(value)
		}
		if _, err := io.WriteString(w, b.String()+"}\n"); err != nil {
			return err
		}
	}
	return nil
}

// Save writes the table into two files, path.csv and path.jsonl, each whole.
func (t Table) Save(path string) error {
	return errors.Join(atomicfile.Write(path+".csv", t.CSV), atomicfile.Write(path+".jsonl", t.JSON))
}

func text(v any) string {
	if x, ok := v.(float64); ok {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	switch v := reflect.ValueOf(v); v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10)
	default:
		return strconv.FormatInt(v.Int(), 10)
	}
}

// who are the columns that name a run, and its values in them.
func who(r run.Run) (columns []string, values []any) {
	columns = []string{"run", "data", "data_sha256", "backend", "loss"}
	loss := "course"
	if r.Loss != "" {
		loss = r.Loss
	}
	values = []any{r.Key(), r.Data, r.Digest, r.Backend, loss}
	flatten("", reflect.ValueOf(r.Config), func(name string, v any) {
		columns, values = append(columns, name), append(values, v)
	})
	return columns, values
}

// flatten hands over a struct's fields by their JSON names, those of a struct in it with its own before them.
func flatten(prefix string, v reflect.Value, field func(name string, v any)) {
	for f := range v.Type().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if inner := v.FieldByIndex(f.Index); inner.Kind() == reflect.Struct {
			flatten(prefix+name+"_", inner, field)
		} else {
			field(prefix+name, inner.Interface())
		}
	}
}
