package labtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
)

// SiteEnv names the environment variable for the folder of a site with models that is there already.
const SiteEnv = "VAELAB_SITE"

// Site is the folder of a site that the command has built from the clone as it is, without models: those take long to train. It is
// built once, by the first test that needs it.
func Site(t testing.TB) string {
	t.Helper()
	return built(t, "site", "-models=false")
}

// SiteWithModels is the folder of a site with the models of all notebooks: the one that the environment names, or else one that is
// built as Site's.
func SiteWithModels(t testing.TB) string {
	t.Helper()
	Lab(t)
	folder := os.Getenv(SiteEnv)
	if folder == "" {
		return built(t, "whole", "-models=true")
	}
	if _, err := os.Stat(filepath.Join(folder, "vaelab", "site.json")); err != nil {
		t.Fatalf("%s names no site: %v: vaelab site -out DIR makes one", SiteEnv, err)
	}
	return folder
}

// built is the folder of a site of some kind.
func built(t testing.TB, kind, models string) string {
	t.Helper()
	Lab(t)
	folder, err := siteSources()
	if err != nil {
		t.Fatal(err)
	}
	layout := Layout(t)
	folder = layout.Under("tests", kind+"-"+folder)
	err = alone(layout, "site", func() error { // both kinds are built in one folder
		if _, err := os.Stat(filepath.Join(folder, "vaelab", "site.json")); err == nil {
			return nil
		}
		if err := forget(layout, kind, folder); err != nil {
			return err
		}
		stdout, stderr, code := Outcome(t, Command(t, "site", models, "-quick", "-out", folder))
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

// siteSources is what the name of a site's folder says of the sources.
var siteSources = sync.OnceValues(func() (string, error) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		return "", err
	}
	names := append(program.Site.Sources(), "cmd/vaecells", "cmd/vaecompute", "notebooks", filepath.Join("cmd", "vaelab", "internal", "setup", "pins"))
	catalogues, err := fs.Glob(os.DirFS(layout.Root), "vaelib/words/*/*.po") // the site brings them
	if err != nil {
		return "", err
	}
	digest, err := program.Digest(layout.Root, append(names, catalogues...)...)
	if err != nil {
		return "", fmt.Errorf("the sources of the site can't be read: %w", err)
	}
	return digest[:16] + "-" + runtime.Version(), nil
})
