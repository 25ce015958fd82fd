package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"path"
	"slices"
)

// Live is what pages need so that models can be touched on them. The zero Live has nothing: all pictures are stills.
type Live struct {
	List    string   // the list of models, among the files kept
	Models  bool     // it names some; else only what needs none is alive
	Glue    []byte   // Go's wasm_exec.js
	Classes []string // what the models' pictures may show
	files   map[string][]byte
}

// Keep puts a file beside the pages under a name that says its contents, and gives that name.
func (l *Live) Keep(name, ending string, data []byte) string {
	if l.files == nil {
		l.files = map[string][]byte{}
	}
	name = keptName(name, ending, data)
	l.files[name] = data
	return name
}

// keptName is a name that says a file's contents.
func keptName(name, ending string, data []byte) string {
	sum := sha256.Sum256(data)
	return name + "-" + hex.EncodeToString(sum[:6]) + ending
}

//go:embed assets/live
var liveScripts embed.FS

// touch puts what makes pages alive beside them: the files, and the scripts in a folder of a version of their own, since they name
// each other.
func (c *common) touch() error {
	if c.Live.List == "" {
		return nil
	}
	for name, data := range c.Live.files {
		c.files["read/"+name] = data
	}
	scripts := map[string][]byte{"wasm_exec.js": c.Live.Glue}
	names, err := fs.Glob(liveScripts, "assets/live/*.js")
	if err != nil {
		return err
	}
	all := slices.Clone(c.Live.Glue)
	for _, name := range names {
		data, err := liveScripts.ReadFile(name)
		if err != nil {
			return err
		}
		scripts[path.Base(name)] = data
		all = append(all, data...)
		c.liveTexts = append(c.liveTexts, string(data))
	}
	folder := keptName("live", "", all)
	for name, data := range scripts {
		c.files[path.Join("read", folder, name)] = data
	}
	c.liveCode = folder + "/live.js"
	return nil
}

// heads is what a page's head needs for what is alive on it: way leads to the folder read.
func (w *writer) heads(way string) template.HTML {
	if w.liveCode == "" {
		return ""
	}
	return template.HTML(`<meta name="vaelab-models" content="` + way + w.Live.List + `">
<script type="module" src="` + way + w.liveCode + `"></script>`)
}

// live are the cells whose sliders a page sets moving by itself: what does it. All but the bell need models.
var live = map[string]string{
	"01_autoencoder_to_vae.ipynb live":   "planes",
	"02_kl_divergence.ipynb police-live": bell,
	"04_kl_weight.ipynb live":            "weight",
}

const bell = "bell"

// alive is what moves in the place of a cell's sliders, or "".
func (w *writer) alive(n *notebook, c cell) string {
	name := live[n.file+" "+c.ID]
	if w.Live.List == "" || name != bell && !w.Live.Models {
		return ""
	}
	return name
}
