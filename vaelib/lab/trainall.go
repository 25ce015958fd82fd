package lab

import (
	"fmt"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/training"
)

// TrainAll gives the model of each of the settings, training those that haven't been trained before, one after the
// other. It shows one line for all of them.
func TrainAll(data datasets.Dataset, configs ...run.Config) ([]*Model, error) {
	b, err := open()
	if err != nil {
		return nil, err
	}
	ctx, stop := interruptible()
	defer stop()
	tell := show.Status()
	var models []*Model
	trained := 0
	for i, config := range configs {
		job := training.Job{Config: config, Data: data, Observe: func(p run.Progress) {
			tell(fmt.Sprintf("Model %d of %d: %s with %d dimensions, seed %d, epoch %d of %d, on %s.", i+1, len(configs),
				name(run.Identity{Config: config}), config.Latent, config.Seed, min(len(p.History)+1, config.Epochs), config.Epochs, p.Backend), false)
		}}
		ready, found, err := training.Find(b, job)
		if err == nil && !found {
			trained++
			ready, err = training.Train(ctx, b, job)
		}
		if err != nil {
			return nil, err
		}
		m := Of(ready, data, b)
		m.loaded = found
		models = append(models, m)
	}
	tell(fmt.Sprintf("%d models are ready: %d trained now, %d loaded. Computed with %s.",
		len(models), trained, len(models)-trained, b.Words), true)
	return models, nil
}
