// Package worker is the engine that computes in a program of its own, and the part of that program which answers.
//
//	a cell:  Start ──▶ Worker ── questions ──▶ Serve :cmd/vaecompute
//	                     ▲                       │
//	                     └── progress, answers ──┘
//
// Questions go to the program's standard input and answers come from its standard output, as encoding/gob writes them
// (wire.go has all of them). One question is answered at a time. When the cell is interrupted, it cancels its question,
// and a training keeps its finished epochs; when the cell ends, the pipe does, and the worker with it.
//
// The program finds and keeps runs itself. Of a run only its name comes back: the cell reads the rest from its folder.
package worker
