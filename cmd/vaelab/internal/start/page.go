package start

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"vaelab/cmd/vaelab/internal/notebook"
)

// Page is all that the start page says.
type Page struct {
	Words     map[string]string `json:"words"` // of the page itself, by their names in the extension; {name} is filled in there
	Keys      [][2]string       `json:"keys"`  // keys to press, and what they do
	More      []string          `json:"more"`  // lines at the end
	Picture   string            `json:"picture"`
	Notebooks []Notebook        `json:"notebooks"`
	Hints     []notebook.Hint   `json:"hints"` // for outputs of notebooks, wherever they are open
}

// Notebook is one of the course's notebooks.
type Notebook struct {
	Path      string   `json:"path"` // from the folder that JupyterLab shows
	Number    string   `json:"number"`
	Title     string   `json:"title"`
	Shows     string   `json:"shows"`
	Minutes   int      `json:"minutes"`
	Exercises []string `json:"exercises"` // names, as the progress file has them
	Solution  string   `json:"solution,omitempty"`
}

//go:embed words.json
var english []byte

// row is a notebook's line in the README's table.
var row = regexp.MustCompile(`(?m)^\| \[(\d+) · ([^\]]+)\]\(notebooks/([^)]+)\) \| ([a-zA-Z].*) \| (\d+) minutes \|$`)

// Of makes the page of the course in a clone. What it says of a notebook is what the README's table says.
func Of(root string) (Page, error) {
	var p Page
	if err := json.Unmarshal(english, &p); err != nil {
		return p, fmt.Errorf("the words of the start page can't be read: %w", err)
	}
	p.Picture, p.Hints = filepath.Base(picture), notebook.Hints
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		return p, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	for _, line := range row.FindAllStringSubmatch(string(readme), -1) {
		n := Notebook{Number: line[1], Title: line[2], Path: line[3], Shows: strings.ToUpper(line[4][:1]) + line[4][1:] + "."}
		n.Minutes, _ = strconv.Atoi(line[5]) // digits, as matched
		if _, err := os.Stat(filepath.Join(root, "notebooks", n.Path)); err != nil {
			continue // moved away: there is nothing to open
		}
		n.Exercises, n.Solution = exercises(root, n.Path)
		p.Notebooks = append(p.Notebooks, n)
	}
	return p, nil
}

// exercises names a notebook's exercises, and its solution if there is one. The learner's own may have lost some cells.
func exercises(root, path string) (names []string, solution string) {
	solution = filepath.Join(notebook.Solutions, path)
	for _, from := range []string{solution, path} {
		if book, err := notebook.Read(filepath.Join(root, "notebooks", from)); err == nil {
			names = book.ExerciseNames()
			break
		}
		solution = ""
	}
	return names, filepath.ToSlash(solution)
}
