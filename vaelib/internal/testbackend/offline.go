//go:build cgo && ((linux && (amd64 || arm64)) || (darwin && arm64))

package testbackend

import "github.com/gomlx/go-xla/compute/xla"

func init() { xla.EnableAutoInstall(false) } // a test downloads nothing
