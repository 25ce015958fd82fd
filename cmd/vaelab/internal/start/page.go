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
	"unicode"
	"unicode/utf8"

	"vaelab/cmd/vaelab/internal/document"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/vaelib/words"
)

// Page is all that the start page says, in each language of the course. JupyterLab's own language chooses one.
type Page struct {
	Editions []Edition `json:"editions"` // the first is shown where JupyterLab speaks a language that the course doesn't
}

// Edition is the page in a language.
type Edition struct {
	Language  string            `json:"language"` // its code
	Name      string            `json:"name"`     // what its speakers call it
	Locale    string            `json:"locale"`   // JupyterLab's name for it
	Picture   string            `json:"picture"`  // at the top of the page
	Words     map[string]string `json:"words"`    // of the page itself, by their names in the extension; {name} is filled in there
	Keys      [][2]string       `json:"keys"`     // keys to press, and what they do
	More      []string          `json:"more"`     // lines at the end
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

// row is a notebook's line in a README's table: its number, title, path below notebooks, what it shows, minutes.
var row = regexp.MustCompile(`(?m)^\| \[(\d+) · ([^\]]+)\]\(notebooks/([^)]+)\) \| (.+) \| (\d+) [^|]+ \|$`)

// Of makes the page of the course in a clone. What it says of a notebook is what the table of the language's README says.
func Of(root string) (Page, error) {
	var p Page
	for _, l := range words.Languages {
		e, err := edition(root, l)
		if err != nil {
			return p, err
		}
		p.Editions = append(p.Editions, e)
	}
	return p, nil
}

func edition(root string, l words.Language) (Edition, error) {
	e := Edition{Language: l.Code, Name: l.Name, Locale: l.Lab, Picture: l.Code + "-" + filepath.Base(picture)}
	if err := json.Unmarshal(english, &e); err != nil {
		return e, fmt.Errorf("the words of the start page can't be read: %w", err)
	}
	said, err := words.Library(l)
	if err != nil {
		return e, err
	}
	for name, text := range e.Words {
		e.Words[name] = said.Text(text)
	}
	for i, key := range e.Keys {
		e.Keys[i][1] = said.Text(key[1])
	}
	for i, text := range e.More {
		e.More[i] = said.Text(text)
	}
	for _, h := range notebook.Hints {
		e.Hints = append(e.Hints, notebook.Hint{Sign: h.Sign, Says: said.Text(h.Says)})
	}
	readme, err := os.ReadFile(filepath.Join(root, document.Readme.In(l)))
	if err != nil {
		return e, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	for _, line := range row.FindAllStringSubmatch(string(readme), -1) {
		first, size := utf8.DecodeRuneInString(line[4])
		n := Notebook{Number: line[1], Title: line[2], Path: line[3], Shows: strings.ReplaceAll(e.Words["sentence"], "{text}", string(unicode.ToUpper(first))+line[4][size:])}
		n.Minutes, _ = strconv.Atoi(line[5]) // digits, as matched
		if _, err := os.Stat(filepath.Join(root, "notebooks", filepath.FromSlash(n.Path))); err != nil {
			continue // moved away: there is nothing to open
		}
		n.Exercises, n.Solution = exercises(root, n.Path)
		e.Notebooks = append(e.Notebooks, n)
	}
	return e, nil
}

// exercises names a notebook's exercises, and its solution if there is one. The learner's own may have lost some cells.
func exercises(root, path string) (names []string, solution string) {
	solution = filepath.Join(filepath.Dir(path), notebook.Solutions, filepath.Base(path))
	for _, from := range []string{solution, path} {
		if book, err := notebook.Read(filepath.Join(root, "notebooks", from)); err == nil {
			names = book.ExerciseNames()
			break
		}
		solution = ""
	}
	return names, filepath.ToSlash(solution)
}
