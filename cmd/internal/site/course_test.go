package site

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/internal/cells"
)

// TestTheCoursesCellsCompile has every cell of every notebook type-checked against the library as it is: the learners' ones, those
// with solutions, and one of version 0.1.0, as somebody may still have it. So a name that cells write can't be changed by
// mistake.
func TestTheCoursesCellsCompile(t *testing.T) {
	root := "../../.."
	books, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil || len(books) == 0 {
		t.Fatalf("%d notebooks, %v", len(books), err)
	}
	for _, book := range slices.Clone(books) {
		books = append(books, filepath.Join(root, "notebooks", "solutions", filepath.Base(book)))
	}
	books = append(books, filepath.Join(root, "cmd", "vaelab", "acceptance", "grading", "testdata", "before", "02_kl_divergence.ipynb"))
	fset := token.NewFileSet()
	all := compiledHere(t, root, books)
	imports := importerOf(all)
	shipped, err := describe(imports, all)
	if err != nil {
		t.Fatal(err)
	}
	for _, book := range books {
		n := cells.New(shipped)
		for i, text := range codeOf(t, book) {
			p, err := n.Cell(i+1, text)
			if err != nil {
				t.Errorf("%s: cell %d: %v\n%s", book, i+1, err, text)
				continue
			}
			file, err := parser.ParseFile(fset, "main.go", p.Source, 0)
			if err != nil {
				t.Fatal(err)
			}
			config := types.Config{Importer: imports, Error: func(err error) {
				t.Errorf("%s: cell %d: %s", book, i+1, p.Tell(err.(types.Error).Msg+" at main.go:"+fmt.Sprint(fset.Position(err.(types.Error).Pos).Line)))
			}}
			_, _ = config.Check("main", fset, []*ast.File{file}, nil) // each error is told above
			n.Keep(p)
		}
	}
}

// TestCellsImportWhatIsShipped: a tab's cell can import nothing but what is in a pack, as a root or below one.
func TestCellsImportWhatIsShipped(t *testing.T) {
	root := "../../.."
	words := []string{"list", "-deps"}
	for _, pack := range packs {
		words = append(words, pack.roots...)
	}
	cmd := exec.Command("go", words...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	shipped := strings.Fields(string(out))
	books, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil || len(books) == 0 {
		t.Fatalf("%d notebooks, %v", len(books), err)
	}
	for _, book := range books {
		for _, text := range codeOf(t, book) {
			for _, path := range importsOf(text) {
				if !slices.Contains(shipped, path) {
					t.Errorf("%s imports %s, which no pack has: it belongs to one of packs in packages.go", filepath.Base(book), path)
				}
			}
		}
	}
}

// importsOf are the paths that a cell's import declarations name. A cell needn't be a Go file, so they are looked for in its text.
func importsOf(text string) (paths []string) {
	for _, declaration := range imported.FindAllString(text, -1) {
		for _, m := range quoted.FindAllStringSubmatch(declaration, -1) {
			paths = append(paths, m[1])
		}
	}
	return paths
}

var (
	imported = regexp.MustCompile(`(?ms)^import (?:\(.*?^\)|[^\n(]*)`)
	quoted   = regexp.MustCompile(`"([\w./-]+)"`)
)

// compiledHere are all that the notebooks import, and what is below it, compiled for this machine.
func compiledHere(t *testing.T, root string, books []string) map[string]listed {
	t.Helper()
	roots := []string{"fmt", "math", "strings", "slices", "maps", "flag", "time", "os"}
	for _, book := range books {
		for _, text := range codeOf(t, book) {
			roots = append(roots, importsOf(text)...)
		}
	}
	cmd := exec.Command("go", listing(roots)...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	list, err := decode(out)
	if err != nil {
		t.Fatal(err)
	}
	return compiledOf(list)
}

// codeOf are the texts of a notebook's code cells.
func codeOf(t *testing.T, path string) (texts []string) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Cells []struct {
			Type   string `json:"cell_type"`
			Source []string
		}
	}
	if err := json.Unmarshal(file, &book); err != nil {
		t.Fatal(err)
	}
	for _, c := range book.Cells {
		if c.Type == "code" {
			texts = append(texts, strings.Join(c.Source, ""))
		}
	}
	return texts
}
