package exercise

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/check"
	"vaelab/vaelib/kl"
)

// Each quiz has five whole questions with one right option each, every confusion is asked about, and no letter is right too often.
func TestQuizzesAreWhole(t *testing.T) {
	letters := map[string]int{}
	var about []check.Confusion
	for i, q := range quizzes {
		if q.ID != fmt.Sprint("Quiz", i+1) || q.Notebook != i+1 || q.Title == "" || q.Minutes < 1 || len(q.Questions) != 5 {
			t.Errorf("%s of notebook %d, %q: %d questions", q.ID, q.Notebook, q.Title, len(q.Questions))
		}
		for n, question := range q.Questions {
			where := fmt.Sprintf("%s, question %d", q.ID, n+1)
			letters[question.Right()]++
			about = append(about, question.About)
			if !strings.HasSuffix(question.Text, "?") || len(question.Options) < 3 || len(question.Options) > 4 {
				t.Errorf("%s has %d options: %s", where, len(question.Options), question.Text)
			}
			right, said := 0, map[string]bool{}
			for _, o := range question.Options {
				if o.Right {
					right++
				}
				if o.Text == "" || len([]rune(o.Explains)) < 20 || said[o.Text] || said[o.Explains] {
					t.Errorf("%s: the option %q is explained by %q", where, o.Text, o.Explains)
				}
				said[o.Text], said[o.Explains] = true, true
				if regexp.MustCompile(`[^\p{L}]-\d`).MatchString(o.Text + " " + o.Explains) {
					t.Errorf("%s: a hyphen for a minus in %q", where, o.Text+o.Explains)
				}
			}
			if right != 1 {
				t.Errorf("%s has %d right options", where, right)
			}
		}
	}
	for l, n := range letters {
		if n > len(about)/2 || n > 7 {
			t.Errorf("%s is right %d times of %d", l, n, len(about))
		}
	}
	for _, c := range check.Confusions() {
		if !slices.Contains(about, c) {
			t.Errorf("no question is about this: %s", c)
		}
	}
}

var number = regexp.MustCompile(`−?\d[\d,]*(?:\.\d+)?`)

// numbersIn are the numbers in a text, and for each how far a rounded one may be off.
func numbersIn(t *testing.T, text string) (list, rounding []float64) {
	t.Helper()
	for _, word := range number.FindAllString(text, -1) {
		word = strings.NewReplacer("−", "-", ",", "").Replace(word)
		x, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatal(err)
		}
		_, decimals, _ := strings.Cut(word, ".")
		list, rounding = append(list, x), append(rounding, 0.5000001*math.Pow10(-len(decimals)))
	}
	return list, rounding
}

