package site

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

const (
	extensionName = "vaelab-kernel"
	serviceWorker = "service-worker.js" // JupyterLite registers it by this name
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
		if path.Base(name) == "LICENSE" {
			return nil // see licences.go
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
	glue, err := os.ReadFile(filepath.Join(b.goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	return b.write(folder+"/static/wasm_exec.js", glue)
}

// kernelLicence is the licence of the decoder, which comes from another project.
func kernelLicence() (string, error) {
	text, err := kernel.ReadFile("zstddec/LICENSE")
	return string(text), err
}
