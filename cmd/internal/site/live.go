package site

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"

	"vaelab/cmd/internal/site/pages"
	"vaelab/datasets"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/trained"
)

const (
	shownCodes = 1000 // test images that are points of a map
	shownTest  = 12   // test images that are shown, and restored
	shownNew   = 12   // pictures of codes drawn at random; as lab.Turn draws them

	// codeSteps of a map's coordinates make 1.
	codeSteps = 512
)

// touched is what pages need to be alive, as JSON.
type touched struct {
	Program string         `json:"program"` // cmd/vaelive
	Classes []touchedClass `json:"classes"`
	Labels  []byte         `json:"labels"`    // of the points of a map
	Shown   []byte         `json:"originals"` // the test images that are shown, one after another
	Models  []touchedModel `json:"models"`    // the AE, then VAEs by their weights
}

type touchedClass struct {
	Name   string `json:"name"`
	Colour string `json:"colour"`
}

type touchedModel struct {
	Kind           run.Kind `json:"kind"`
	Weight         float64  `json:"weight"`
	Encoder        string   `json:"encoder"`
	Decoder        string   `json:"decoder"`
	Reconstruction float64  `json:"reconstruction"` // nats an image, on test images
	KL             float64  `json:"kl"`             // nats an image, on test images
	Codes          []byte   `json:"codes"`          // of the points of a map: 16 bits a coordinate, in steps of 1/512
	Restored       []byte   `json:"restored"`       // the pictures of the mean codes of the images that are shown
	Drawn          []byte   `json:"drawn"`          // the pictures of codes from N(0, I), the same for all models
}

// alive makes what pages need to be alive: a program, and models with two numbers for a code. Without models it is the program alone.
func (b *build) alive(ctx context.Context) (pages.Live, error) {
	var made pages.Live
	data, err := b.program(ctx, "live", "./cmd/vaelive")
	if err != nil {
		return made, err
	}
	put := func(name string, data []byte) (string, error) {
		packed, err := zipped(data)
		if err != nil {
			return "", err
		}
		return made.Keep(name, ".gz", packed), nil
	}
	t := touched{}
	if t.Program, err = put("program", data); err != nil {
		return made, err
	}
	if err := b.inPlane(ctx, &t, put); err != nil {
		return made, err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return made, err
	}
	made.Models = complete(t.Models)
	for _, c := range t.Classes {
		made.Classes = append(made.Classes, c.Name)
	}
	made.List, err = put("models", text)
	if err != nil {
		return made, err
	}
	made.Glue, err = b.glue()
	return made, err
}

// inPlane adds the models with two numbers for a code that stand among the runs.
func (b *build) inPlane(ctx context.Context, t *touched, put func(string, []byte) (string, error)) error {
	if b.Runs == "" {
		return nil
	}
	data, err := datasets.Sample()
	if err != nil {
		return err
	}
	runs, err := b.planar(data)
	if err != nil || len(runs) == 0 {
		return err
	}
	mapped, shown := data.Test.First(shownCodes), data.Test.First(shownTest)
	t.Labels, t.Shown = mapped.Labels, shown.Pixels
	for i, name := range mapped.Classes {
		c := figure.ClassColor(i)
		t.Classes = append(t.Classes, touchedClass{name, fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)})
	}
	for _, r := range runs {
		halves, files, err := kept(r)
		if err != nil {
			return err
		}
		last := r.Last().Test
		m := touchedModel{Kind: r.Model, Weight: r.KLWeight, Reconstruction: last.Reconstruction, KL: last.KL}
		if m.Encoder, err = put("encoder", files[0]); err != nil {
			return err
		}
		if m.Decoder, err = put("decoder", files[1]); err != nil {
			return err
		}
		model := trained.Model{Coder: halves, Config: r.Config}
		codes, err := model.Encode(ctx, mapped)
		if err != nil {
			return err
		}
		for _, code := range codes.Mean {
			for _, z := range code {
				m.Codes = binary.LittleEndian.AppendUint16(m.Codes, uint16(int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(z*codeSteps))))))
			}
		}
		restored, err := model.Restore(ctx, shown)
		if err != nil {
			return err
		}
		drawn, err := model.Imagine(ctx, shownNew, 1)
		if err != nil {
			return err
		}
		m.Restored, m.Drawn = joined(restored), joined(drawn)
		t.Models = append(t.Models, m)
	}
	return nil
}

// complete says whether there is what pages compare: an AE, a VAE of KL weight 1, and one of another.
func complete(models []touchedModel) bool {
	has := func(kind run.Kind, weight func(float64) bool) bool {
		return slices.ContainsFunc(models, func(m touchedModel) bool { return m.Kind == kind && weight(m.Weight) })
	}
	one := func(w float64) bool { return w == 1 }
	return has(run.AE, one) && has(run.VAE, one) && has(run.VAE, func(w float64) bool { return w != 1 })
}

// planar are the runs that the course's notebooks compare in the plane: its setting of 10 epochs with an AE, and with a VAE at each
// weight.
func (b *build) planar(data datasets.Dataset) ([]run.Run, error) {
	described, err := store.Describe(data)
	if err != nil {
		return nil, err
	}
	identities, err := fs.Glob(os.DirFS(b.Runs), "*/run.json")
	if err != nil {
		return nil, err
	}
	var runs []run.Run
	for _, name := range identities {
		text, err := os.ReadFile(filepath.Join(b.Runs, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		var id run.Identity
		if err := json.Unmarshal(text, &id); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		config := run.Default()
		config.Model, config.KLWeight, config.Epochs = id.Model, id.KLWeight, 10
		if want, err := described.Identity(config, id.Backend); err != nil || want.Key() != id.Key() {
			continue // another setting, or none that can be trained
		}
		r, found, err := store.Find(b.Runs, id)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Dir(name), err)
		}
		if found {
			runs = append(runs, r)
		}
	}
	slices.SortFunc(runs, func(a, b run.Run) int {
		return cmp.Or(cmp.Compare(a.Model, b.Model), cmp.Compare(a.KLWeight, b.KLWeight)) // "ae" before "vae"
	})
	return runs, nil
}

func joined(pictures []*image.Gray) (pixels []byte) {
	for _, p := range pictures {
		pixels = append(pixels, p.Pix...)
	}
	return pixels
}

// zipped packs so that browsers can unpack by themselves.
func zipped(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}
