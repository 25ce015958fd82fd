// Package run says what a training run is, in plain values. Using them takes no backend, no GoMLX and no file.
//
//	Config     what a learner chooses: network, loss, schedule, seed; Validate says what can't be
//	Identity   everything that shaped a run: its Config, the data, the loss, what computes; Key names it
//	Terms      loss, reconstruction term and KL term, in nats an image
//	Epoch      a line of a run's history; Progress is where a training is
//	Run        a finished run: its identity, where it is kept, its history and weights (State)
//	Weights    the names and shapes of a network's arrays; Config.Fit holds arrays against them
//
// All types here are plain values that no method changes, so several goroutines may read one at once. A copy of a [State], a
// [Run] or a [Progress] shares its lists. Each type says what its zero value is; that of a [SettingError] is never returned.
//
// Package [vaelab/vaelib/store] keeps runs and finds them again. Neither package imports GoMLX, so a cell that draws a
// finished run's curves doesn't wait for a backend.
package run
