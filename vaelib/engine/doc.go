// Package engine says what a notebook's cell needs of a machine: to train models, and to compute with trained ones. Two
// packages below offer both:
//
//	inprocess   in this program, which therefore links GoMLX and XLA
//	worker      in a program of its own, which this one starts and talks to
//
// A cell of a Go notebook is a program, compiled and linked each time it is run. With XLA linked in, that takes more
// than a second; without, half a second. So cells let a worker compute. The worker is cmd/vaecompute (package program
// finds and builds it), its answers come from an inprocess.Engine, and the numbers are the same to the last bit. Only a
// loss that a learner writes in a cell must be compiled into the cell's own program: see package ownloss.
package engine
