package allcores_test

import (
	"sync/atomic"
	"testing"

	"vaelab/vaelib/internal/allcores"
)

// Each piece of work is done once, also where there is none or less than there are cores; nobody shares a room.
func TestDo(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]atomic.Int32, n)
		allcores.Do(n, func(i int) { done[i].Add(1) })
		for i := range done {
			if times := done[i].Load(); times != 1 {
				t.Errorf("piece %d of %d is done %d times", i, n, times)
			}
		}
		var rooms, all atomic.Int32
		allcores.With(n, func() *int { rooms.Add(1); return new(int) }, func(_ int, own *int) {
			*own++ // the race detector sees a shared one
			all.Add(1)
		})
		if int(all.Load()) != n || int(rooms.Load()) > n {
			t.Errorf("%d of %d pieces are done, in %d rooms", all.Load(), n, rooms.Load())
		}
	}
}
