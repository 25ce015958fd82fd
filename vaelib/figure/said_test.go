package figure

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"vaelab/vaelib/words/wordstest"
)

// drawn are the texts in a figure's picture.
func drawn(f Figure) (texts []string) {
	w, _ := f.Size()
	var all recorder.Canvas
	f.drawInner(draw.NewCanvas(&all, room, 2*room), room)
	for _, a := range all.Actions {
		if s, ok := a.(*recorder.FillString); ok && w > 0 {
			texts = append(texts, s.String)
		}
	}
	return texts
}

// given are the texts that the caller has put into a figure.
func given(f Figure) (texts []string) {
	texts = append(texts, f.Title)
	switch p := f.panel.(type) {
	case besidePanel:
		for _, one := range p {
			texts = append(texts, given(one)...)
		}
	case *galleryPanel:
		texts = append(texts, p.under...)
		for _, r := range p.rows {
			texts = append(texts, r.Label)
		}
	case *mapPanel:
		texts = append(texts, p.classes...)
	case *plotPanel:
		texts = append(texts, p.x.name, p.y.name)
		for _, l := range p.layers {
			texts = append(texts, l.name)
		}
	case *barsPanel:
		texts = append(append(texts, p.x.name), p.parts...)
		for _, b := range p.bars {
			texts = append(texts, b.Label)
		}
	case *landscape:
		texts = append(texts, p.x.name, p.y.name)
	case *tradeoffPanel:
		for _, m := range p.models {
			texts = append(texts, m.label)
		}
	case *pathsPanel:
		texts = append(texts, p.thickName)
	}
	slices.SortFunc(texts, func(a, b string) int { return len(b) - len(a) }) // one may be a part of another
	return texts
}

// What a figure says or draws is said through package words, in each figure of every kind.
func TestFiguresSayAll(t *testing.T) {
	wordstest.Veil(t)
	all := everyKind()
	maps.Copy(all, map[string]Figure{
		"far":    RateDistortion(append(tradeoff()[1:], Tradeoff{"β = 0", []float64{900, 920}, []float64{214, 215}, ""})),
		"clouds": LatentMap([][2]float64{{0, 9}, {1, 1}}, nil, nil, Limit(4), Spreads([][2]float64{{1, 1}, {1, 1}})),
	})
	written := 0
	for name, f := range all {
		if err := f.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		texts := drawn(f)
		written += len(texts)
		for _, text := range append(texts, f.Caption, f.Alt) {
			if strings.HasSuffix(text, "…") {
				continue // a part of what was given
			}
			if english := wordstest.English(text, given(f)...); len(english) > 0 {
				t.Errorf("%s: %q is English in %q", name, english, text)
			}
		}
	}
	if written < 100 {
		t.Errorf("only %d texts are drawn: they are missed", written)
	}
}

// So are errors; what the caller gave stays.
func TestFiguresErrorsAreSaid(t *testing.T) {
	codes, _ := gaussian(1, 3, 1)
	scene := PathScene{Radius: 0.1}
	wordstest.Veil(t)
	for _, f := range []Figure{
		{}, Images(nil), Images(plain(2), Labels([]string{"-"})), Images(plain(2), Columns(-1)), Pairs(plain(2), plain(3)),
		Rows([]Row{{"-", plain(2)}, {"-", plain(1)}}), LatentMap(nil, nil, nil), LatentMap(codes, []uint8{1}, nil), LatentMap(codes, nil, nil, Limit(-3)),
		LatentPlane(plain(4), []float64{0, 1}, []float64{0, 1}), LatentPlane(plain(3), []float64{0, 1}, []float64{1, 0}), Curves(nil), Beside(),
		Plot(), Plot(Line("", nil, 1, 0)), Plot(Path("-", []float64{1}, nil)), Plot(Path("-", []float64{1}, []float64{1}), XRange(2, 1)),
		Bars(nil), Bars([]Bar{{Label: "-"}}), Bars([]Bar{{"-", []float64{1}}}, LogX(), XRange(-1, 1)), Landscape(nil, [2]float64{}, [2]float64{}, nil, nil),
		RateDistortion(nil), RateDistortion([]Tradeoff{{Label: "-"}}), Paths(scene, nil), Paths(scene, []Route{{}}), Paths(scene, nil, Thick("-", Route{})),
		Paths(PathScene{Radius: 2}, nil), Curves(history(1), Columns(3)),
	} {
		if err := f.Err(); err == nil || len(wordstest.English(err.Error(), "Title", "Caption", "Alt", "Epochs", "Now")) > 0 {
			t.Errorf("the error is %v", err)
		}
	}
}
