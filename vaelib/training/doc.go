// Package training trains a model and keeps the run.
//
//	Job ──▶ Train ──▶ run.Run
//
// One epoch is a stream of chunks: a goroutine shuffles images and draws noise (feed.go), the backend makes all
// steps of a chunk in one execution (step.go: forward, gradient and Adam inside a loop), and the trainer checks
// every step's loss, tells the observer, measures the test images (judge.go) and saves the state (run.Folder).
//
// All random numbers are drawn in Go from the run's seed, one stream for each purpose and epoch, so a run is the
// same on each start, an interrupted run ends with the very numbers of an uninterrupted one, and XLA and pure Go
// see the same weights, order and noise.
package training
