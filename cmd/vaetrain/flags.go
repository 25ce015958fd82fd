package main

import (
	"errors"
	"fmt"

	"vaelab/vaelib/run"
)

// inFlags is the notation of the command line: -kl, vae, linear:5.
type inFlags struct{}

func (inFlags) Setting(name run.Setting) string {
	return "-" + map[run.Setting]string{
		"Model": "model", "Latent": "latent", "Hidden": "hidden", "Decoder": "decoder", "PixelSigma": "pixel-sigma", "KLWeight": "kl",
		"Epochs": "epochs", "Batch": "batch", "LearningRate": "lr", "Seed": "seed", "Schedule": "schedule", "FreeBits": "free-bits", "FreeOver": "free-over", "Rate": "rate",
		"Sigma": "sigma", "Decay": "decay", "Given": "given", "Prior": "prior", "Balance": "balance", "Layers": "layers", "Devices": "devices",
	}[name]
}

func (inFlags) Value(v any) string {
	if s, ok := v.(run.Schedule); ok {
		if s.Cycles != 0 || s.Share != 0 {
			return fmt.Sprintf("cyclic:%d:%v", s.Cycles, s.Share)
		}
		return fmt.Sprintf("linear:%v", s.Epochs)
	}
	return fmt.Sprint(v)
}

// sayInFlags says an error about a setting with the flag that sets it.
func sayInFlags(err error) error {
	wrong := (*run.SettingError)(nil)
	if !errors.As(err, &wrong) {
		return err
	}
	return errors.New(wrong.In(inFlags{}))
}
