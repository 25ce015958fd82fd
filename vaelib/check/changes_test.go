package check

import (
	"sync"
	"testing"

	"vaelab/vaelib/places"
)

// Many at once, as many kernels would: no change is lost.
func TestChangesAtOnce(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	var wait sync.WaitGroup
	const workers, each = 8, 10
	for range workers {
		wait.Go(func() {
			for range each {
				if _, err := change(func(p progress) { p.of("KLInOneDimension").Hints++ }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	p, err := change(func(progress) {})
	if err != nil || p["KLInOneDimension"].Hints != workers*each {
		t.Errorf("%d of %d changes are kept, %v", p["KLInOneDimension"].Hints, workers*each, err)
	}
}
