package check

import (
	"runtime"
	"strings"
	"testing"
)

// A function that ends its goroutine is caught, and so is a panic that isn't a stub's.
func TestGuard(t *testing.T) {
	r := klTask.Judge(func(mu, sigma float64) float64 { panic("σ must be above 0") })
	if r.State != Crashed || !strings.Contains(r.Diagnosis, "σ must be above 0") || !strings.Contains(r.Diagnosis, "μ = 0, σ = 1") {
		t.Errorf("%+v", r)
	}
	r = klTask.Judge(func(mu, sigma float64) float64 { runtime.Goexit(); return 0 })
	if r.State != Crashed || !strings.Contains(r.Diagnosis, "ended its goroutine") {
		t.Errorf("%+v", r)
	}
	r = klTask.Judge(func(mu, sigma float64) float64 { panic("TODO: write me, please") })
	if r.State != NotAttempted {
		t.Errorf("%+v", r)
	}
}
