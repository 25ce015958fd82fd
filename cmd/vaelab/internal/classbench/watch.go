package classbench

import (
	"context"
	"time"
)

// How often is looked: at processes, and at their memory, which takes longer to tell.
const (
	processesEvery = 100 * time.Millisecond
	memoryEvery    = time.Second
	memoryAtMost   = 50 // one part in so many of a processor's time goes into looking at memory
)

// watch looks at the processes until the context ends. It returns the memory at the moment when all had the most together.
func (f *family) watch(ctx context.Context) (peak map[Kind]float64) {
	ticks := time.NewTicker(processesEvery)
	defer ticks.Stop()
	var next time.Time
	for {
		select {
		case <-ctx.Done():
			f.look()
			return peak
		case <-ticks.C:
		}
		f.look()
		begun, before := time.Now(), used()
		if begun.Before(next) {
			continue
		}
		if now := f.memory(); total(now) > total(peak) {
			peak = now
		}
		next = begun.Add(max(memoryEvery, memoryAtMost*(used()-before)))
	}
}
