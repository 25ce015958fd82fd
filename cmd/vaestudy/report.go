package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/results"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// report prints how far all runs are, and writes tables and a figure of the finished ones where they are asked for.
func (s *study) report(f flags) error {
	standings := make([]store.Standing, len(s.ids))
	for i, id := range s.ids {
		var err error
		if standings[i], err = store.Look(s.root, id); err != nil {
			return err
		}
	}
	s.table(os.Stdout, standings)
	if f.out == "" {
		return nil
	}
	return s.write(f.out)
}

// table prints a line for each run and one for all.
func (s *study) table(w io.Writer, standings []store.Standing) {
	count := map[store.Stage]int{}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, at := range standings {
		count[at.Stage]++
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", s.Label(s.Runs[i]), words.Text(stageWords[at.Stage]),
			words.Say("%d of %d epochs", at.Epochs, s.ids[i].Epochs), about(at))
	}
	_ = t.Flush() // to the screen
	var parts []string
	for _, stage := range []store.Stage{store.Done, store.Running, store.Begun, store.Failed, store.Waiting} {
		if count[stage] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[stage], words.Text(stageWords[stage])))
		}
	}
	fmt.Fprintln(w, words.Say("%s: %s: %s. Runs are kept in %s", s.Name, words.Count(len(standings), "run", "runs"), strings.Join(parts, ", "), s.root))
}

var stageWords = map[store.Stage]string{
	store.Done: words.Mark("done"), store.Running: words.Mark("running"), store.Begun: words.Mark("begun"), store.Failed: words.Mark("failed"),
	store.Waiting: words.Mark("waiting"),
}

// about is what else is to be said of a run.
func about(at store.Standing) string {
	who := at.Trainer.Host
	if at.Trainer.Job != "" {
		who = words.Say("%s (job %s)", who, at.Trainer.Job)
	}
	switch {
	case at.Stage == store.Running:
		return words.Say("on %s", who)
	case at.Stage == store.Failed:
		return words.Say("%d times, last on %s: %s", at.Failure.Times, at.Failure.Host, at.Failure.Error)
	case at.Stage == store.Begun && at.Trainer.Host != "":
		return words.Say("%s has given no sign for %s", who, words.Duration(at.Silent))
	}
	return ""
}

// write writes tables and a figure of what is finished.
func (s *study) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return words.Errorf("the folder for tables can't be made: %w", err)
	}
	var runs []run.Run
	var measures [][]results.Measure
	done := make([]*run.Run, len(s.ids))
	for i, id := range s.ids {
		r, found, err := store.Find(s.root, id)
		if err != nil {
			return err
		}
		if found {
			done[i] = &r
			runs, measures = append(runs, r), append(measures, results.Of(r))
		}
	}
	for name, table := range map[string]results.Table{"epochs": results.Epochs(runs...), "measures": results.Measures(runs, measures)} {
		if err := table.Save(filepath.Join(dir, name)); err != nil {
			return words.Errorf("the tables can't be written: %w", err)
		}
	}
	fmt.Println(words.Say("Tables of %s are in %s", words.Count(len(runs), "run", "runs"), dir))
	if len(runs) == 0 {
		return nil
	}
	return s.draw(dir, done)
}

// draw draws rate and distortion, the mean of the seeds for each of the other settings: a figure for each data set, since losses on
// different images can't be compared.
func (s *study) draw(dir string, done []*run.Run) error {
	for d, data := range s.data {
		var groups [][]*lab.Model
		for _, places := range s.Groups() {
			var group []*lab.Model
			for _, i := range places {
				if r := done[i]; r != nil && s.Runs[i].Data == d {
					group = append(group, lab.NewModel(*r, data, inprocess.New(s.backend)))
				}
			}
			if len(group) > 0 {
				groups = append(groups, group)
			}
		}
		if len(groups) == 0 {
			continue
		}
		png, err := lab.RateDistortion(groups...).PNG()
		if err != nil {
			return err
		}
		name := "rate-distortion.png"
		if len(s.data) > 1 {
			name = fmt.Sprintf("rate-distortion-%d.png", d+1) // as in the file; a name may hold anything
		}
		if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
			return words.Errorf("the figure can't be written: %w", err)
		}
	}
	return nil
}
