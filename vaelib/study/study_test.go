package study_test

import (
	"context"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/study"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/training"
)

func TestMain(m *testing.M) { os.Exit(tiny.Runs(m)) }

// subject is a model that is trained on the spot, on bars.
func subject(ctx context.Context, b *backend.Backend, data datasets.Dataset, change func(c *run.Config)) (study.Subject, error) {
	c := tiny.Config()
	change(&c)
	r, err := training.Train(ctx, b, training.Job{Config: c, Data: data})
	if err != nil {
		return study.Subject{}, err
	}
	n, err := inference.Open(b.Compute, r)
	return study.Subject{Run: r, Data: data, Network: n}, err
}

func subjects(t *testing.T, data datasets.Dataset, changes ...func(c *run.Config)) (list []study.Subject) {
	t.Helper()
	for _, change := range changes {
		s, err := subject(t.Context(), testbackend.Go(t), data, change)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func seed(n uint64) func(c *run.Config) { return func(c *run.Config) { c.Seed = n } }

func ae(c *run.Config) { c.Model = run.AE }

// The numbers are what they say, the same at each call, and NaN where there is none.
func TestNumbers(t *testing.T) {
	data := tiny.Data(120, 90)
	vaes, aes := subjects(t, data, seed(1), seed(2)), subjects(t, data, ae)
	contest, err := study.RunContest(t.Context(), data, vaes, aes)
	if err != nil {
		t.Fatal(err)
	}
	score := contest.Standings[0].Scores[1]
	last := vaes[1].Run.Last()
	if score.Restored != last.Test.Reconstruction || score.Gap != last.Test.Reconstruction-last.Train.Reconstruction {
		t.Errorf("the score is %+v, the last epoch %+v", score, last)
	}
	if information := contest.Standings[1].Scores[0].Information; !math.IsNaN(information) || math.IsNaN(score.Information) {
		t.Errorf("the information of an AE is %v, of a VAE %v", information, score.Information)
	}
	if r := contest.Real; !math.IsNaN(r.Restored) || !(r.Precision > 0.5) || r.Frechet < 0 {
		t.Errorf("real pictures have %+v", r)
	}
	study.Forget()
	if again, err := study.RunContest(t.Context(), data, vaes); err != nil || !reflect.DeepEqual(again.Standings[0], contest.Standings[0]) {
		t.Errorf("a second time the scores are %+v, %v", again.Standings, err)
	}

	tradeoffs, err := study.Tradeoffs(t.Context(), vaes)
	if err != nil {
		t.Fatal(err)
	}
	if x := tradeoffs[0]; x.Weight != 1 || len(x.KL) != 2 || x.ELBO[0] != -x.Reconstruction[0]-x.KL[0] || x.Precision[1] != score.Precision {
		t.Errorf("the trade-off is %+v", x)
	}
	smooth, err := study.MeasureSmoothness(t.Context(), vaes[0], aes[0])
	if err != nil {
		t.Fatal(err)
	}
	if smooth[0].Leap.Value < 1./study.WalkSteps || smooth[0].Detour.Value < 1 || smooth[1].Overlap.N != 0 || smooth[0].Overlap.N == 0 {
		t.Errorf("the smoothness is %+v", smooth)
	}
}

func TestWhatCantBeStudied(t *testing.T) {
	data := tiny.Data(120, 90)
	list := subjects(t, data, seed(1), func(c *run.Config) { c.KLWeight = 4 })
	other := data
	other.Train = data.Train.First(60)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	nobody := study.Subject{Run: list[0].Run, Data: data}
	_, differ := study.RunContest(t.Context(), data, list)
	_, none := study.Tradeoffs(t.Context(), nil)
	_, elsewhere := study.RunContest(t.Context(), other, list[:1])
	_, empty := study.MeasureSmoothness(t.Context(), nobody)
	_, nothing := study.Tradeoffs(t.Context(), []study.Subject{nobody})
	_, untrained := study.Tradeoffs(t.Context(), []study.Subject{{}})
	_, interrupted := study.MeasureSmoothness(stopped, list[0])
	for want, err := range map[string]error{
		"differ in more than their seed": differ, "a group has no models": none, "was trained on other images": elsewhere,
		"a model is empty": empty, "give one that has been trained": nothing, "has not been trained": untrained, "encoding was stopped after 0 of 90 images": interrupted,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

// Pictures of codes that are given, against what a contest says of the same codes, and against package measure's own numbers: codes from
// N(0, I), from a Gaussian fitted to the model's, and from a mixture, of which those after the first Judged count for nothing.
func TestPrecisionRecallOf(t *testing.T) {
	data := tiny.Data(120, 90)
	s := subjects(t, data, func(c *run.Config) { c.Seed, c.Epochs, c.KLWeight = 3, 40, 0.1 })[0]
	contest, err := study.RunContest(t.Context(), data, []study.Subject{s})
	if err != nil {
		t.Fatal(err)
	}
	score := contest.Standings[0].Scores[0]
	encoded, err := s.Network.Encode(t.Context(), data.Train)
	if err != nil {
		t.Fatal(err)
	}
	clouds, err := measure.Posteriors(encoded.Mean, encoded.LogVar)
	if err != nil {
		t.Fatal(err)
	}
	own, err := measure.Draw(clouds, s.Run.Seed)
	if err != nil {
		t.Fatal(err)
	}
	one, err := measure.FitGaussian(own)
	if err != nil {
		t.Fatal(err)
	}
	two, err := measure.FitMixture(own, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	pca, err := measure.NewPCA(data.Train, measure.Features)
	if err != nil {
		t.Fatal(err)
	}
	real, err := pca.Features(data.Test)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(sigma float64) measure.Gaussian {
		g := measure.Gaussian{Mean: make([]float64, s.Run.Latent), Covariance: mat.NewSymDense(s.Run.Latent, nil)}
		for i := range s.Run.Latent {
			g.Covariance.SetSym(i, i, sigma*sigma)
		}
		return g
	}
	standard, far := wide(1), wide(30)
	distinct := map[[2]float64]bool{}
	for name, g := range map[string]interface {
		Sample(n int, seed uint64) ([][]float64, error)
	}{"a Gaussian": one, "a mixture": two, "N(0, I)": standard, "far away": far} {
		codes, err := g.Sample(study.Judged+7, s.Run.Seed)
		if err != nil {
			t.Fatal(err)
		}
		precision, recall, err := study.PrecisionRecallOf(t.Context(), s, codes)
		if err != nil {
			t.Fatal(err)
		}
		pictures, err := s.Network.Decode(t.Context(), codes[:study.Judged])
		if err != nil {
			t.Fatal(err)
		}
		painted, err := pca.Features(measure.Pictures(pictures))
		if err != nil {
			t.Fatal(err)
		}
		if p, r, err := measure.PrecisionRecall(real, painted, measure.Neighbours); err != nil || p != precision || r != recall {
			t.Errorf("%s: precision %v and recall %v, but package measure says %v, %v, %v", name, precision, recall, p, r, err)
		}
		if name == "a Gaussian" && (precision != score.FittedPrecision || recall != score.FittedRecall) {
			t.Errorf("fitted: precision %v and recall %v, and the score is %+v", precision, recall, score)
		}
		distinct[[2]float64{precision, recall}] = true
	}
	if len(distinct) < 2 {
		t.Error("all codes give the same: nothing was compared")
	}
	if precision, recall, err := study.PrecisionRecall(t.Context(), s); err != nil || precision != score.Precision || recall != score.Recall {
		t.Errorf("of N(0, I): precision %v and recall %v, %v; the score is %+v", precision, recall, err, score)
	}

	none := func(s study.Subject, codes [][]float64) error {
		_, _, err := study.PrecisionRecallOf(t.Context(), s, codes)
		return err
	}
	for want, err := range map[string]error{
		"there are 90 codes": none(s, own[:90]), "there are 0 codes": none(s, nil), "a model is empty": none(study.Subject{}, own),
		"code 0 has 1 numbers": none(s, make1(study.Judged)),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

// make1 gives n codes of one number.
func make1(n int) [][]float64 {
	codes := make([][]float64, n)
	for i := range codes {
		codes[i] = []float64{0}
	}
	return codes
}

var _ trained.Coder = (*inference.Coder)(nil)
