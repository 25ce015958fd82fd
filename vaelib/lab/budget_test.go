package lab

import (
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

func TestBudget(t *testing.T) {
	for _, c := range []struct {
		wish, backend string
		want          int
	}{
		{"", "xla", 10}, {"", "xla:cuda", 10}, {"", "go", 2}, {"", "go-simd", 2},
		{"full", "go", 10}, {"small", "xla", 2},
	} {
		got, err := budget(c.wish, run.Backend{Name: c.backend}, 10, 2)
		if err != nil || got != c.want {
			t.Errorf("with %q on %s the budget is %d, want %d (%v)", c.wish, c.backend, got, c.want, err)
		}
	}
	if _, err := budget("tiny", run.Backend{Name: "xla"}, 10, 2); err == nil || !strings.Contains(err.Error(), `VAELAB_BUDGET is "tiny": write full or small`) {
		t.Errorf("the error is %v", err)
	}
}
