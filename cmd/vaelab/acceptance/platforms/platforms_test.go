// Package platforms compiles the course for machines that no test runs on.
package platforms

import (
	"os"
	"os/exec"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// TestCompilesElsewhere compiles, for each platform, what is meant for it. That takes long: Go's own library is compiled anew
// for each.
func TestCompilesElsewhere(t *testing.T) {
	labtest.Long(t)
	for _, c := range []struct {
		goos, goarch string
		packages     []string
	}{
		// What a page in a browser needs.
		{"js", "wasm", []string{"./datasets", "./vaelib/run", "./vaelib/kl", "./vaelib/measure", "./vaelib/exact", "./vaelib/places",
			"./vaelib/model", "./vaelib/trained", "./vaelib/inference", "./vaelib/figure"}},
		{"darwin", "arm64", []string{"./..."}},
		{"linux", "arm64", []string{"./..."}},
		// The lab isn't for Windows, but a program that uses the library may be.
		{"windows", "amd64", []string{"./datasets", "./vaelib/..."}},
	} {
		t.Run(c.goos+"/"+c.goarch, func(t *testing.T) {
			cmd := exec.Command("go", append([]string{"build"}, c.packages...)...)
			cmd.Dir = labtest.Layout(t).Root
			cmd.Env = append(os.Environ(), "GOOS="+c.goos, "GOARCH="+c.goarch, "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
