// Package allcores spreads work over all cores.
package allcores

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls work(0 … n−1) on all cores, in any order. Each call must write only what is its own, so that the result does not
// depend on the number of cores.
func Do(n int, work func(i int)) {
	With(n, func() struct{} { return struct{}{} }, func(i int, _ struct{}) { work(i) })
}

// With is Do for work that needs room: each core has its own, made once.
func With[Room any](n int, room func() Room, work func(i int, own Room)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			own := room()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				work(int(i), own)
			}
		})
	}
	wait.Wait()
}
