package pages

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// notebook is one as Jupyter keeps it: what a page needs of it.
type notebook struct {
	file  string // its name
	Cells []cell
}

type cell struct {
	Type    string `json:"cell_type"`
	ID      string
	Source  lines
	Outputs []output
}

type output struct {
	Type string `json:"output_type"`
	Text lines  // of a stream
	Data struct {
		HTML  lines `json:"text/html"`
		Plain lines `json:"text/plain"`
	}
	Name  string `json:"ename"` // of an error
	Value string `json:"evalue"`
}

// lines is a text, which Jupyter keeps as one or as a list of lines.
type lines string

func (l *lines) UnmarshalJSON(text []byte) error {
	var list []string
	if err := json.Unmarshal(text, &list); err == nil {
		*l = lines(strings.Join(list, ""))
		return nil
	}
	return json.Unmarshal(text, (*string)(l))
}

func readNotebook(path string) (*notebook, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the notebook can't be read: %w", err)
	}
	n := &notebook{file: filepath.Base(path)}
	if err := json.Unmarshal(text, n); err != nil {
		return nil, fmt.Errorf("%s is not a notebook: %w", path, err)
	}
	if len(n.Cells) == 0 {
		return nil, fmt.Errorf("%s is not a notebook: it has no cells", path)
	}
	for _, c := range n.Cells {
		for _, o := range c.Outputs {
			if o.Type == "error" {
				return nil, fmt.Errorf("%s, cell %s ended with an error when it was executed, so no page is made of it: %s: %s", n.file, c.ID, o.Name, o.Value)
			}
		}
	}
	return n, nil
}

func (n *notebook) at(c cell) string { return n.file + ", cell " + c.ID }
