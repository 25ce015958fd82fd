package training

import (
	"errors"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

func convolutional(t *testing.T) Job {
	j := job(t)
	j.Config.Layers = run.Convolutional
	return j
}

// Convolutions train to the same bits again, also after an interruption, and to another run than dense layers do.
func TestConvolutionsTrainAndGoOn(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		want := train(t, b, convolutional(t))
		j := convolutional(t)
		untilEpoch(t, b, j, 3)
		identical(t, train(t, b, j).State, want.State)
		dense := j
		dense.Config.Layers = run.Dense
		if other := train(t, b, dense); other.Dir == want.Dir || other.Last().Test == want.Last().Test {
			t.Errorf("dense layers train to the same run: %+v", other.Last().Test)
		}
	})
}

func TestBackendsAgreeOnConvolutions(t *testing.T) {
	one, other := train(t, testbackend.XLA(t), convolutional(t)), train(t, testbackend.Go(t), convolutional(t))
	alike(t, one.State.History, other.State.History, 1e-3)
}

// Few steps on few images are enough to learn them.
func TestConvolutionsLearn(t *testing.T) {
	j := convolutional(t)
	j.Data = tiny.Data(16, 3)
	j.Config.Batch, j.Config.LearningRate, j.Config.Epochs = 16, 0.01, 20
	history := train(t, testbackend.Go(t), j).State.History
	if first, last := history[0].Train.Loss, history[19].Train.Loss; last > first-2 {
		t.Errorf("20 steps bring the loss from %v to %v only", first, last)
	}
}

// Pictures that convolutions can't take are refused before anything is computed.
func TestConvolutionsNeedASquare(t *testing.T) {
	j := convolutional(t)
	flat := func(images datasets.Images) datasets.Images {
		images.Width, images.Height = 2*tiny.Side, tiny.Side/2
		return images
	}
	j.Data.Train, j.Data.Test = flat(j.Data.Train), flat(j.Data.Test)
	_, err := Train(t.Context(), testbackend.Go(t), j)
	if wrong := (*run.SettingError)(nil); !errors.As(err, &wrong) || wrong.Setting != "Layers" || !strings.Contains(err.Error(), "16×4 pixels") {
		t.Errorf("the error is %v", err)
	}
}
