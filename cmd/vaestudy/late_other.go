//go:build !unix

package main

import "context"

// untilLate is for Slurm, which isn't here.
func untilLate(parent context.Context) (context.Context, func() bool) {
	return parent, func() bool { return false }
}
