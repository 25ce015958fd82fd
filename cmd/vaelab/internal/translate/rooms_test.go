package translate_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"gonum.org/v1/gonum/mat"

	"vaelab/datasets"
	"vaelab/vaelib/engine/ending"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/exact"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/onnx"
	"vaelab/vaelib/path"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

var quoted = regexp.MustCompile(`"[^"]*"`) // what somebody else has written

type listener struct {
	t  *testing.T
	in string // a room
}

// text must have something of the catalogue, and no two English words in a row.
func (s listener) text(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if found := wordstest.Phrases(quoted.ReplaceAllString(text, ""), "fashion-mnist-sample, fashion-mnist, mnist", "-ubyte"); len(found) > 0 || !strings.Contains(text, "字") {
			s.t.Errorf("%s says in English (%q): %s", s.in, found, text)
		}
	}
}

func (s listener) err(errs ...error) {
	s.t.Helper()
	for i, err := range errs {
		if err == nil {
			s.t.Errorf("%s: what should be error %d is none", s.in, i)
			continue
		}
		s.text(err.Error())
	}
}

func second[T any](_ T, err error) error { return err }

func TestTheMathsSpeakThroughTheCatalogue(t *testing.T) {
	wordstest.Veil(t)
	s := listener{t, "kl"}
	q := kl.Diagonal{Mu: []float64{0}, Sigma: []float64{1}}
	good := kl.Loss{Name: "ACT", Pixels: 1400, Latent: 32, Batch: 8, Error: kl.AbsoluteError, Scale: 1, ErrorFactor: 1, KLFactor: 10}
	square, none := good, good
	square.Error, square.Sigma, none.Batch = kl.SquaredError, -1, 0
	s.err(second(q.KL(kl.Diagonal{})), second(q.KL(kl.Diagonal{Mu: []float64{0, 0}, Sigma: []float64{1, 1}})), kl.ErrInfinite, square.Validate(), none.Validate(),
		second(good.ELBOSigma()), kl.Mixture{}.Validate(), kl.TwoPoints{Share: 2}.Validate(), second(kl.NewFull([]float64{0}, mat.NewSymDense(1, []float64{-1}))),
		second(kl.Estimate{N: 1}.Agrees(0, 0.1)), second(kl.Estimate{N: 9}.Agrees(0, 2)), kl.Diagonal{Mu: []float64{0}, Sigma: []float64{0}}.Validate())
	square.Sigma = 1
	s.text(good.String(), square.String(), kl.Estimate{Value: 1, StdErr: 0.1, N: 1000}.String(), kl.Mean.String(), kl.BatchMean.String())
	for _, exactly := range []float64{1, 1.2, 9} {
		verdict, err := kl.Estimate{Value: 1, StdErr: 0.1, N: 1000}.Agrees(exactly, 0.1)
		if err != nil {
			t.Fatal(err)
		}
		s.text(verdict.String())
	}
	for _, p := range kl.AtWork() {
		s.text(p.Remarks)
	}

	s.in = "measure"
	roles := func(roles ...measure.Role) (u measure.Usage) {
		for _, r := range roles {
			u = append(u, measure.Dimension{KL: 1, Role: r})
		}
		return u
	}
	s.text(roles().String(), roles(measure.Collapsed).String(), roles(measure.Collapsed, measure.Collapsed).String(), roles(measure.Idle).String(),
		roles(measure.Idle, measure.Idle).String(), roles(measure.InUse).String(), roles(measure.InUse, measure.InUse).String(),
		roles(measure.InUse, measure.Idle, measure.Collapsed).String(), measure.Idle.String(), measure.InUse.String(), measure.Collapsed.String(),
		roles(measure.InUse, measure.Idle, measure.Idle, measure.Collapsed, measure.Collapsed, measure.InUse).String())
	s.err(second(measure.FitGaussian(nil)), second(measure.FitGaussian([][]float64{{1}, {}})), second(measure.NewManifold([][]float64{{1}}, 1)),
		second(measure.Mean(nil)), second(measure.NewPCA(nil, 1)), measure.Mixture{}.Validate())

	s.in = "exact"
	s.err(second(exact.Source{}.Data()), second(exact.Of(datasets.Images{})))
	lines, err := exact.DefaultSource().Data()
	if err != nil {
		t.Fatal(err)
	}
	s.text(lines.Title, lines.Source)
	s.text(words.Texts(lines.Train.Classes)...)
}

