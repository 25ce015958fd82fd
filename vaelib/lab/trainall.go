package lab

import (
	"vaelab/datasets"
	"vaelab/vaelib/internal/interrupt"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// TrainAll gives the model of each of the settings, training those that haven't been trained before. That takes less
// time than one Train after the other: networks of the same shape are compiled once. It shows one line for all of them.
//
// Interrupting the cell keeps the finished models and epochs; running it again goes on from there.
func TrainAll(data datasets.Dataset, configs ...run.Config) ([]*Model, error) {
	e, err := computes()
	if err != nil {
		return nil, err
	}
	found, err := e.Find(data, configs...)
	if err != nil {
		return nil, err
	}
	w := newWhole(show.Status(), e.Backend().Words)
	models := make([]*Model, len(configs))
	var missing []run.Config
	var places []int // of the missing among all
	var observers []func(run.Progress)
	for i, config := range configs {
		observe := w.add(config, data.Train.Len(), found[i] != nil)
		if found[i] != nil {
			models[i] = NewModel(*found[i], data, e)
			models[i].loaded = true
			continue
		}
		missing, places, observers = append(missing, config), append(places, i), append(observers, observe)
	}
	if len(missing) == 0 {
		return models, nil
	}
	ctx, stop := interrupt.Context()
	defer stop()
	runs, err := e.Train(ctx, data, func(i int, p run.Progress) { observers[i](p) }, missing...)
	if err != nil {
		return nil, err
	}
	w.end()
	for i, r := range runs {
		models[places[i]] = NewModel(r, data, e)
	}
	return models, nil
}

// Sweep trains one setting with several KL weights, each with several seeds, and gives the models by weight: the first
// index is the weight's, the second the seed's. What has been trained before is loaded, so a weight or a seed may be
// added later without training the others again.
//
//	models := show.Must(lab.Sweep(config, data, []float64{0, 0.1, 0.5, 1, 2, 4, 10}, []uint64{1, 2, 3}))
func Sweep(config run.Config, data datasets.Dataset, weights []float64, seeds []uint64) ([][]*Model, error) {
	if len(weights) == 0 || len(seeds) == 0 {
		return nil, words.Errorf("lab.Sweep needs at least one KL weight and one seed")
	}
	var configs []run.Config
	for _, weight := range weights {
		for _, seed := range seeds {
			config.KLWeight, config.Seed = weight, seed
			configs = append(configs, config)
		}
	}
	models, err := TrainAll(data, configs...)
	if err != nil {
		return nil, err
	}
	byWeight := make([][]*Model, len(weights))
	for i := range byWeight {
		byWeight[i] = models[i*len(seeds) : (i+1)*len(seeds)]
	}
	return byWeight, nil
}