// The numbers of each option, right and wrong, are computed by another way. What a wrong one computes is the mistake that its
// explanation names.
func TestNumbersOfQuizzes(t *testing.T) {
	plain := func(mu, sigma float64) float64 { return distuvKL(mu, sigma) }
	byLogVar := func(s float64) float64 { return plain(0, math.Exp(s/2)) }
	inf := math.Inf(1)
	a := func(s float64) float64 { return 0.5 * (math.Exp(s) - 1 - s) }
	b := func(s float64) float64 { v := math.Exp(s); return 0.5 * (v - 1 - math.Log(v)) }
	if a(-1600) != 799.5 || b(-1600) != inf || math.Abs(a(-1)-byLogVar(-1)) > 1e-12 {
		t.Errorf("Quiz2, question 4: A gives %v, B %v", a(-1600), b(-1600))
	}
	if k := value(kl.Normal{Mu: 2, Sigma: 1}.KL(kl.Standard)); k != 2 || 0.5*(1+math.Log(1)-4-1) != -2 {
		t.Errorf("Quiz2, question 1: %v", k)
	}
	weight := value(kl.Loss{Pixels: 3072, Latent: 128, Batch: 1, ErrorFactor: 1, KLFactor: 1, ErrorPixels: kl.Mean, KLLatent: kl.Mean}.Weight())
	mean20 := value(kl.Loss{Pixels: 784, Latent: 20, Batch: 1, ErrorFactor: 1, KLFactor: 1, KLLatent: kl.Mean}.Weight())
	if mean20 != 1./20 {
		t.Errorf("Quiz2, question 5: the weight is %v", mean20)
	}
	bits := floats.Sum(slices.Repeat([]float64{1}, 784))
	sigma50 := value(kl.Loss{Pixels: 784, Latent: 1, Batch: 1, Error: kl.SquaredError, Sigma: 0.1, ErrorFactor: 50, KLFactor: 1}.Weight())
	if math.Abs(sigma50-1) > 1e-9 {
		t.Errorf("Quiz3, question 5: with σ = 0.1 the weight is %v", sigma50)
	}
	logs := []float64{-800, -801}
	alive := func(limit float64) (n float64) {
		for _, variance := range []float64{2, 0.5, 0.3, 0.05} {
			if variance > limit {
				n++
			}
		}
		return n
	}
	charge := func(nats float64) float64 { return solveFreeBits([]float64{nats}, 0.5) }
	policy := func(b float64) float64 { return value(absoluteLoss(10, 100*14, b).Weight()) }
	batch := [][]float64{{3, 0.1}, {0.5, 0.1}}
	pulled := func(nats float64) kl.Balanced {
		q := kl.Diagonal{Mu: []float64{math.Sqrt(2 * nats)}, Sigma: []float64{1}}
		return value(kl.Balance{Prior: 1, Posterior: 0.1, Free: 1}.At(q, kl.StandardDiagonal(1)))
	}
	world, still := pulled(3), pulled(0.9)
	for _, c := range []struct {
		quiz     *check.Quiz
		question int
		want     map[string][]float64 // by the letter: the numbers in its option
	}{
		{Quiz1, 2, map[string][]float64{"c": {200 - 30, 225 - 20}, "d": {200 + 30, 225 + 20}}},
		{Quiz1, 3, map[string][]float64{"a": {solveReparameterise(0.5, 0.2, -1.5)}, "b": {0.5}, "c": {0.5 - 1.5*0.2*0.2}, "d": {0.5 + 1.5*0.2}}},
		{Quiz1, 4, map[string][]float64{"a": {15, 0.3}, "c": {0.3 * 784, 15}, "d": {15, 0.3, 784}}},
		{Quiz1, 5, map[string][]float64{"a": {math.Exp(-2)}, "b": {kl.FromLogVar(0, -2).Sigma}, "c": {math.Exp(2 * -2)}}},
		{Quiz2, 1, map[string][]float64{"c": {plain(2, 1)}}},
		{Quiz2, 3, map[string][]float64{"a": {byLogVar(2 * 2)}, "b": {2 * byLogVar(2)}, "c": {plain(0, math.Sqrt(2))}, "d": {byLogVar(2)}}},
		{Quiz2, 4, map[string][]float64{"a": {799.5}, "b": {799.5}}},
		{Quiz2, 5, map[string][]float64{"a": {20 * 0.3, 1}, "c": {0.3, 1, 20}, "d": {0.3, 20}}},
		{Quiz3, 1, map[string][]float64{"d": {344 + 6.5, 281 + 7.4, 275 + 7.1}}},
		{Quiz3, 2, map[string][]float64{"a": {0}, "b": {solveGreyFloor(slices.Repeat([]float64{0.5}, 784))}, "c": {784 * 0.5 * math.Ln2}, "d": {bits}}},
		{Quiz3, 5, map[string][]float64{"a": {math.Sqrt(1. / (2 * 50))}, "b": {1. / 50}, "c": {1 / math.Sqrt(50)}, "d": {1. / (2 * 50)}}},
		{Quiz4, 1, map[string][]float64{"b": {weight}, "c": {1 / weight}, "d": {3072}}},
		{Quiz4, 2, map[string][]float64{"a": {4}, "b": {alive(1 * 0.1)}, "c": {alive(4)}, "d": {alive(4 * 0.1)}}},
		{Quiz4, 3, map[string][]float64{"a": {0.2}, "b": {0.5 - 0.2}, "c": {charge(0.2) - charge(0)}, "d": {charge(0)}}},
		{Quiz4, 5, map[string][]float64{"b": {average(logs)}, "c": {floats.LogSumExp(logs)}, "d": {floats.LogSumExp(logs) - math.Log(2)}}},
		{Quiz5, 1, map[string][]float64{"a": {policy(0.1)}, "b": {policy(1)}, "c": {10 / 0.1}, "d": {10 * 100 * 14 * 0.1}}},
		{Quiz5, 3, map[string][]float64{"a": {average(rowSums(batch))}, "b": {clippedBy(kl.EachImage, batch, 2)}, "c": {clippedBy(kl.BatchMean, batch, 2)}, "d": {clippedBy(kl.EachDimension, batch, 1)}}},
		{Quiz5, 4, map[string][]float64{"a": {world.PriorWeight + world.PosteriorWeight}, "b": {world.PriorWeight}, "c": {still.PosteriorWeight}, "d": {world.PosteriorWeight}}},
	} {
		options := c.quiz.Questions[c.question-1].Options
		for l, want := range c.want {
			text := options[l[0]-'a'].Text
			got, rounding := numbersIn(t, text)
			if len(got) < len(want) {
				t.Errorf("%s, question %d, %s: %q has no %v", c.quiz.ID, c.question, l, text, want)
				continue
			}
			for i, x := range want {
				if math.Abs(got[i]-x) > rounding[i] {
					t.Errorf("%s, question %d, %s: it says %v, and it is %v", c.quiz.ID, c.question, l, got[i], x)
				}
			}
		}
	}
}

