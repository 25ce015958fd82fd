package kl

import (
	"math"

	"vaelab/vaelib/words"
)

// TwoPoints are demonstrations of two styles: in a share of them every number is +1 (all go left), in the others −1 (all go right). A
// decoder that learns nothing from z must give one answer to all, and which one is best depends on the error alone: it is known
// exactly, so a model that is trained on such demonstrations can be held against it. It stands here, beside [Loss], because a
// Loss's two terms are what it speaks of: the error that is left without z, and the nats that z has to spend to take it away.
//
// The zero TwoPoints has no numbers: [TwoPoints.Validate] refuses it.
type TwoPoints struct {
	Share float64 // of +1, from 0 to 1
	Dim   int     // numbers of a demonstration, all alike
}

// Validate reports a share that isn't one and a demonstration without numbers.
func (m TwoPoints) Validate() error {
	switch {
	case !(m.Share >= 0 && m.Share <= 1):
		return words.Errorf("Share is %v: the share of +1 is from 0 to 1", m.Share)
	case m.Dim < 1:
		return words.Errorf("Dim is %d: a demonstration has at least 1 number", m.Dim)
	}
	return nil
}

// Best gives the best single answer, the same in each of the Dim numbers: any from low to high is as good.
//
//	SquaredError   the mean 2s − 1, which nobody has demonstrated; at s = ½ it is 0, in the middle of what both avoid
//	AbsoluteError  the weighted median: +1 for s > ½ and −1 for s < ½, the majority's own; at s = ½ every number from −1 to 1
//
// At the tie the loss doesn't see a difference between going left, going right and going through the middle. Each number has its own
// median, so there even answers between which the numbers disagree are as good: the whole cube [−1, 1]ᵈ.
func (m TwoPoints) Best(e ReconstructionError) (low, high float64, err error) {
	if err := m.check(e); err != nil {
		return 0, 0, err
	}
	switch {
	case e == SquaredError:
		return 2*m.Share - 1, 2*m.Share - 1, nil
	case m.Share > 0.5:
		return 1, 1, nil
	case m.Share < 0.5:
		return -1, -1, nil
	}
	return -1, 1, nil
}

// ExpectedError is that of an answer x in each of the Dim numbers, summed over them, in the unit of x or its square:
//
//	AbsoluteError  Dim · (s·|1 − x| + (1 − s)·|1 + x|)
//	SquaredError   Dim · (s·(1 − x)² + (1 − s)·(1 + x)²) = Dim · ((x − (2s − 1))² + 4s(1 − s))
func (m TwoPoints) ExpectedError(e ReconstructionError, answer float64) (float64, error) {
	if err := m.check(e); err != nil {
		return 0, err
	}
	if err := finite("answer", answer); err != nil {
		return 0, err
	}
	left, right := math.Abs(1-answer), math.Abs(1+answer)
	if e == SquaredError {
		left, right = left*left, right*right
	}
	return notOverflown(float64(m.Dim) * (m.Share*left + (1-m.Share)*right))
}

// LeastError is the expected error of the best answer, summed over its numbers: Dim · 4s(1 − s) for squares, Dim · 2·min(s, 1 − s) for
// absolute errors. It is all that z can save.
func (m TwoPoints) LeastError(e ReconstructionError) (float64, error) {
	low, _, err := m.Best(e)
	if err != nil {
		return 0, err
	}
	return m.ExpectedError(e, low)
}

// Information is −s log s − (1 − s) log(1 − s), in nats a demonstration: what z must say so that the decoder always knows which
// style it is, and so the least KL term, averaged over demonstrations, of a model that restores both without an error. At s = ½
// it is log 2.
func (m TwoPoints) Information() (float64, error) {
	if err := m.Validate(); err != nil {
		return 0, err
	}
	nats := 0.0
	for _, s := range []float64{m.Share, 1 - m.Share} {
		if s > 0 {
			nats -= s * math.Log(s)
		}
	}
	return nats, nil
}

func (m TwoPoints) check(e ReconstructionError) error {
	if err := m.Validate(); err != nil {
		return err
	}
	if e != SquaredError && e != AbsoluteError {
		return words.Errorf("the error is %v, which has no value at −1: write kl.SquaredError or kl.AbsoluteError", e)
	}
	return nil
}
