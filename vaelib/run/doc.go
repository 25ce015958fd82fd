// Package run says what a training run is: pure values, which nothing is needed to hold.
//
//	Config     what a learner chooses: network, loss, schedule, seed; Validate says what can't be
//	Identity   everything that shaped a run: its Config, the data, the loss, what computes; Key names it
//	Terms      loss, reconstruction term and KL term, in nats an image
//	Epoch      a line of a run's history; Progress is where a training is
//	Run        a finished run: its identity, its history, its weights (State, Weights)
//
// Where runs are kept, and how one is found again, is package store's thought. Neither knows GoMLX: a cell that draws a
// finished run's curves doesn't wait for a backend.
package run