// Numbers that stand in questions and explanations alone.
func TestNumbersOfExplanations(t *testing.T) {
	q, p := distuv.Normal{Mu: 1, Sigma: 0.5}, distuv.UnitNormal
	// The variance of log q − log p under q: of ½(σ² − 1)u² + μσu, with u from N(0, 1).
	spread := math.Sqrt(0.5*math.Pow(0.5*0.5-1, 2) + 0.5*0.5)
	estimate := value(kl.LogRatio(kl.Normal{Mu: 1, Sigma: 0.5}, kl.Standard).Estimate(10_000, 1))
	if math.Abs(estimate.StdErr/(spread/100)-1) > 0.05 {
		t.Errorf("the standard error of 10,000 draws is %v, by the formula %v", estimate.StdErr, spread/100)
	}
	narrow := kl.Normal{Mu: 0, Sigma: 0.8}
	backwards := func(sigma float64) float64 {
		return distuv.KullbackLeibler{}.DistNormal(p, distuv.Normal{Sigma: sigma})
	}
	spreadOfTerms := func(k kl.Term) float64 {
		e := value(k.Estimator(narrow, kl.Standard).Estimate(1_000_000, 1))
		return e.StdErr * math.Sqrt(float64(e.N))
	}
	for says, x := range map[string]float64{
		"0.818": distuv.KullbackLeibler{}.DistNormal(q, p), "0.007": spread / 100, "1.636": 2 * distuvKL(1, 0.5), "1.386": -math.Log(0.25),
		"0.597": 0.5 * (1 + 0.5 - 1 - math.Log(0.5)), "0.693": -math.Log(0.5), "−0.807": 0.5 * (1 + math.Log(4) - 4),
		"235.2": 0.3 * 784, "0.69": math.Ln2, "0.9": 7.4 - 6.5, "63": 344 - 281,
		"−0.45": value(narrow.Gradient(kl.Standard)).Sigma, "−0.70": (backwards(0.8+1e-5) - backwards(0.8-1e-5)) / 2e-5,
		"0.043": distuvKL(0, 0.8), "0.033": value(kl.K2.Mean(narrow, kl.Standard)),
		"0.25": spreadOfTerms(kl.K1), "0.27": spreadOfTerms(kl.K3),
		"3.1": 3 + 0.1, "0.6": 0.5 + 0.1, "1.75": (3 + 0.5) / 2,
	} {
		got, rounding := numbersIn(t, says)
		if math.Abs(got[0]-x) > rounding[0] {
			t.Errorf("it says %s, and it is %v", says, x)
		}
		if !slices.ContainsFunc(quizzes, func(q *check.Quiz) bool { return strings.Contains(fmt.Sprint(q.Questions), says) }) {
			t.Errorf("no quiz says %s", says)
		}
	}
	if apart := distuvKL(1, 0.5) / (spread / 100); apart < 100 {
		t.Errorf("%v standard errors apart", apart)
	}
}
