// Package examples has programs that use the library without a notebook. Each is a folder with one file:
//
//	divergence   a KL divergence in closed form, beside its estimate: no GoMLX
//	train        train a VAE, print its losses, paint from it
//
// The folder hub is no program: it has the settings of a JupyterHub for a class, see docs/hub.md.
//
// They can be run in the clone (go run ./examples/train), and copied into a module of one's own: the README has the lines of
// go.mod that it needs.
package examples
