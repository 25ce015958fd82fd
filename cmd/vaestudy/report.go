package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"vaelab/datasets"
	"vaelab/vaelib/engine/inprocess"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/results"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// report prints how far all runs are, and writes tables and a figure of the finished ones where they are asked for and nobody has stopped
// the study.
func (s *study) report(ctx context.Context, f flags) error {
	standings := make([]store.Standing, len(s.ids))
	for i, id := range s.ids {
		var err error
		if standings[i], err = store.Look(s.root, id); err != nil { // which is that run's trouble alone
			standings[i] = store.Standing{Stage: store.Failed, Failure: store.Failure{Error: err.Error()}}
		}
		if f.out == "" {
			standings[i].Run = run.Run{} // whose weights are all that is large here
		}
	}
	s.table(os.Stdout, standings)
	if f.out == "" || ctx.Err() != nil {
		return nil
	}
	return s.write(ctx, f, standings)
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
	case at.Stage == store.Failed && at.Failure.Times == 0:
		return at.Failure.Error
	case at.Stage == store.Failed:
		return words.Say("%d times, last on %s: %s", at.Failure.Times, at.Failure.Host, at.Failure.Error)
	case at.Stage == store.Begun && at.Trainer.Host != "":
		return words.Say("%s has given no sign for %s", who, words.Duration(at.Silent))
	}
	return ""
}

// write writes tables and a figure of what is finished.
func (s *study) write(ctx context.Context, f flags, standings []store.Standing) error {
	var runs []run.Run
	var measures [][]results.Measure
	var lacking error // which the tables are written without
	for i := range standings {
		at := &standings[i]
		if at.Stage != store.Done {
			continue
		}
		measured, err := s.measured(ctx, f, at.Run, s.data[s.Runs[i].Data])
		if err != nil {
			lacking = errors.Join(lacking, words.Errorf("%s lacks a measure: %w", s.Label(s.Runs[i]), err))
		}
		at.Run.State.Arrays = nil // tables and figure need the history alone
		runs, measures = append(runs, at.Run), append(measures, measured)
	}
	for name, table := range map[string]results.Table{"epochs": results.Epochs(runs...), "measures": results.Measures(runs, measures)} {
		if err := table.Save(filepath.Join(f.out, name)); err != nil {
			return errors.Join(lacking, words.Errorf("the tables can't be written: %w", err))
		}
	}
	fmt.Println(words.Say("Tables of %s are in %s", words.Count(len(runs), "run", "runs"), f.out))
	if len(runs) == 0 {
		return lacking
	}
	return errors.Join(lacking, s.draw(f.out, standings))
}

// measured are a finished run's measures: what its history has, and of a VAE how many units the test images' codes use, if there are two images
// whose codes can differ. With an error come those that need no network.
func (s *study) measured(ctx context.Context, f flags, r run.Run, data datasets.Dataset) ([]results.Measure, error) {
	list := results.Of(r)
	if r.Model != run.VAE || data.Test.Len() < 2 {
		return list, nil
	}
	if err := s.computing(f); err != nil {
		return list, err
	}
	network, err := inference.Open(s.backend.Compute, r)
	if err != nil {
		return list, err
	}
	defer network.Close()
	codes, err := network.Encode(ctx, data.Test)
	if err != nil {
		return list, err
	}
	active, _, err := measure.ActiveUnits(codes.Mean)
	if err != nil {
		return list, err
	}
	return append(list, results.Measure{Name: "active_units", Value: float64(active), Unit: "units"}), nil
}

// draw draws rate and distortion, the mean of the seeds for each of the other settings: a figure for each data set, since losses on
// different images can't be compared.
func (s *study) draw(dir string, standings []store.Standing) error {
	for d, data := range s.data {
		var groups [][]*lab.Model
		for _, places := range s.Groups() {
			var group []*lab.Model
			for _, i := range places {
				if at := standings[i]; at.Stage == store.Done && s.Runs[i].Data == d {
					group = append(group, lab.NewModel(at.Run, data, inprocess.New(s.backend)))
				}
			}
			if len(group) > 0 {
				groups = append(groups, group)
			}
		}
		if len(groups) == 0 {
			continue
		}
		name := "rate-distortion.png"
		if len(s.data) > 1 {
			name = fmt.Sprintf("rate-distortion-%d.png", d+1) // as in the file; a name may hold anything
		}
		if err := lab.RateDistortion(groups...).Save(filepath.Join(dir, name)); err != nil {
			return words.Errorf("the figure can't be written: %w", err)
		}
	}
	return nil
}
