// Package kept says which run some settings and some data make, and finds it if it has been trained.
//
//	datasets.Dataset ──▶ Of ──▶ Data ──▶ Identity ──▶ Find ──▶ run.Run
//
// It needs no GoMLX: what has been trained is found by its name, in a moment.
package kept
