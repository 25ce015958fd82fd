package site

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// jupyterLite unpacks the application: JupyterLab alone of its interfaces, and no source maps.
func (b *build) jupyterLite(ctx context.Context) error {
	archive, err := os.Open(filepath.Join(b.Lite, "app.tgz"))
	if err != nil {
		return err
	}
	defer archive.Close()
	unzipped, err := gzip.NewReader(archive)
	if err != nil {
		return err
	}
	var settings, labSettings map[string]any
	var labPage []byte
	for entries := tar.NewReader(unzipped); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := strings.TrimPrefix(path.Clean(entry.Name), "package/")
		if entry.Typeflag != tar.TypeReg || !wanted(name) {
			continue
		}
		data, err := io.ReadAll(entries)
		if err != nil {
			return err
		}
		switch name {
		case "jupyter-lite.json":
			if err := json.Unmarshal(data, &settings); err != nil {
				return err
			}
			continue
		case "lab/jupyter-lite.json":
			if err := json.Unmarshal(data, &labSettings); err != nil {
				return err
			}
			continue
		case "lab/index.html":
			labPage = data
			continue
		}
		if err := b.write(name, data); err != nil {
			return err
		}
	}
	if settings == nil {
		return fmt.Errorf("%s holds no jupyter-lite.json: it is not JupyterLite's application", archive.Name())
	}
	config, ok := labSettings["jupyter-config-data"].(map[string]any)
	if !ok || labPage == nil {
		return fmt.Errorf("%s holds no page of the lab, or no settings for it", archive.Name())
	}
	if err := b.labPages(labPage, config); err != nil {
		return err
	}
	if err := b.translations(); err != nil {
		return err
	}
	return b.settings(settings)
}

// wanted says whether a file of the application is of use here.
func wanted(name string) bool {
	if strings.HasSuffix(name, ".map") || strings.HasPrefix(path.Base(name), "rspack.config") {
		return false
	}
	for _, interfaces := range []string{"consoles", "edit", "notebooks", "repl", "tree"} {
		if strings.HasPrefix(name, interfaces+"/") || strings.HasPrefix(name, "build/"+interfaces+"/") {
			return false
		}
	}
	return true
}

// settings writes JupyterLite's own settings, and what else it asks for.
func (b *build) settings(settings map[string]any) error {
	config, ok := settings["jupyter-config-data"].(map[string]any)
	if !ok {
		return errors.New("jupyter-lite.json holds no jupyter-config-data")
	}
	for key, value := range map[string]any{
		"appName":              "vaelab",
		"contentsAllJsonFile":  "all.json",
		"contentsStorageName":  "vaelab notebooks",
		"defaultKernelName":    "gonb",
		"exposeAppInBrowser":   true,
		"federated_extensions": []any{map[string]any{"name": extensionName, "extension": "./extension", "load": "static/remoteEntry.js"}},
		"settingsOverrides": map[string]any{
			"@jupyterlab/apputils-extension:notification": map[string]any{"fetchNews": "false", "checkForUpdates": false, "doNotDisturbMode": true},
			"@jupyterlab/apputils-extension:themes":       map[string]any{"adaptive-theme": true, "theme-scrollbars": true},
		},
		"disabledExtensions": []any{"@jupyterlab/apputils-extension:announcements"},
	} {
		config[key] = value
	}
	for name, value := range map[string]any{
		"jupyter-lite.json":                settings,
		"build/schemas/all_federated.json": []any{},
	} {
		text, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			return err
		}
		if err := b.write(name, append(text, '\n')); err != nil {
			return err
		}
	}
	return nil
}