func TestPathsSpeakThroughTheCatalogue(t *testing.T) {
	wordstest.Veil(t)
	s, scene := listener{t, "path"}, path.Standard()
	outside, inside, close := scene, scene, scene
	outside.Start.X, inside.Goal, close.Goal = 2, scene.Obstacle.Centre, scene.Start
	s.err(outside.Validate(), inside.Validate(), close.Validate(), path.Demonstration{Scene: scene}.Validate(), path.Teacher{Share: 2}.Validate(),
		path.Teacher{Scene: path.Scene{Start: path.Point{X: 0.1, Y: 0.05}, Goal: path.Point{X: 0.1, Y: 0.95}, Obstacle: path.Circle{Centre: path.Point{X: 0.1, Y: 0.5}, Radius: 0.2}}, Share: 1}.Validate(),
		second(path.Teacher{Scene: scene}.Demonstrations(0)), second(path.Dataset("", "", nil, nil)), second(path.Dataset("x", "", nil, nil)))
	for _, line := range [][]path.Point{nil, {scene.Start, scene.Goal}, {scene.Goal, scene.Start}, {{X: 0.9, Y: 0.9}, scene.Goal}, {scene.Start, {X: 0.9, Y: 0.1}}, {scene.Start, {X: 3}}} {
		s.err(second(path.Resample(line, scene)))
	}
	off := make(path.Path, path.Points)
	for i := range off {
		off[i] = path.Point{X: 0.9, Y: 0.9}
	}
	s.err(path.Demonstration{Scene: scene, Path: off}.Validate())
	for _, file := range []string{"", "{", `{"format": "else"}`, `{"format": "vaelab paths 1", "paths": [{}]}`} {
		s.err(second(path.Read(strings.NewReader(file))))
	}
}

