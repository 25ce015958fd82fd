package training

import (
	"strings"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// MemoryError says that what computes has too little memory for a training, and has refused it. The backend stays usable, and
// finished epochs are kept.
type MemoryError struct {
	Config  run.Config // of the training
	Backend string     // in words: "XLA on an NVIDIA GPU"
	Err     error      // of the backend
}

func (e *MemoryError) Error() string {
	_, why, told := strings.Cut(e.Err.Error(), exhausted)
	if !told {
		why = e.Err.Error()
	}
	return words.Say("%s has too little memory for this training: choose a smaller %v (it is %d) or %v (it is %d), or end what else uses its memory (%s)",
		e.Backend, run.Setting("Batch"), e.Config.Batch, run.Setting("Hidden"), e.Config.Hidden, strings.TrimSpace(why))
}

func (e *MemoryError) Unwrap() error { return e.Err }

// exhausted is how go-xla writes PJRT_Error_Code_RESOURCE_EXHAUSTED of pjrt_c_api.h, before XLA's own message. It hands on no value.
const exhausted = "PJRT error (code=8):"

// wanting makes an error about memory a value. Some come as another code, with the name of this one in XLA's message.
func (t *trainer) wanting(err error) error {
	if err == nil || !strings.Contains(err.Error(), exhausted) && !strings.Contains(err.Error(), "RESOURCE_EXHAUSTED") {
		return err
	}
	return &MemoryError{t.job.Config, t.words(), err}
}
