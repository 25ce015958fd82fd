package check

import (
	"encoding/json"
	"reflect"
	"strings"
)

// entry is what is kept of one exercise, or of one quiz.
type entry struct {
	Done       bool     `json:"done,omitempty"`
	Hints      int      `json:"hints,omitempty"`      // opened
	Prediction []string `json:"prediction,omitempty"` // one answer for each quantity
	Compared   bool     `json:"compared,omitempty"`   // the measurement has been seen
	Tries      int      `json:"tries,omitempty"`      // answers that weren't right
	HintAt     int      `json:"hintAt,omitempty"`     // how many of them came before the last hint was opened
	Quiz       []reply  `json:"quiz,omitempty"`       // one for each question

	later map[string]json.RawMessage // what a later version has written
}

// kept are an entry's fields alone.
type kept entry

// UnmarshalJSON reads an entry. Fields that this version doesn't know stay with it.
func (e *entry) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, (*kept)(e)); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &e.later); err != nil {
		return err
	}
	for field := range reflect.TypeFor[kept]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		delete(e.later, name)
	}
	return nil
}

// MarshalJSON writes an entry, and after its own fields those of a later version.
func (e *entry) MarshalJSON() ([]byte, error) {
	own, err := json.Marshal((*kept)(e))
	if err != nil || len(e.later) == 0 {
		return own, err
	}
	later, err := json.Marshal(e.later)
	if err != nil || len(own) == len("{}") {
		return later, err
	}
	return append(append(own[:len(own)-1], ','), later[1:]...), nil
}
