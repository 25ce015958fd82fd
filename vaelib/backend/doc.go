// Package backend opens what computes: XLA on the CPU or a GPU, or GoMLX's pure Go backend, which always works.
//
// Programs at the edge (the commands, and cells with a loss of their own) import it; models and losses don't, so
// they compile wherever Go does.
//
// [Open] follows GOMLX_BACKEND, which the lab sets in its kernel:
//
//	GOMLX_BACKEND=xla:/path/to/pjrt_plugin.so   XLA with this plugin
//	GOMLX_BACKEND=xla:cuda                      XLA on an NVIDIA GPU
//	GOMLX_BACKEND=go                            pure Go
//
// Where it isn't set, Open takes the plugin that the lab's set-up has put into .vaelab/xla, else whatever plugin
// GoMLX finds or installs, else pure Go. Whichever it is, its Words say it: show it to the learner.
package backend
