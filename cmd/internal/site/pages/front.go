package pages

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"vaelab/vaelib/words"
)

// The pictures of the front page: cells of notebook 03.
const mapCell, drawnCell, weightCell, restoredCell = "map-one", "sample-one", "weight-maps", "restore-one"

// front writes the front page.
func (w *writer) front(books []*book) error {
	if len(books) == 0 {
		var err error
		if books, err = w.unexecuted(); err != nil {
			return err
		}
	}
	const name = "index.html"
	data := map[string]any{"Books": books, "LabBytes": w.LabBytes}
	if w.Live.Models {
		data["Live"] = w.heads(w.shelf(name))
	}
	for part, cell := range map[string]string{"Map": mapCell, "Drawn": drawnCell, "Weight": weightCell, "Restored": restoredCell} {
		if shown := w.shownBy[cell]; len(shown) > 0 {
			data[part] = shown[0]
		}
	}
	if drawn, ok := data["Drawn"].(picture); ok {
		drawn.Alt = words.Say("Pictures painted from codes drawn at random: some are clothes at a glance, many are dim or between two kinds.")
		data["Drawn"] = drawn
	}
	if data["Map"] == nil {
		p, err := w.drawn("weights.png", words.Say("Two maps of 2,000 pictures of clothes in the plane of a VAE’s codes. With KL weight 4 the classes lie closer to the middle than with KL weight 1."))
		if err != nil {
			return err
		}
		data["Map"] = p
	}
	return w.render(name, name, data)
}

// unexecuted are the notebooks as learners get them: what they are called and what they give.
func (w *writer) unexecuted() ([]*book, error) {
	folder := filepath.Join(w.Root, "notebooks", w.folder)
	list, err := booksIn(folder, w.beginning)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("there are no notebooks in %s: %w", folder, os.ErrNotExist)
	}
	return list, err
}

// drawn takes one of the course's own pictures from the clone.
func (w *writer) drawn(name, alt string) (picture, error) {
	data, err := os.ReadFile(filepath.Join(w.Root, "docs", "pictures", name))
	if err != nil {
		return picture{}, err
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return picture{}, fmt.Errorf("%s: %w", name, err)
	}
	return picture{w.shelf("index.html") + w.keep("picture", ".png", data), fmt.Sprint(size.Width / 2), fmt.Sprint(size.Height / 2), alt}, nil
}
