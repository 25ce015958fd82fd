package results_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vaelab/vaelib/results"
	"vaelab/vaelib/run"
)

// some are two runs with numbers that are easily lost: the smallest, the largest seed, a comma in a name.
func some() []run.Run {
	one := run.Run{Identity: run.Identity{Config: run.Default(), Data: `cats, "dogs"`, Digest: "d1", Backend: "go"}}
	one.Seed, one.Schedule, one.KLWeight = math.MaxUint64, run.Cyclic(4, 0.5), 0.1+0.2
	one.State.History = []run.Epoch{
		{Epoch: 1, Seconds: 0.1 / 3, Train: run.Terms{Loss: 3, Reconstruction: 2, KL: 1}, Test: run.Terms{Loss: 1.0 / 3, Reconstruction: math.SmallestNonzeroFloat64, KL: 0.1}},
		{Epoch: 2, Seconds: 2, Test: run.Terms{Loss: 150.5, Reconstruction: 140, KL: 10.5}},
	}
	two := one
	two.Loss, two.State.History = "own-1", one.State.History[:1]
	return []run.Run{one, two}
}

// What is written can be read again by others' readers, as the same numbers, in both forms.
func TestTables(t *testing.T) {
	runs := some()
	epochs := results.Epochs(runs...)
	measures := results.Measures(runs, [][]results.Measure{results.Of(runs[0]), {{"active_units", 2, "units"}}})
	for name, table := range map[string]results.Table{"epochs": epochs, "measures": measures} {
		var c, j bytes.Buffer
		if err := table.CSV(&c); err != nil {
			t.Fatal(err)
		}
		if err := table.JSON(&j); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&c).ReadAll()
		if err != nil || !slices.Equal(lines[0], table.Columns) || len(lines) != 1+len(table.Lines) {
			t.Fatalf("%s: %v, %v", name, lines, err)
		}
		objects := json.NewDecoder(&j)
		objects.UseNumber()
		for i := range table.Lines {
			var object map[string]any
			if err := objects.Decode(&object); err != nil || len(object) != len(table.Columns) {
				t.Fatalf("%s, line %d: %v, %v", name, i, object, err)
			}
			for k, column := range table.Columns {
				for form, got := range map[string]string{"CSV": lines[i+1][k], "JSON": strings.TrimSpace(text(object[column]))} {
					if want := table.Lines[i][k]; !same(got, want) {
						t.Errorf("%s as %s, line %d: %s is %q, want %v", name, form, i, column, got, want)
					}
				}
			}
		}
	}
	if len(epochs.Lines) != 3 || len(measures.Lines) != 6 {
		t.Errorf("%d and %d lines", len(epochs.Lines), len(measures.Lines))
	}
	for _, column := range []string{"schedule_cycles", "rate_pull", "balance_prior", "seed", "kl_weight", "test_kl_nats"} {
		if !slices.Contains(epochs.Columns, column) {
			t.Errorf("there is no column %s", column)
		}
	}
	if slices.Contains(epochs.Columns, "") || len(slices.Compact(slices.Sorted(slices.Values(epochs.Columns)))) != len(epochs.Columns) {
		t.Errorf("the columns are %q", epochs.Columns)
	}
}

func text(v any) string {
	if n, ok := v.(json.Number); ok {
		return n.String()
	}
	return v.(string)
}

func same(got string, want any) bool {
	switch want := want.(type) {
	case float64:
		x, err := strconv.ParseFloat(got, 64)
		return err == nil && math.Float64bits(x) == math.Float64bits(want)
	case uint64:
		return got == strconv.FormatUint(want, 10)
	case int:
		return got == strconv.Itoa(want)
	case string:
		return got == want
	}
	return got != "" || want == run.Dense || want == run.EachDimension || want == run.FixedSigma || want == run.NoDecay || want == run.PriorRule("")
}

// A run's measures are sums of what its history says.
func TestMeasuresOfARun(t *testing.T) {
	for _, m := range results.Of(some()[0]) {
		want := map[string]float64{"test_loss": 150.5, "test_reconstruction": 140, "test_kl": 10.5, "test_elbo": -150.5, "training_time": 2 + 0.1/3}[m.Name]
		if m.Value != want || m.Unit == "" {
			t.Errorf("%+v, want %v", m, want)
		}
	}
	if of := results.Of(run.Run{}); of != nil {
		t.Errorf("no run has %v", of)
	}
}

func Example() {
	r := run.Run{Identity: run.Identity{Config: run.Default()}}
	r.State.History = []run.Epoch{{Epoch: 1, Seconds: 2, Test: run.Terms{Loss: 150, Reconstruction: 140, KL: 10}}}
	table := results.Measures([]run.Run{r}, [][]results.Measure{results.Of(r)})
	last := len(table.Columns) - 3
	short := results.Table{Columns: table.Columns[last:]}
	for _, line := range table.Lines {
		short.Lines = append(short.Lines, line[last:])
	}
	_ = short.CSV(os.Stdout)
	// Output:
	// measure,value,unit
	// test_loss,150,nats an image
	// test_reconstruction,140,nats an image
	// test_kl,10,nats an image
	// test_elbo,-150,nats an image
	// training_time,2,s
}
