// Package run says what a training run is: pure values, which nothing is needed to hold.
//
//	Config     what a learner chooses: network, loss, schedule, seed; Validate says what can't be
//	Identity   everything that shaped a run: its Config, the data, the loss, what computes; Key names it
//	Terms      loss, reconstruction term and KL term, in nats an image
//	Epoch      a line of a run's history; Progress is where a training is
//	Run        a finished run: its identity, its history, its weights (State, Weights)
//
// All types here are plain values that no method changes, so several goroutines may read one at once. A copy of a [State], a
// [Run] or a [Progress] shares its lists. Each type says what its zero value is; that of a [SettingError] is never returned.
//
// Where runs are kept, and how one is found again, is the thought of package [vaelab/vaelib/store]. Neither knows GoMLX: a
// cell that draws a finished run's curves doesn't wait for a backend.
package run
