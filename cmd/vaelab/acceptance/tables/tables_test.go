// Package tables reads a study's tables as docs/cluster.md says it, with pandas, DuckDB and R, in the long tests.
package tables

import (
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

const study = `{
  "name": "tables", "data": ["fashion-mnist-sample"], "settings": {"hidden": 8, "batch": 1000, "epochs": 2},
  "vary": {"kl_weight": [0.25, 4], "schedule": [{}, {"epochs": 1}], "seed": [1, 2]}
}`

// block is the document's only one in a language.
func block(t *testing.T, language string) string {
	t.Helper()
	text := labtest.Read(t, filepath.Join(labtest.Layout(t).Root, "docs", "cluster.md"))
	found := regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1)
	if len(found) != 1 {
		t.Fatalf("docs/cluster.md has %d blocks of %s", len(found), language)
	}
	return found[0][1]
}

// TestTables trains a small study by the command, and has each reader say the mean ELBO of each weight and schedule.
func TestTables(t *testing.T) {
	labtest.Long(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "study.json")
	if err := os.WriteFile(file, []byte(study), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := labtest.Outcome(t, labtest.Command(t, "study", "-backend", "go", "-out", filepath.Join(dir, "results"), file)); code != 0 {
		t.Fatal(stderr)
	}
	python, err := labtest.Lab(t).TableReaders(t.Context(), labtest.Teller{})
	if err != nil {
		t.Fatal(err)
	}
	want := elbos(t, filepath.Join(dir, "results", "measures.csv"))
	t.Run("pandas", func(t *testing.T) { says(t, run(t, dir, block(t, "python"), python, "-I", "-"), want) })
	t.Run("duckdb", func(t *testing.T) {
		says(t, run(t, dir, "import duckdb, sys\nprint(duckdb.sql('''"+block(t, "sql")+"'''))", python, "-I", "-"), want)
	})
	t.Run("R", func(t *testing.T) {
		r, err := exec.LookPath("Rscript")
		if err != nil {
			t.Skip("there is no R here: apt-get install r-base-core")
		}
		says(t, run(t, dir, block(t, "r"), r, "-"), want)
	})
}

// run runs a program's text in a folder.
func run(t *testing.T, dir, text, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
	return string(out)
}

// elbos are the mean ELBOs of each weight and schedule, by Go's own reader.
func elbos(t *testing.T, path string) (means []float64) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(labtest.Read(t, path))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	groups := map[[2]string][]float64{}
	for _, line := range lines[1:] {
		if line[column["measure"]] != "test_elbo" {
			continue
		}
		value, err := strconv.ParseFloat(line[column["value"]], 64)
		if err != nil {
			t.Fatal(err)
		}
		key := [2]string{line[column["kl_weight"]], line[column["schedule_epochs"]]}
		groups[key] = append(groups[key], value)
	}
	for _, list := range groups {
		mean := 0.0
		for _, x := range list {
			mean += x / float64(len(list))
		}
		means = append(means, mean)
	}
	if len(means) != 4 {
		t.Fatalf("%v", means)
	}
	return means
}

// says looks for numbers among what a program prints, as far as it prints them.
func says(t *testing.T, said string, want []float64) {
	t.Helper()
	var numbers []float64
	for _, word := range regexp.MustCompile(`-?\d+\.\d+`).FindAllString(said, -1) {
		x, _ := strconv.ParseFloat(word, 64)
		numbers = append(numbers, x)
	}
	for _, w := range want {
		near := math.Inf(1)
		for _, x := range numbers {
			near = min(near, math.Abs(x-w))
		}
		if near > 1e-3 {
			t.Errorf("it doesn't say %v:\n%s", w, said)
		}
	}
}
