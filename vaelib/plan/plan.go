package plan

import (
	"context"
	"fmt"
	"strings"

	"vaelab/datasets"
	"vaelab/vaelib/run"
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

// Label tells a run from the others of its plan: what varies, with this run's values.
func (p Plan) Label(r Run) string { return p.label(r, "") }

// Group is the label without the seed: runs with the same one differ in nothing else.
func (p Plan) Group(r Run) string { return p.label(r, "seed") }

func (p Plan) label(r Run, but string) string {
	var parts []string
	if len(p.Data) > 1 {
		parts = append(parts, p.Data[r.Data].String())
	}
	for i, a := range p.Axes {
		if a.Setting != but {
			parts = append(parts, fmt.Sprintf("%s %s", a.Setting, a.Values[r.At[i]]))
		}
	}
	return strings.Join(parts, ", ")
}

// Groups are the runs that differ in nothing but their seed, in the order in which each first comes, as places in [Plan].Runs.
func (p Plan) Groups() (groups [][]int) {
	at := map[string]int{}
	for i, r := range p.Runs {
		name := p.Group(r)
		place, known := at[name]
		if !known {
			place = len(groups)
			at[name] = place
			groups = append(groups, nil)
		}
		groups[place] = append(groups[place], i)
	}
	return groups
}
