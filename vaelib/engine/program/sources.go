package program

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/vaelib/words"
)

// sources are what a program is made of, as it is noted beside the program: the contents count. How the files look from outside,
// which takes a tenth of the time to read, only tells that they are the same ones still.
type sources struct {
	Contents string `json:"contents"`
	Look     string `json:"look"` // names, sizes and times
}

// noteOf is the file beside a program that says what it is made of.
func noteOf(path string) string { return path + ".sources" }

// note writes what the program at path is made of, in one step.
func (s sources) note(path string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	aside := fmt.Sprintf("%s.%d", noteOf(path), os.Getpid())
	if err := os.WriteFile(aside, append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(aside, noteOf(path))
}

// madeOf reports whether the program at path is there, and made of the sources that the clone has now.
func (p Program) madeOf(root, path string) (bool, error) {
	look, err := p.digest(root, byLook)
	if err != nil {
		return false, err
	}
	var noted sources
	text, err := os.ReadFile(noteOf(path))
	if err != nil || json.Unmarshal(text, &noted) != nil {
		return false, nil
	}
	if _, err := os.Stat(path); err != nil {
		return false, nil
	}
	if noted.Look == look {
		return true, nil
	}
	contents, err := p.Digest(root)
	if err != nil || contents != noted.Contents {
		return false, err
	}
	_ = sources{contents, look}.note(path) // next time it is told by its look, where that can be written
	return true, nil
}

// now reads what the program would be made of.
func (p Program) now(root string) (s sources, err error) {
	if s.Look, err = p.digest(root, byLook); err != nil {
		return s, err
	}
	s.Contents, err = p.Digest(root)
	return s, err
}

// Digest tells the contents of the program's sources from any others.
func (p Program) Digest(root string) (string, error) { return p.digest(root, byContents) }

func (p Program) digest(root string, by reading) (string, error) {
	digest, err := digest(root, by, p.Sources())
	if err != nil {
		return "", words.Errorf("the sources of %s can't be read: %w", words.Text(p.Words), err)
	}
	return digest, nil
}

// Digest tells the contents of sources, files and folders below root, from any others. In a folder, what tests alone read is not in it,
// nor are catalogues of translations, which programs read when they speak.
func Digest(root string, sources ...string) (string, error) { return digest(root, byContents, sources) }

// reading puts what is to be known of a file into a digest.
type reading func(h hash.Hash, name, path string, d fs.DirEntry) error

func digest(root string, by reading, names []string) (string, error) {
	h := sha256.New()
	for _, source := range names {
		at := filepath.Join(root, source)
		err := filepath.WalkDir(at, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case d.IsDir(), path != at && (strings.HasSuffix(path, "_test.go") || filepath.Ext(path) == ".po"):
				return nil
			}
			return by(h, filepath.ToSlash(strings.TrimPrefix(path, root)), path, d)
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func byLook(h hash.Hash, name, _ string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(h, "%q %d %d\n", name, info.Size(), info.ModTime().UnixNano())
	return err
}

func byContents(h hash.Hash, name, path string, _ fs.DirEntry) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(h, "%q %d\n%s", name, len(text), text)
	return err
}
