package notebook

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"vaelab/vaelib/claim"
)

// Save writes the notebook into its file.
func (b *Book) Save() error { return os.WriteFile(b.Path, b.Bytes(), 0o644) }

// Reseeded is a copy of the notebook whose settings, and sweeps over three seeds, add a number to every seed. It is false of a notebook
// that has no settings, and so trains nothing.
func (b *Book) Reseeded(path string, by int) (*Book, bool) {
	twin := b.copy()
	twin.Path = path
	found := false
	for _, c := range twin.cells {
		if !c.isCode() {
			continue
		}
		text := strings.Join(c.lines(), "\n")
		other := strings.ReplaceAll(text, "[]uint64{1, 2, 3}", fmt.Sprintf("[]uint64{%d, %d, %d}", 1+by, 2+by, 3+by))
		if end := "\n\treturn c\n"; c.id() == "settings" && strings.Contains(other, end) {
			other = strings.Replace(other, end, fmt.Sprintf("\n\tc.Seed += %d", by)+end, 1)
			found = true
		}
		if other != text {
			c.setLines(strings.Split(other, "\n"))
		}
	}
	return twin, found
}

// Pictures are the signatures of the pictures that an executed notebook's cells have shown, by the cells' ids.
func (b *Book) Pictures() (map[string][]string, error) {
	all := map[string][]string{}
	for _, c := range b.cells {
		outputs, _ := c.fields["outputs"].([]any)
		text, err := json.Marshal(outputs)
		if err != nil {
			return nil, err
		}
		for _, found := range pictured.FindAllSubmatch(text, -1) {
			img, err := png.Decode(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(found[1])))
			if err != nil {
				return nil, fmt.Errorf("%s: a picture can't be read: %w", b.at(c), err)
			}
			all[c.id()] = append(all[c.id()], claim.Signature(img))
		}
	}
	return all, nil
}

var pictured = regexp.MustCompile(`base64,([A-Za-z0-9+/=]+)`)

// Recorded are the values that an executed notebook's cells have found for its claims: all of them, since several cells may
// show a number.
func Recorded(path string) (map[string][]float64, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // nothing was claimed
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	values := map[string][]float64{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r claim.Record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		values[r.Name] = append(values[r.Name], r.Value)
	}
	return values, nil
}

// Untrue holds claims against the values that an execution has found, and against its pictures, and says in sentences what isn't so.
func Untrue(file *claim.Book, values map[string][]float64, pictures map[string][]string) (faults []string) {
	for _, c := range file.Claims {
		if len(values[c.Name]) == 0 {
			faults = append(faults, fmt.Sprintf("%s (“%s”): no cell has shown it", c.Name, c.Says))
		}
		for _, x := range values[c.Name] {
			if !c.Holds(x) {
				faults = append(faults, fmt.Sprintf("%s (“%s”) is %.4g, and should be %s", c.Name, c.Says, x, c.Bounds()))
			}
		}
	}
	for _, l := range file.Looks {
		switch shown := pictures[l.Cell]; {
		case l.Picture >= len(shown):
			faults = append(faults, fmt.Sprintf("%s (“%s”): cell %s shows no picture %d", l.Name, l.Says, l.Cell, l.Picture))
		case !claim.Same(shown[l.Picture], l.Signature):
			faults = append(faults, fmt.Sprintf("%s (“%s”): the picture of cell %s is another one (%.1f of 255 away): look at it", l.Name, l.Says, l.Cell,
				claim.Apart(shown[l.Picture], l.Signature)))
		}
	}
	return faults
}