func TestRunsSpeakThroughTheCatalogue(t *testing.T) {
	wordstest.Veil(t)
	s := listener{t, "run"}
	for _, change := range []func(c *run.Config){
		func(c *run.Config) { c.Model = "" }, func(c *run.Config) { c.Latent = 0 }, func(c *run.Config) { c.Hidden = 0 }, func(c *run.Config) { c.Hidden = -1 },
		func(c *run.Config) { c.Decoder = "" }, func(c *run.Config) { c.Decoder, c.PixelSigma = run.Gaussian, 0 }, func(c *run.Config) { c.KLWeight = -1 },
		func(c *run.Config) { c.Epochs = 0 }, func(c *run.Config) { c.Batch = 0 }, func(c *run.Config) { c.LearningRate = 0 },
		func(c *run.Config) { c.Layers = "x" }, func(c *run.Config) { c.Schedule = run.Linear(-1) }, func(c *run.Config) { c.Schedule = run.Cyclic(0, 0.5) },
		func(c *run.Config) { c.FreeBits = -1 }, func(c *run.Config) { c.FreeOver = run.BatchMean }, func(c *run.Config) { c.Rate.Pull = -1 },
		func(c *run.Config) { c.Sigma = run.LearnedSigma }, func(c *run.Config) { c.Decay = "x" }, func(c *run.Config) { c.Given = -1 },
		func(c *run.Config) { c.Prior = "x" }, func(c *run.Config) { c.Balance.Prior = 1 },
	} {
		c := run.Default()
		change(&c)
		s.err(c.Validate())
	}
	conv := run.Default()
	conv.Layers = run.Convolutional
	s.err(conv.Fits(7, 7), conv.ValidateNetwork(0, 7), conv.Fit(nil, 64), conv.Fit([]run.Array{{Name: "x"}}, 64))
	first := run.Weights(run.Default(), 1)[0]
	s.err(run.Default().Fit([]run.Array{{Name: first.Name}}, 1), run.Default().Fit([]run.Array{{Name: first.Name, Dims: first.Dims}}, 1))
	for _, c := range []run.Config{
		{KLWeight: 4}, {Rate: run.TargetRate{Nats: 5}}, {Schedule: run.Cyclic(4, 0.5)}, {Schedule: run.Linear(5)}, {FreeBits: 2}, {FreeBits: 2, FreeOver: run.EachImage},
		{FreeBits: 2, FreeOver: run.BatchMean, Sigma: run.LearnedSigma}, {Sigma: run.OptimalSigma, Prior: run.LearnedPrior},
		{Prior: run.LearnedPrior, Balance: run.Balance{Prior: 1, Posterior: 0.1}},
	} {
		s.text(c.Aim())
		if key := (run.Identity{Config: c, Data: "mnist"}).Key(); strings.Contains(key, "字") || !strings.Contains(key, "kl") {
			t.Errorf("a run's folder is called %s: it has another name in another language", key)
		}
	}
	s.text(words.Text(run.PureGo.Words))

	s.in = "store"
	s.err(second(store.Describe(datasets.Dataset{Name: "x"})), &store.OtherRunError{}, store.ErrDamaged)
	like := run.Identity{Config: run.Default(), Width: 1, Height: 1}
	torn := filepath.Join(t.TempDir(), "torn")
	if err := os.WriteFile(torn, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s.err(second(store.Open("x")), second(store.ReadArrays(torn)), second(store.Bring(t.Context(), "x", run.Identity{}, nil)), second(store.Bring(t.Context(), "x", like, nil)))
	s.in = "onnx"
	unfinished := run.Run{Identity: like, State: run.State{Arrays: []run.Array{{}}}}
	s.err(second(onnx.Models(run.Run{})), second(onnx.Models(run.Run{Identity: like})), second(onnx.Models(unfinished)))
	unfinished.Epochs = 0
	s.err(second(onnx.Models(unfinished)))
	s.in = "trained"
	s.text(trained.CrossEntropy.Caveat(), trained.LogDensity.Caveat(), trained.LogDensity.String())
	s.err(second((&trained.Model{}).Traverse(t.Context(), make([]float64, 2), 9, nil)))

	s.in = "engine"
	for _, e := range []*ending.Error{
		{Memory: true}, {Signal: syscall.SIGTERM, Last: "x"}, {Code: 2, Last: "x"}, {Code: -1},
	} {
		e.Program, e.Do = program.Compute.Words, "run the cell again: finished epochs are kept"
		s.err(e)
	}
}

func TestDataSetsSpeakThroughTheCatalogue(t *testing.T) {
	wordstest.Veil(t)
	s := listener{t, "datasets"}
	for _, start := range []string{
		"", "\x00\x00\x08\x03\x00", "\x00\x00\x08\x01\x00\x00\x00\x01\x05", "\x00\x00\x0d\x02\x00\x00\x00\x01\x00\x00\x00\x01", "\x03\x08\x00\x00abcd", "PK\x03\x04 in it",
		"\x93NUMPY", "\x89PNG\r\n\x1a\n", "BZh91AY", "%PDF-1.7", "\x80\x04\x95", "<!doctype html>", "<?xml version", `{"a": 1}`, "1,2,3\n", "   ", "once upon", "\x01\x02\x03\x04",
		"\x00\x00\x08\x03\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01",
		"\x00\x00\x08\x03\x00\x00\x00\x09\x00\x00\x00\x01\x00\x00\x00\x01\x01", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x01\x02",
	} {
		s.err(second(datasets.ReadIDXImages(strings.NewReader(start))))
	}
	_, err := datasets.ReadIDXLabels(strings.NewReader("\x00\x00\x08\x01\x00\x00\x00\x01\x05"), 5)
	s.err(err, second(datasets.LabelsFrom(1, []uint8{0})), datasets.Images{Width: 2, Height: 2, Pixels: make([]uint8, 3)}.Validate(), &datasets.PairError{})
	for _, name := range []string{"x", datasets.FashionSample, datasets.Fashion, datasets.MNIST} {
		s.err(second(datasets.Load(t.Context(), name, datasets.Options{Dir: t.TempDir()})))
	}
	sample, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	s.text(sample.Title, sample.Source, sample.Binarised(datasets.ByChance(1)).Title, sample.Binarised(datasets.Threshold()).Title, sample.Transposed().Title)
	s.text(words.Texts(sample.Train.Classes)...)
	if name := sample.Binarised(datasets.ByChance(1)).Name; strings.Contains(name, "字") {
		t.Errorf("the name of a data set, which folders have, is translated: %s", name)
	}
}

func TestReportsOfPicturesSpeakThroughTheCatalogue(t *testing.T) {
	wordstest.Veil(t)
	s, dir := listener{t, "datasets"}, t.TempDir()
	for _, class := range []string{"a", "b"} {
		for i, side := range []image.Point{{40, 40}, {20, 10}, {9, 40}} {
			picture := image.NewGray(image.Rectangle{Max: side})
			for at := range picture.Pix {
				picture.Pix[at] = uint8(200 + at%(7+i+len(class)*int(class[0])))
			}
			var file bytes.Buffer
			if err := png.Encode(&file, picture); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, class, string(rune('k'+i))+".png"), file.String())
			write(t, filepath.Join(dir, class, "twice"+string(rune('k'+i))+".png"), file.String())
			write(t, filepath.Join(dir, class, "cut"+string(rune('k'+i))+".png"), file.String()[:50])
		}
	}
	write(t, filepath.Join(dir, "a", "no.png"), "")
	write(t, filepath.Join(dir, "a", "page.png"), "<html>")
	write(t, filepath.Join(dir, "a", "some.txt"), "")
	write(t, filepath.Join(dir, "a", "ending"), "")
	write(t, filepath.Join(dir, "a", ".hidden"), "")
	write(t, filepath.Join(dir, "beside.png"), "")
	for _, invert := range []bool{false, true} {
		data, report, err := datasets.Pictures(context.Background(), dir, datasets.PictureOptions{Size: 28, Invert: invert})
		if err != nil {
			t.Fatal(err)
		}
		s.text(data.Title, data.Source)
		s.text(strings.Split(report.String(), "\n")...)
	}
	s.err(second(datasets.Folder("", datasets.PictureOptions{})), second(datasets.Folder("~/x", datasets.PictureOptions{})), second(datasets.Folder(t.TempDir(), datasets.PictureOptions{})),
		second(datasets.Folder(filepath.Join(dir, "beside.png"), datasets.PictureOptions{})), datasets.PictureOptions{Size: 1}.Validate(), datasets.PictureOptions{Test: 2}.Validate())
}

func write(t *testing.T, name, contents string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(contents), 0o644)); err != nil {
		t.Fatal(err)
	}
}
