package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"vaelab/cmd/internal/said"
	"vaelab/vaelib/words"
)

// languages are those besides English in which the clone has notebooks.
func (b *build) languages() (list []words.Language) {
	for _, l := range words.Languages[1:] {
		if books, _ := fs.Glob(os.DirFS(filepath.Join(b.Root, "notebooks", l.Code)), "*.ipynb"); len(books) > 0 {
			list = append(list, l)
		}
	}
	return list
}

// catalogues ships what programs say in another language, and its letters: they are fetched by a kernel whose notebook speaks it.
func (b *build) catalogues(ctx context.Context) error {
	for _, l := range b.languages() {
		for _, pattern := range []string{"vaelib/words/" + l.Code + "/*.po", "vaelib/figure/fonts/*.otf"} {
			err := b.ship(ctx, b.Root, pattern, "", func(name string) string {
				return "words-" + l.Code + "-" + strings.TrimSuffix(path.Base(name), path.Ext(name))
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// onlyIn is the language in which alone a file of the site is of use; "" where it may be needed in English.
func onlyIn(path string) string {
	for _, l := range words.Languages[1:] {
		for _, begins := range []string{"", "files/", "api/contents/"} {
			if strings.HasPrefix(path, begins+l.Code+"/") {
				return l.Code
			}
		}
		if strings.HasPrefix(path, "vaelab/words-"+l.Code+"-") || path == "api/translations/"+l.Lab+".json" {
			return l.Code
		}
	}
	return ""
}

// labIn is the folder of the lab's page in a language.
func labIn(l words.Language) string { return path.Join(l.Folder(), "lab") }

// labPages writes the lab's page in each language. All have one application, one storage and one kernel: a page says where they lie,
// which language JupyterLab is to begin with, and what the kernel says in it.
func (b *build) labPages(page []byte, config map[string]any) error {
	all := append(words.Languages[:1:1], b.languages()...)
	for _, l := range all {
		made, err := b.labPage(page, l, all)
		if err != nil {
			return err
		}
		if err := b.write(labIn(l)+"/index.html", made); err != nil {
			return err
		}
		settings, err := json.MarshalIndent(map[string]any{"jupyter-lite-schema-version": 0, "jupyter-config-data": labConfig(config, l)}, "", "  ")
		if err != nil {
			return err
		}
		if err := b.write(labIn(l)+"/jupyter-lite.json", append(settings, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// labConfig is the lab's configuration in a language.
func labConfig(english map[string]any, l words.Language) map[string]any {
	config := maps.Clone(english)
	if l.Folder() == "" {
		return config
	}
	config["appUrl"] = "/" + labIn(l)
	if at, ok := config["settingsUrl"].(string); ok {
		config["settingsUrl"] = "../" + at // from the page, which lies one folder deeper
	}
	config["settingsOverrides"] = map[string]any{"@jupyterlab/translation-extension:plugin": map[string]any{"locale": l.Lab}}
	return config
}

var (
	pageTag = regexp.MustCompile(`<html[^>]*>`)
	upwards = regexp.MustCompile(`(["'=])\.\./`)
	// rootAttr is where the page says where JupyterLite lies.
	rootAttr = `data-jupyter-lite-root=".."`
)

// labPage is the lab's page in a language.
func (b *build) labPage(page []byte, l words.Language, all []words.Language) ([]byte, error) {
	text, up := string(page), "../"
	if !pageTag.MatchString(text) || !strings.Contains(text, rootAttr) {
		return nil, errors.New("JupyterLite's page is another than this build knows: it has no <html>, or doesn't say where its root is")
	}
	if l.Folder() != "" {
		up = "../../"
		text = upwards.ReplaceAllString(text, "${1}"+up)
		text = strings.ReplaceAll(text, rootAttr, `data-jupyter-lite-root="../.."`)
	}
	text = pageTag.ReplaceAllString(text, fmt.Sprintf(`<html lang="%s" data-tag="%s" data-root="%s" data-folder="%s">`, l.Tag, l.Tag, up, l.Folder()))
	var head strings.Builder
	if len(all) > 1 {
		for _, other := range all {
			fmt.Fprintf(&head, "<link rel=\"alternate\" hreflang=\"%s\" href=\"%s%s/index.html\" title=\"%s\" data-folder=\"%s\">\n",
				other.Tag, up, labIn(other), html.EscapeString(other.Name), other.Folder())
		}
	}
	table, err := kernelWords(l)
	if err != nil {
		return nil, err
	}
	return withScript([]byte(text), head.String()+table)
}

// kernelWords is what the kernel's scripts look up by the English text; "" in English.
func kernelWords(l words.Language) (string, error) {
	if l.Folder() == "" {
		return "", nil
	}
	names, err := fs.Glob(kernel, "kernel/*.js")
	if err != nil {
		return "", err
	}
	var scripts []string
	for _, name := range names {
		text, err := kernel.ReadFile(name)
		if err != nil {
			return "", err
		}
		scripts = append(scripts, string(text))
	}
	var table []byte
	err = words.While(l, func() (err error) {
		table, err = json.Marshal(said.Table(scripts...)) // it has < as \u003c
		return err
	})
	return fmt.Sprintf("<script type=\"application/json\" id=\"vaelab-words\" data-language=\"%s\">%s</script>\n", l.Code, table), err
}

// translations writes what JupyterLab asks for to speak other languages: their list, and of each the texts of its language pack.
func (b *build) translations() error {
	list := map[string]any{"en": map[string]any{"displayName": "English", "nativeName": "English"}}
	files := map[string]any{"en": map[string]any{"data": map[string]any{}, "message": ""}}
	for _, l := range b.languages() {
		text, err := os.ReadFile(filepath.Join(b.Packs, l.Code, "jupyterlab.json"))
		if err != nil {
			return fmt.Errorf("JupyterLab's language pack is missing: %w", err)
		}
		list[l.Lab] = map[string]any{"displayName": l.Name, "nativeName": l.Name}
		files[l.Lab] = map[string]any{"data": map[string]any{"jupyterlab": json.RawMessage(text)}, "message": ""}
	}
	files["all"] = map[string]any{"data": list, "message": ""}
	for name, value := range files {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if err := b.write("api/translations/"+name+".json", append(text, '\n')); err != nil {
			return err
		}
	}
	return nil
}
