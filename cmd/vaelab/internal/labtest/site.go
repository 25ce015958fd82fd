package labtest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
)

// Site is the folder of a site that the command has built from the clone as it is, without models: those take long to train. It is
// built once, by the first test that needs it.
func Site(t testing.TB) string {
	t.Helper()
	Lab(t)
	folder, err := siteOnce()
	if err != nil {
		t.Fatal(err)
	}
	layout := Layout(t)
	err = alone(layout, "site", func() error {
		if _, err := os.Stat(filepath.Join(folder, "vaelab", "site.json")); err == nil {
			return nil
		}
		if err := forget(layout, "site", folder); err != nil {
			return err
		}
		stdout, stderr, code := Outcome(t, Command(t, "site", "-models=false", "-quick", "-out", folder))
		if code != 0 {
			return fmt.Errorf("the site can't be built: code %d\n%s\n%s", code, stdout, stderr)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

var siteOnce = sync.OnceValues(func() (string, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return "", err
	}
	names := append(program.Site.Sources(), "cmd/vaecells", "cmd/vaecompute", "notebooks", filepath.Join("cmd", "vaelab", "internal", "setup", "pins"))
	digest, err := sources(layout, names)
	if err != nil {
		return "", fmt.Errorf("the sources of the site can't be read: %w", err)
	}
	return layout.Under("tests", "site-"+digest[:16]+"-"+runtime.Version()), nil
})
