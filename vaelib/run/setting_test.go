package run_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// shouting is a notation that no Go code has.
type shouting struct{}

func (shouting) Setting(name run.Setting) string { return "«" + strings.ToUpper(string(name)) + "»" }
func (shouting) Value(v any) string              { return "«" + reflect.TypeOf(v).Name() + "»" }

// Every error of Validate carries its setting, which is a field of Config, and the value; and in another notation it holds no Go.
func TestValidateTellsFrontEnds(t *testing.T) {
	for _, change := range []func(c *run.Config){
		func(c *run.Config) { c.Model = "gan" },
		func(c *run.Config) { c.Latent = 0 },
		func(c *run.Config) { c.Hidden = -1 },
		func(c *run.Config) { c.Hidden = 0 },
		func(c *run.Config) { c.Decoder = "poisson" },
		func(c *run.Config) { c.Decoder, c.PixelSigma = run.Gaussian, 0 },
		func(c *run.Config) { c.KLWeight = -1 },
		func(c *run.Config) { c.Epochs = 0 },
		func(c *run.Config) { c.Batch = 0 },
		func(c *run.Config) { c.LearningRate = 0 },
		func(c *run.Config) { c.Schedule = run.Schedule{Epochs: 1, Cycles: 2} },
		func(c *run.Config) { c.Schedule = run.Cyclic(99, 0.5) },
		func(c *run.Config) { c.Schedule = run.Linear(99) },
		func(c *run.Config) { c.FreeBits = -1 },
		func(c *run.Config) { c.Rate = run.TargetRate{Nats: 1} },
		func(c *run.Config) { c.Rate, c.FreeBits = run.TargetRate{Nats: 1, Pull: 1}, 1 },
		func(c *run.Config) { c.Sigma = "best" },
		func(c *run.Config) { c.Sigma = run.LearnedSigma },
		func(c *run.Config) { c.Decay = "steps" },
		func(c *run.Config) { c.Layers = "dense" },
		func(c *run.Config) { c.Layers, c.Hidden, c.Decoder = run.Convolutional, 0, run.Gaussian },
	} {
		c := run.Default()
		change(&c)
		err := (*run.SettingError)(nil)
		if !errors.As(c.Validate(), &err) {
			t.Errorf("%+v gives %v", c, c.Validate())
			continue
		}
		field := reflect.ValueOf(c).FieldByName(string(err.Setting))
		if !field.IsValid() || !reflect.DeepEqual(field.Interface(), err.Value) {
			t.Errorf("%v: the setting is %q, its value %v", err, err.Setting, err.Value)
		}
		said := err.In(shouting{})
		if !strings.HasPrefix(said, "«"+strings.ToUpper(string(err.Setting))+"» is ") || strings.Contains(said, "run.") || strings.Contains(said, string(err.Setting)+" ") {
			t.Errorf("in another notation it says %q", said)
		}
		if in := err.Error(); !strings.HasPrefix(in, string(err.Setting)+" is ") || strings.Contains(in, "%!") {
			t.Errorf("in Go it says %q", in)
		}
	}
}
