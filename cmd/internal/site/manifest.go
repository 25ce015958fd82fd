package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// manifest is vaelab/site.json.
type manifest struct {
	Go       string          `json:"go"`       // the version of Go that compiles in the page
	Version  string          `json:"version"`  // of the course
	Compile  file            `json:"compile"`  // Go's compiler
	Link     file            `json:"link"`     // Go's linker
	Cells    file            `json:"cells"`    // cmd/vaecells
	Compute  file            `json:"compute"`  // cmd/vaecompute
	SIMD     file            `json:"simd"`     // what both have computed by vector instructions
	Packages file            `json:"packages"` // index, as JSON
	Packs    []string        `json:"packs"`    // files with the packages themselves, by name
	Files    map[string]file `json:"files"`    // what programs find below /course, by path
}

// file is one that can be fetched, packed; or a short text.
type file struct {
	File  string  `json:"file,omitempty"`  // in the folder vaelab; its name says what is in it
	Bytes int     `json:"bytes,omitempty"` // as it is sent
	Size  int     `json:"size,omitempty"`  // unpacked
	Text  *string `json:"text,omitempty"`
}

// How hard files are packed: the best takes twenty seconds for all of them, the quick one two, and is a quarter larger.
const (
	best  = zstd.SpeedBestCompression
	quick = zstd.SpeedDefault
)

// pack writes a file packed, under a name that says its contents. What was packed before is taken from the work folder.
func (b *build) pack(name string, data []byte) (file, error) {
	sum := sha256.Sum256(data)
	short := hex.EncodeToString(sum[:8])
	f := file{File: name + "-" + short + ".zst", Size: len(data)}
	level := best
	if b.Quick {
		level = quick
	}
	kept := filepath.Join(b.Work, "packed", fmt.Sprintf("%x-%v.zst", sum, level))
	packed, err := os.ReadFile(kept)
	if err != nil {
		encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithWindowSize(32<<20), zstd.WithEncoderConcurrency(1))
		if err != nil {
			return file{}, err
		}
		packed = encoder.EncodeAll(data, nil)
		if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
			return file{}, err
		}
		if err := os.WriteFile(kept+".part", packed, 0o644); err != nil {
			return file{}, err
		}
		if err := os.Rename(kept+".part", kept); err != nil {
			return file{}, err
		}
	}
	f.Bytes = len(packed)
	return f, b.write("vaelab/"+f.File, packed)
}

// finish writes the manifest, which makes the folder a site.
func (b *build) finish() error {
	text, err := json.Marshal(b.manifest)
	if err != nil {
		return err
	}
	return b.write(marker, text)
}
