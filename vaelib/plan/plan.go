package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Plan is what a study's file asks for. Make one with [Read] or [Parse]: the zero Plan asks for no run.
type Plan struct {
	Name string // of the study: letters, digits and hyphens
	Data []Data
	Axes []Axis // what varies, the slowest first
	Runs []Run  // all of them, in order
}

// Axis is a setting that varies, and its values as the file has them.
type Axis struct {
	Setting string // as in run.json: kl_weight
	Values  []string
}

// Run is one run of a plan: settings, and the place of its data in [Plan].Data.
type Run struct {
	Config run.Config
	Data   int
	At     []int // the place of each axis's value
}

// Data is a data set that a study trains on: one of the course by its name, or a folder of pictures.
type Data struct {
	Name     string `json:"name,omitempty"`     // as datasets.Load takes it
	Dir      string `json:"dir,omitempty"`      // with that data set's four files; else the cache, or a download
	Pictures string `json:"pictures,omitempty"` // a folder of pictures, in place of a name
	Size     int    `json:"size,omitempty"`     // of their sides, in pixels; 0: the usual
	Invert   bool   `json:"invert,omitempty"`
}

// String is what a data set is called in tables.
func (d Data) String() string {
	if d.Name == "" {
		return d.Pictures
	}
	return d.Name
}

// Open brings the data in.
func (d Data) Open(ctx context.Context, options datasets.Options) (datasets.Dataset, error) {
	if d.Pictures != "" {
		data, _, err := datasets.Pictures(ctx, d.Pictures, datasets.PictureOptions{Size: d.Size, Invert: d.Invert, Progress: options.Progress})
		return data, err
	}
	options.Dir = d.Dir
	return datasets.Load(ctx, d.Name, options)
}

// Label tells a run from the others of its plan: what varies, with this run's values. Where nothing does it is the data's name.
func (p Plan) Label(r Run) string {
	var parts []string
	if len(p.Data) > 1 || len(p.Axes) == 0 {
		parts = append(parts, p.dataLabel(r.Data))
	}
	for i, a := range p.Axes {
		parts = append(parts, fmt.Sprintf("%s %s", a.Setting, a.Values[r.At[i]]))
	}
	return strings.Join(parts, ", ")
}

// dataLabel is what a data set is called, with its place in the file where another has the same name.
func (p Plan) dataLabel(i int) string {
	name := p.Data[i].String()
	for k, d := range p.Data {
		if k != i && d.String() == name {
			return fmt.Sprintf("%s (%d)", name, i+1)
		}
	}
	return name
}

// Different reports two data sets that hold the same images, by their digests: each run on them would be there twice.
func (p Plan) Different(digests []string) error {
	for i, d := range digests {
		if first := slices.Index(digests, d); first < i {
			return words.Errorf("the data sets %s and %s hold the same images: leave one of them out", p.dataLabel(first), p.dataLabel(i))
		}
	}
	return nil
}

// Groups are the runs that differ in nothing but their seed, in the order in which each first comes, as places in [Plan].Runs.
func (p Plan) Groups() (groups [][]int) {
	places := map[string]int{}
	for i, r := range p.Runs {
		at := slices.Clone(r.At)
		for k, a := range p.Axes {
			if a.Setting == "seed" {
				at[k] = 0
			}
		}
		who := fmt.Sprint(r.Data, at)
		place, known := places[who]
		if !known {
			place = len(groups)
			places[who] = place
			groups = append(groups, nil)
		}
		groups[place] = append(groups[place], i)
	}
	return groups
}
