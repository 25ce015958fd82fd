package site

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
)

const (
	extensionName = "vaelab-kernel"
	serviceWorker = "service-worker.js" // JupyterLite registers it by this name
	pageScript    = "page.js"           // stands in the lab's page
)

//go:embed kernel/*.js zstddec
var kernel embed.FS

// extension puts the kernel where JupyterLite finds it.
func (b *build) extension(context.Context) error {
	folder := "extensions/" + extensionName
	description, err := json.MarshalIndent(map[string]any{
		"name": extensionName, "version": b.manifest.Version, "description": "Go in the browser, for the course's notebooks", "license": "MIT",
		"main": "static/remoteEntry.js", "jupyterlab": map[string]any{"extension": true, "_build": map[string]any{"load": "static/remoteEntry.js", "extension": "./extension"}},
		"jupyterlite": map[string]any{"liteExtension": true},
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := b.write(folder+"/package.json", append(description, '\n')); err != nil {
		return err
	}
	err = fs.WalkDir(kernel, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if base := path.Base(name); base == pageScript || base == "LICENSE" {
			return nil // see withScript and licences.go
		}
		data, err := kernel.ReadFile(name)
		if err != nil {
			return err
		}
		to := folder + "/static/" + path.Base(name)
		if path.Base(name) == serviceWorker {
			to = serviceWorker // it rules over what lies beside it and below
		}
		return b.write(to, data)
	})
	if err != nil {
		return err
	}
	glue, err := b.glue()
	if err != nil {
		return err
	}
	return b.write(folder+"/static/wasm_exec.js", glue)
}

// withScript is the lab's page with the script in it that says which file is missing: as a file of its own it could be missing too.
// What is needed for it stands before.
func withScript(page []byte, needs string) ([]byte, error) {
	script, err := kernel.ReadFile("kernel/" + pageScript)
	if err != nil {
		return nil, err
	}
	before, after, found := bytes.Cut(page, []byte("<head>"))
	if !found {
		return nil, errors.New("JupyterLite's page has no <head>")
	}
	return slices.Concat(before, []byte("<head>\n"+needs+"<script>\n"), script, []byte("</script>"), after), nil
}

// kernelLicence is the licence of the decoder, which comes from another project.
func kernelLicence() (string, error) {
	text, err := kernel.ReadFile("zstddec/LICENSE")
	return string(text), err
}
