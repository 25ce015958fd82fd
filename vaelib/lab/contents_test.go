package lab

import (
	"slices"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/places"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words/wordstest"
)

// ofClass is the data set's images of one class: with as many of each, two sets that can't be told by name and size.
func ofClass(data datasets.Dataset, class uint8) datasets.Dataset {
	only := func(set datasets.Images) datasets.Images {
		some := datasets.Images{Width: set.Width, Height: set.Height, Classes: set.Classes}
		for i, label := range set.Labels {
			if label == class {
				some.Pixels, some.Labels = append(some.Pixels, set.Image(i)...), append(some.Labels, label)
			}
		}
		return some
	}
	data.Train, data.Test = only(data.Train), only(data.Test)
	return data
}

// A measurement is of the images that a data set holds at that moment, whatever it is called and whatever it says of
// itself: of two parts of one set, and of one whose pixels have been changed in place.
func TestMeasurementsAreOfTheContents(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	all := tiny.Data(160, 120)
	all.Digest = strings.Repeat("0123", 16)
	changed := ofClass(all, 0)
	changed.Train.Pixels, changed.Test.Pixels = slices.Clone(changed.Train.Pixels), slices.Clone(changed.Test.Pixels)
	check := func(words string, data datasets.Dataset) {
		t.Helper()
		m, err := Train(tiny.Config(), data)
		if err != nil {
			t.Fatal(err)
		}
		measured := func() (precision, recall float64, table string) {
			precision, recall, err := m.PrecisionRecall()
			if err != nil {
				t.Fatal(err)
			}
			table = wordstest.Printed(t, func() { err = Contest(data, []*Model{m}) })
			if err != nil {
				t.Fatal(err)
			}
			return precision, recall, table
		}
		precision, recall, table := measured()
		study.Forget()
		if p, r, again := measured(); p != precision || r != recall || again != table {
			t.Errorf("%s: precision %v and recall %v, but with nothing kept %v and %v; tables\n%s\n%s", words, precision, recall, p, r, table, again)
		}
	}
	check("one class", ofClass(all, 0))
	check("the other", ofClass(all, 1))
	check("before the change", changed)
	for _, set := range []datasets.Images{changed.Train, changed.Test} {
		for i := range set.Pixels {
			set.Pixels[i] = 255 - set.Pixels[i]
		}
	}
	check("after the change", changed)
}

// Models that were trained on other images, or that differ in more than their seed, are no line of the table.
func TestModelsThatDontBelongTogether(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	data := tiny.Data(120, 90)
	of := func(data datasets.Dataset, weight float64) *Model {
		c := tiny.Config()
		c.KLWeight = weight
		m, err := Train(c, data)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	one, four, other := of(data, 1), of(data, 4), of(ofClass(tiny.Data(240, 180), 1), 1)
	two := func(t []study.Tradeoff, err error) error { return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{Contest(data, []*Model{one}, []*Model{other}), "was trained on other images than the data set \"bars\" holds now"},
		{Contest(data, []*Model{one, four}), "differ in more than their seed"},
		{two(Tradeoffs([]*Model{one, four})), "differ in more than their seed"},
		{two(Tradeoffs([]*Model{one, other})), "differ in more than their seed"},
		{RateDistortion([]*Model{one, four}).Err(), "differ in more than their seed"},
		{two(Tradeoffs([]*Model{nil})), "the model is empty"},
		{Contest(data, []*Model{}), "lab.Contest: a group has no models"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", c.err, c.want)
		}
	}
	data.Train.Pixels[0]++
	if err := Contest(data, []*Model{one}); err == nil || !strings.Contains(err.Error(), "other images") {
		t.Errorf("after a change in place the error is %v", err)
	}
}

// Of the codes that are drawn for N(0, I), PrecisionRecallOf says what PrecisionRecall does.
func TestPrecisionRecallOfStandardCodes(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	m, err := Train(tiny.Config(), tiny.Data(160, 120))
	if err != nil {
		t.Fatal(err)
	}
	standard := make([]kl.Diagonal, study.Judged)
	for i := range standard {
		standard[i] = kl.StandardDiagonal(m.Config.Latent)
	}
	codes, err := measure.Draw(standard, m.Config.Seed)
	if err != nil {
		t.Fatal(err)
	}
	precision, recall, err := m.PrecisionRecall()
	if err != nil {
		t.Fatal(err)
	}
	if p, r, err := m.PrecisionRecallOf(codes); err != nil || p != precision || r != recall {
		t.Errorf("precision %v and recall %v, %v, want %v and %v", p, r, err, precision, recall)
	}
}
