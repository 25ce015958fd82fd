package main

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// learned are losses as they come.
var learned = []run.Terms{
	{Loss: 296.5, Reconstruction: 288.5, KL: 8}, {Loss: 286, Reconstruction: 278.7, KL: 7.3}, {Loss: 281.1, Reconstruction: 274.3, KL: 6.8},
}

// moved is a copy in which one term of one epoch is so much of the loss away.
func moved(epoch, term int, share float64) []run.Terms {
	list := slices.Clone(learned)
	e := &list[epoch]
	*[]*float64{&e.Loss, &e.Reconstruction, &e.KL}[term] += share * learned[epoch].Loss
	return list
}

// What is moved beyond the bound fails, in whichever epoch and term and direction; what is moved less passes.
func TestLossesThatAreMoved(t *testing.T) {
	for _, most := range []bounds{allowed(false, true), allowed(false, false), allowed(true, true), allowed(true, false)} {
		bound := most.loss
		if apart, err := sameLosses(learned, learned, bound); apart != 0 || err != nil {
			t.Errorf("the same are %v apart, %v", apart, err)
		}
		for epoch := range learned {
			for term := range 3 {
				for _, sign := range []float64{-1, 1} {
					if apart, err := sameLosses(moved(epoch, term, sign*0.9*bound), learned, bound); err != nil || apart == 0 {
						t.Errorf("epoch %d, term %d, less than the bound: %v, %v", epoch, term, apart, err)
					}
					if _, err := sameLosses(moved(epoch, term, sign*1.1*bound), learned, bound); err == nil {
						t.Errorf("epoch %d, term %d, more than the bound passes", epoch, term)
					}
				}
			}
		}
	}
	for name, a := range map[string][]run.Terms{
		"none": nil, "too few": learned[:2], "NaN": moved(1, 2, math.NaN()), "infinite": moved(2, 0, math.Inf(1)),
	} {
		if _, err := sameLosses(a, learned, 1); err == nil {
			t.Errorf("%s passes", name)
		}
		if _, err := sameLosses(learned, a, 1); err == nil {
			t.Errorf("%s passes as the other", name)
		}
	}
}

// Losses of another seed are told from the same ones, even as widely as TF32 is judged.
func TestBoundsTellAnotherTraining(t *testing.T) {
	// The sample with seeds 2 to 4 on XLA's CPU; learned is seed 1.
	for seed, last := range map[int]float64{2: 282.84, 3: 283.21} {
		other := slices.Clone(learned)
		other[2].Loss = last
		if _, err := sameLosses(other, learned, allowed(true, false).loss); err == nil {
			t.Errorf("seed %d passes for seed 1", seed)
		}
	}
}

func TestLooksThatAreMoved(t *testing.T) {
	is := looked{Codes: []float64{0.5, -4, 2}, Pictures: []float64{0, 128, 255}}
	most := allowed(false, true)
	other := func(code, grey float64) looked {
		l := looked{slices.Clone(is.Codes), slices.Clone(is.Pictures)}
		l.Codes[0] += code
		l.Pictures[1] += grey
		return l
	}
	for _, c := range []struct {
		is     looked
		passes bool
	}{
		{is, true}, {other(0.9*4*most.code, 0), true}, {other(0, 1), true},
		{other(1.1*4*most.code, 0), false}, {other(-1.1*4*most.code, 0), false}, {other(0, 2), false}, {other(0, -2), false},
		{other(math.NaN(), 0), false}, {other(0, math.NaN()), false},
		{looked{}, false}, {looked{is.Codes[:2], is.Pictures}, false}, {looked{is.Codes, nil}, false},
	} {
		if _, _, err := sameLooks(c.is, is, most); (err == nil) != c.passes {
			t.Errorf("%+v: %v", c.is, err)
		}
	}
	if _, _, err := sameLooks(looked{[]float64{0}, is.Pictures}, looked{[]float64{0}, is.Pictures}, most); err == nil {
		t.Error("a network whose codes are all 0 passes")
	}
}

func TestASweepThatDiffers(t *testing.T) {
	if err := (swept{}).judge(); err != nil {
		t.Error(err)
	}
	differs := swept{Different: []string{"KL weight 2, side by side: the weights"}}
	if err := differs.judge(); err == nil || !strings.Contains(err.Error(), "KL weight 2") {
		t.Error(err)
	}
	a := run.Run{State: run.State{History: []run.Epoch{{Test: learned[0]}}, Arrays: []run.Array{{Data: []float32{1, 2}}}}}
	b := run.Run{State: run.State{History: a.State.History, Arrays: []run.Array{{Data: []float32{1, math.Nextafter32(2, 3)}}}}}
	c := run.Run{State: run.State{History: []run.Epoch{{Test: learned[1]}}, Arrays: a.State.Arrays}}
	if why := unlike(a, a); why != "" {
		t.Errorf("the same differ: %s", why)
	}
	if unlike(a, b) == "" || unlike(a, c) == "" {
		t.Error("another weight or loss passes")
	}
}

