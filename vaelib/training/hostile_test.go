package training

import (
	"strings"
	"testing"

	"vaelab/vaelib/backend"
)

// Without a backend nothing is trained or found.
func TestNoBackend(t *testing.T) {
	for _, b := range []*backend.Backend{nil, {}} {
		_, train := Train(t.Context(), b, job(t))
		_, _, find := Find(b, job(t))
		_, all := All(t.Context(), b)
		for _, err := range []error{train, find, all} {
			if err == nil || !strings.Contains(err.Error(), "open one with backend.Open") {
				t.Errorf("the error is %v", err)
			}
		}
	}
}
