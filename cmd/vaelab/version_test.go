package main

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib"
)

func TestVersion(t *testing.T) {
	here, elsewhere := version(t.Context(), labtest.Layout(t).Root), version(t.Context(), t.TempDir())
	for _, v := range []string{here, elsewhere} {
		if !strings.HasPrefix(v, "vaelab "+vaelib.Version+", ") || !strings.Contains(v, "go1.") {
			t.Errorf("it is %q", v)
		}
	}
	if strings.Contains(elsewhere, "commit") {
		t.Errorf("no repository has the commit in %q", elsewhere)
	}
}
