package losses

import (
	"math"

	"vaelab/vaelib/check"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Bands are how far the test terms of two trainings with the same loss and settings may lie apart, as shares of the
// reference's: the loss, and its two parts. With the same seed and another way of writing the same loss, five trainings
// of the course's sample with 2 dimensions came out within 0.001 nats of their references; among six seeds the losses
// differ by up to 0.8%, the KL terms by up to 9%. A mean over the 2 dimensions moves the KL term by 22%, a missing ½ by 21%.
const (
	LossBand           = 0.02
	ReconstructionBand = 0.02
	KLBand             = 0.12
)

// CheckTrained judges what training with the learner's loss came to: mine is its last epoch, reference that of the
// course's own loss with the same settings. On the test images the loss and its parts must be within the Bands.
func (l *Exercise) CheckTrained(mine, reference run.Epoch) {
	e := l.Function.Exercise
	e.Another = "" // Check has said it
	e.Settle(l.JudgeTrained(mine, reference))
}

// JudgeTrained finds out whether a training came to what it should, and shows nothing.
func (l *Exercise) JudgeTrained(mine, reference run.Epoch) check.Report {
	if mine.Epoch == 0 || reference.Epoch == 0 {
		return check.Report{State: check.NotAttempted, Diagnosis: words.Say(
			"There is no finished training to look at: train with your loss, and with the course's own, first.")}
	}
	m, r := mine.Test, reference.Test
	weight := (r.Loss - r.Reconstruction) / r.KL // whatever loss the learner wrote, the parts are measured the same way
	value := m.Reconstruction + weight*m.KL
	report := check.Report{State: check.Wrong, Example: &check.Example{
		Input: words.Say("on the test pictures, nats an image"), Got: terms(value, m), Want: terms(r.Loss, r)}}
	switch {
	case math.IsNaN(value) || math.IsInf(value, 0):
		report.Diagnosis = words.Say("The training has no finite result: the loss gave NaN or ∞ on the way.")
	case mine.Epoch != reference.Epoch:
		report.Diagnosis = words.Say("Your training took %d epochs and the reference %d: use the same settings for both.", mine.Epoch, reference.Epoch)
	case m.KL > r.KL*(1+KLBand):
		report.Diagnosis = words.Say("The codes pay %.1f nats of KL where they should pay %.1f: your loss fines them too little. Is the KL term averaged, or its weight not applied, or its sign turned?", m.KL, r.KL)
	case m.KL < r.KL*(1-KLBand):
		report.Diagnosis = words.Say("The codes pay %.1f nats of KL where they should pay %.1f: your loss fines them too much. Is a ½ missing, or the reconstruction term averaged?", m.KL, r.KL)
	case !(math.Abs(m.Reconstruction/r.Reconstruction-1) <= ReconstructionBand):
		report.Diagnosis = words.Say("The KL term is as expected, and pictures are restored at %.1f nats instead of %.1f: look at the reconstruction term.", m.Reconstruction, r.Reconstruction)
	case !(math.Abs(value/r.Loss-1) <= LossBand):
		report.Diagnosis = words.Say("The test loss is %.1f nats an image, and should be within %g%% of %.1f.", value, 100*LossBand, r.Loss)
	default:
		return check.Report{State: check.Right, Tested: words.Say(
			"Trained: the test loss is %.1f nats an image, and %.1f with the course's own loss (to be within %g%%); the KL term is %.2f, and %.2f (within %g%%).",
			value, r.Loss, 100*LossBand, m.KL, r.KL, 100*KLBand)}
	}
	return report
}

func terms(loss float64, t run.Terms) string {
	return words.Say("loss %.1f = reconstruction %.1f + weighted KL of %.2f", loss, t.Reconstruction, t.KL)
}
