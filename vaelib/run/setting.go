package run

import (
	"fmt"

	"vaelab/vaelib/words"
)

// Setting is the name of a field of [Config], or of what stands beside it in a job: "KLWeight", "Devices". "" names none.
type Setting string

// SettingError is the error about a setting that can't be trained with. Its sentence names the setting, and says what
// could be chosen instead. It writes settings and values as Go code does; a front end where they are written otherwise,
// such as a command with flags, has [SettingError.In] write the same sentence in a [Notation] of its own. Make one with
// [NewSettingError]: the zero SettingError says nothing.
type SettingError struct {
	Setting Setting // the one to change
	Value   any     // what it is

	format string
	args   []any // settings and values among them are written in a notation
}

// NewSettingError makes the [SettingError] about a setting with this value. The sentence is made of format, which
// [words.Format] marks for translation, and args, as by [words.Say]. Those args that a [Notation] can write are written in the
// reader's notation: a Setting, Kind, Likelihood, SigmaRule, Decay, Layers, PriorRule or Schedule. Use %v for them.
func NewSettingError(setting Setting, value any, format string, args ...any) *SettingError {
	return &SettingError{setting, value, format, args}
}

func (e *SettingError) Error() string { return e.In(InGo{}) }

// In is the error's sentence, with settings and values written in a notation.
func (e *SettingError) In(n Notation) string {
	args := make([]any, len(e.args))
	for i, a := range e.args {
		switch a := a.(type) {
		case Setting:
			args[i] = n.Setting(a)
		case Kind, Likelihood, SigmaRule, Decay, Layers, Schedule, PriorRule:
			args[i] = n.Value(a)
		default:
			args[i] = a
		}
	}
	return words.Say(e.format, args...)
}

// Notation is how a front end writes settings and their values. [SettingError.In] asks it on the caller's goroutine, once
// for each setting and value in the sentence; a Notation that several goroutines share must allow that.
type Notation interface {
	Setting(name Setting) string
	Value(v any) string // a Kind, Likelihood, SigmaRule, Decay, Layers or PriorRule that can be chosen, or a Schedule, also a refused one
}

// InGo is the [Notation] of Go code, and so of notebooks: KLWeight, run.VAE, run.Linear(5). The zero value is ready, and
// several goroutines may share it.
type InGo struct{}

// Setting is the name itself.
func (InGo) Setting(name Setting) string { return string(name) }

// Value is the Go expression for a value, such as run.VAE or run.Linear(5); empty where there is none.
func (InGo) Value(v any) string {
	switch v := v.(type) {
	case Schedule:
		switch {
		case v == (Schedule{}):
			return "run.Schedule{}"
		case v.Cycles != 0 || v.Share != 0:
			return fmt.Sprintf("run.Cyclic(%d, %v)", v.Cycles, v.Share)
		}
		return fmt.Sprintf("run.Linear(%v)", v.Epochs)
	}
	return map[any]string{
		VAE: "run.VAE", AE: "run.AE", Bernoulli: "run.Bernoulli", Gaussian: "run.Gaussian", Laplace: "run.Laplace",
		FixedSigma: "run.FixedSigma", LearnedSigma: "run.LearnedSigma", OptimalSigma: "run.OptimalSigma",
		NoDecay: "run.NoDecay", LinearDecay: "run.LinearDecay", CosineDecay: "run.CosineDecay",
		Dense: "run.Dense", Convolutional: "run.Convolutional",
		LearnedPrior: "run.LearnedPrior",
	}[v]
}
