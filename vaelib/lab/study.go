package lab

import (
	"context"
	"fmt"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/plan"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// Study gives the finished models of a study's file, in groups that differ only in their seed, in the file's order. It trains nothing:
// go run ./cmd/vaelab study does. A note says how many runs are missing; groups without any are left out.
//
//	groups := show.Must(lab.Study("kl-weight.json"))
//	show.Figure(lab.RateDistortion(groups...))
func Study(file string) ([][]*Model, error) {
	p, err := plan.Read(file)
	if err != nil {
		return nil, err
	}
	e, err := computes()
	if err != nil {
		return nil, err
	}
	models := make([]*Model, len(p.Runs))
	var digests []string
	for d, of := range p.Data {
		data, err := of.Open(context.Background(), datasets.Options{})
		if err != nil {
			return nil, err
		}
		digests = append(digests, data.Fingerprint())
		if err := p.Different(digests); err != nil {
			return nil, words.Errorf("%s: %w", file, err)
		}
		var configs []run.Config
		var places []int
		for i, r := range p.Runs {
			if r.Data == d {
				configs, places = append(configs, r.Config), append(places, i)
			}
		}
		found, err := e.Find(data, configs...)
		if err != nil {
			return nil, err
		}
		for i, r := range found {
			if r != nil {
				models[places[i]] = NewModel(*r, data, e)
				models[places[i]].loaded = true
			}
		}
	}
	var groups [][]*Model
	missing := 0
	for _, places := range p.Groups() {
		var group []*Model
		for _, i := range places {
			if models[i] == nil {
				missing++
				continue
			}
			group = append(group, models[i])
		}
		if len(group) > 0 {
			groups = append(groups, group)
		}
	}
	const train = "go run ./cmd/vaelab study"
	switch {
	case len(groups) == 0:
		return nil, words.Errorf("no run of the study %s has been trained with %s: train it with %s %s", p.Name, words.Text(e.Backend().Words), train, file)
	case missing > 0:
		show.Note("%s", words.Say("%d of %s of the study %s aren't trained yet: %s %s", missing, words.Count(len(p.Runs), "run", "runs"), p.Name, train, file))
	}
	return groups, nil
}

// named are what groups are called in a figure: a label, which is the KL weight, and what else tells them apart.
type named struct{ label, series string }

// names name groups.
func names(groups [][]*Model) (list []named) {
	var configs []run.Config
	data := false
	for _, group := range groups {
		c := group[0].Config
		c.Seed = 0
		configs = append(configs, c)
		data = data || group[0].Digest != groups[0][0].Digest
	}
	for i, differences := range run.Differing(configs...) {
		var series []string
		for _, d := range differences {
			switch d.Setting {
			case "kl_weight":
			case "schedule":
				series = append(series, scheduled(configs[i].Schedule))
			default:
				series = append(series, strings.ReplaceAll(d.Setting, "_", " ")+" "+d.Value)
			}
		}
		if data {
			series = append(series, dataName(groups, groups[i][0]))
		}
		list = append(list, named{fmt.Sprintf("β = %g", configs[i].KLWeight), strings.Join(series, ", ")})
	}
	return list
}

// dataName is what a model's data are called, with the begin of their digest where another's have the same name.
func dataName(groups [][]*Model, m *Model) string {
	for _, g := range groups {
		if g[0].Identity.Data == m.Identity.Data && g[0].Digest != m.Digest {
			return fmt.Sprintf("%s (%.6s)", m.Identity.Data, m.Digest)
		}
	}
	return m.Identity.Data
}

// inOne are label and series in one.
func (n named) inOne() string {
	if n.series == "" {
		return n.label
	}
	return n.label + ", " + n.series
}

// scheduled names a schedule in few words.
func scheduled(s run.Schedule) string {
	switch {
	case s.Cycles > 0:
		return words.Say("%d cycles (%g)", s.Cycles, s.Share)
	case s.Epochs > 0:
		return words.Say("rising over %g epochs", s.Epochs)
	}
	return words.Say("from the start")
}
