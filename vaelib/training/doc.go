// Package training trains a model and keeps the run.
//
//	Job ──▶ Train ──▶ run.Run
//	several ──▶ All ──▶ as many
//
// One epoch is a stream of chunks: a goroutine shuffles images and draws noise (feed.go), the backend makes all
// steps of a chunk in one execution (step.go: forward, gradient and Adam inside a loop), and the trainer checks
// every step's loss, tells the observer, measures the test images (testset.go) and saves the state ([store.Folder]).
//
// What a schedule turns from step to step (the KL weight, the learning rate, a target rate) is worked out in Go and
// handed to the backend with the images. So runs that differ in these alone share one compiled step (executors.go), and
// a sweep over KL weights compiles once.
//
// A job may have several devices share each batch (devices.go), which changes its numbers by rounding alone.
//
// All random numbers are drawn in Go from the run's seed, one stream for each purpose and epoch, so a run is the
// same on each start, an interrupted run ends with the very numbers of an uninterrupted one, and XLA and pure Go
// see the same weights, order and noise.
//
// Several goroutines may train on one backend at once. Of those that want the same run, one trains it and the others wait, as
// for another process.
package training
