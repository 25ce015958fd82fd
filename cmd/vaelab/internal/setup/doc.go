// Package setup makes everything that the lab needs under .vaelab, and notices what is missing or broken.
//
// The work is a handful of steps (an environment with JupyterLab, the Go kernel, XLA's plugin, …). Each step says
// what it depends on, what its inputs are and which files it leaves; steps that don't depend on each other run at
// the same time. A finished step leaves a stamp: a digest of its inputs and a fingerprint of its files. The next
// start compares both, so a changed lock file, a moved clone, a deleted binary and a set-up that was killed half-way
// all look the same: the stamp doesn't match, and the step is made again from nothing.
//
// Nothing outside the clone is written, except what Go and pip always keep there: their caches, and Go's counters.
package setup
