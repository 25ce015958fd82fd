package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
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

// pack writes a file packed, under a name that says its contents. What was packed before is taken from the work folder.
func (b *build) pack(ctx context.Context, name string, data []byte) (file, error) {
	sum := sha256.Sum256(data)
	short := hex.EncodeToString(sum[:8])
	f := file{File: name + "-" + short + ".zst", Size: len(data)}
	way := "small"
	if len(b.Packer) == 0 {
		way = "quick"
	}
	kept := filepath.Join(b.Work, "packed", fmt.Sprintf("%x-%s.zst", sum, way))
	packed, err := os.ReadFile(kept)
	if err != nil {
		if packed, err = b.packed(ctx, data); err != nil {
			return file{}, fmt.Errorf("%s can't be packed: %w", name, err)
		}
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

// packed packs as zstd does, by the packer that was given, else by one in Go.
func (b *build) packed(ctx context.Context, data []byte) ([]byte, error) {
	if len(b.Packer) == 0 {
		encoder, err := zstd.NewWriter(nil, zstd.WithWindowSize(32<<20), zstd.WithEncoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		return encoder.EncodeAll(data, nil), nil
	}
	cmd := exec.CommandContext(ctx, b.Packer[0], b.Packer[1:]...)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
	}
	return out, err
}

// finish writes the list of all files, by which a page fetches the whole site, and the manifest, which makes the folder a site.
func (b *build) finish() error {
	text, err := json.Marshal(b.manifest)
	if err != nil {
		return err
	}
	if err := b.write(marker, text); err != nil {
		return err
	}
	var list [][]any // path and bytes; and the language, of what is of no use in another
	err = filepath.WalkDir(b.out, func(whole string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(b.out, whole)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		path := filepath.ToSlash(name)
		entry := []any{path, info.Size()}
		if only := onlyIn(path); only != "" {
			entry = append(entry, only)
		}
		list = append(list, entry)
		return nil
	})
	if err != nil {
		return err
	}
	if text, err = json.Marshal(list); err != nil {
		return err
	}
	return b.write("vaelab/files.json", text)
}
