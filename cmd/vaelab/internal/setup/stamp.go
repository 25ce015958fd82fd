package setup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/vaelib/words"
)

// stamp is left by a finished step.
type stamp struct {
	Format int    `json:"format"`
	Inputs string `json:"inputs"` // digest of everything that shapes the product
	Files  string `json:"files"`  // fingerprint of the product
}

// stampFormat rises when steps that were taken for done before must be made again: those of format 0 were not checked.
const stampFormat = 1

// digest joins inputs so that no two lists give the same text.
func digest(inputs []string) string {
	h := sha256.New()
	for _, in := range inputs {
		fmt.Fprintf(h, "%d:%s\n", len(in), in)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// fingerprint is a digest of the names, kinds and sizes of all files under the given paths. Reading every byte would
// take seconds at each start; a killed installer, a deleted file and a truncated one all show in what is compared.
// Compiled Python is left out, since Python rewrites it when it likes.
func fingerprint(paths []string) (string, error) {
	h := sha256.New()
	for _, p := range paths {
		err := filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Name() == "__pycache__" {
				return filepath.SkipDir
			}
			if d.IsDir() {
				return nil
			}
			// A link counts as what it leads to, so that one that leads nowhere is noticed.
			info, err := os.Stat(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s %d %v\n", name, info.Size(), info.Mode().Perm()&0o100)
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (l Layout) stampPath(step string) string { return l.Under("stamps", step+".json") }

// upToDate reports whether the step's stamp agrees with the inputs and with the files that are there.
func (l Layout) upToDate(s *Step) bool {
	text, err := os.ReadFile(l.stampPath(s.Name))
	if err != nil {
		return false
	}
	var st stamp
	if json.Unmarshal(text, &st) != nil || st.Format != stampFormat || st.Inputs != digest(s.Inputs) {
		return false
	}
	files, err := fingerprint(s.Products)
	return err == nil && files == st.Files
}

func (l Layout) writeStamp(s *Step) error {
	files, err := fingerprint(s.Products)
	if err != nil {
		return words.Errorf("%s ended without an error, but left no %s", s.Title, strings.Join(s.Products, ", "))
	}
	text, err := json.Marshal(stamp{Format: stampFormat, Inputs: digest(s.Inputs), Files: files})
	if err != nil {
		return err
	}
	return WriteFile(l.stampPath(s.Name), append(text, '\n'))
}

func (l Layout) removeStamp(s *Step) error {
	err := os.Remove(l.stampPath(s.Name))
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// WriteFile puts a whole file in place at once, so that nobody reads half of it.
func WriteFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails after the rename, as it should
	if _, err = f.Write(text); err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