func TestARefusalThatIsNone(t *testing.T) {
	small := learnt{Digest: "a", Test: learned}
	other := learnt{Digest: "b", Test: moved(0, 0, 0.1)}
	for _, c := range []struct {
		is     filled
		passes bool
	}{
		{filled{Before: small, After: small}, true},
		{filled{Before: small, After: small, Refused: "too little memory", Value: true}, true},
		{filled{Before: small, After: small, Refused: "PJRT error (code=13)"}, false},
		{filled{Before: small, After: small, Refused: "goroutine 1 [running]", Value: true}, false},
		{filled{Before: small, After: other, Refused: "too little memory", Value: true}, false},
		{filled{}, false},
	} {
		if err := c.is.judge(); (err == nil) != c.passes {
			t.Errorf("%+v: %v", c.is, err)
		}
	}
}

func TestAStopThatChangesSomething(t *testing.T) {
	near := learnt{From: 1, Digest: "b", Test: moved(2, 0, 0.5*allowed(true, false).loss)}
	far := learnt{From: 1, Digest: "b", Test: moved(2, 0, 2*allowed(true, false).loss)}
	whole := learnt{Digest: "a", Test: learned}
	for _, c := range []struct {
		name      string
		is        resumed
		card, cpu bool // passes there
	}{
		{"the same", resumed{WentOn: learnt{From: 1, Digest: "a", Test: learned}, Whole: whole, Same: true}, true, true},
		{"anew", resumed{WentOn: learnt{Digest: "a", Test: learned}, Whole: whole, Same: true}, false, false},
		{"near", resumed{WentOn: near, Whole: whole}, true, false},
		{"far", resumed{WentOn: far, Whole: whole}, false, false},
	} {
		if card, cpu := c.is.judge(true, false), c.is.judge(false, false); (card == nil) != c.card || (cpu == nil) != c.cpu {
			t.Errorf("%s: %v on a card, %v on a CPU", c.name, card, cpu)
		}
	}
}

// The lines are of the form that NVIDIA's manual of nvidia-smi gives for --query-gpu with csv,noheader,nounits.
func TestWhatNvidiaSMISays(t *testing.T) {
	cards, err := readSMI("NVIDIA H200, 580.65.06, 143771, 4\nNVIDIA H200, 580.65.06, 143771, 81920\n")
	want := []gpu{{"NVIDIA H200", "580.65.06", 143771, 4, 4}, {"NVIDIA H200", "580.65.06", 143771, 81920, 81920}}
	if err != nil || !slices.Equal(cards, want) {
		t.Errorf("%+v, %v", cards, err)
	}
	if _, err := readSMI("NVIDIA GB10, 580.65.06, [N/A], [N/A]\n"); !errors.As(err, new(notHereError)) {
		t.Errorf("a card that shares the memory gives %v", err)
	}
	for _, text := range []string{"", "No devices were found\n", "a, b\nc\n"} {
		if cards, err := readSMI(text); err == nil || errors.As(err, new(notHereError)) {
			t.Errorf("%q gives %+v, %v", text, cards, err)
		}
	}
}

// What can't be compared is written nevertheless.
func TestAGapInJSON(t *testing.T) {
	text, err := json.Marshal([]gap{0.25, gap(math.Inf(1))})
	if err != nil || string(text) != `[0.25,"infinite"]` {
		t.Errorf("%s, %v", text, err)
	}
}

// One failed step is the program's failure; one that isn't here is none.
func TestOneFailureIsEnough(t *testing.T) {
	var said strings.Builder
	r := report{Steps: []outcome{{Result: passed}, {Result: absent}}}
	if err := r.sum(&said); err != nil || !strings.Contains(said.String(), "✓ 1 passed, ✗ 0 failed, – 1 not here") {
		t.Errorf("%v: %s", err, said.String())
	}
	r.Steps = append(r.Steps, outcome{Result: failed})
	if err := r.sum(&said); !errors.Is(err, errFailed) {
		t.Errorf("%v", err)
	}
}

// Trainings grow, and by no more than twice, so that the last one before a refusal says something.
func TestAttemptsGrow(t *testing.T) {
	for _, quick := range []bool{false, true} {
		list := attempts(quick)
		for i, a := range list {
			config := run.Default()
			config.Hidden, config.Batch = a.Hidden, a.Batch
			if err := config.Validate(); err != nil {
				t.Error(err)
			}
			if i > 0 && (a.Bytes <= list[i-1].Bytes || a.Bytes > 2*list[i-1].Bytes) {
				t.Errorf("%+v follows %+v", a, list[i-1])
			}
		}
		if last := list[len(list)-1].Bytes; last < 150<<30 {
			t.Errorf("no more than %d bytes are tried", last)
		}
	}
}
