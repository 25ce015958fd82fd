// Package training trains a model and keeps the run.
//
//	Job   ──▶ Train ──▶ run.Run
//	[]Job ──▶ All   ──▶ []run.Run
//
// One epoch is a stream of chunks: a goroutine shuffles images and draws noise, the backend makes all steps of a chunk in
// one execution, and the trainer checks every step's loss, tells the observer, measures the test images and saves the
// state ([store.Folder]).
//
// What a schedule turns from step to step (the KL weight, the learning rate, a target rate) is worked out in Go and
// handed to the backend with the images. So runs that differ only in these, in their epochs or in their seed share one
// compiled step, and a sweep over KL weights compiles once; [All] has the whole list.
//
// A job may have several devices share each batch, which changes its numbers by rounding alone.
//
// All random numbers are drawn in Go from the run's seed, one stream for each purpose and epoch. So a run is the
// same on each start, and an interrupted run ends with the very numbers of an uninterrupted one. XLA and pure Go start from
// the same weights, and see the same order and noise.
//
// Several goroutines may train on one backend at once. Of those that want the same run, one trains it and the others
// wait, as for another process.
//
// # For readers of the source
//
// feed.go shuffles images and draws noise, step.go is a training step (forward, gradient and Adam, inside a loop),
// testset.go measures the test images. executors.go shares compiled steps between runs, devices.go divides batches among
// devices.
package training
