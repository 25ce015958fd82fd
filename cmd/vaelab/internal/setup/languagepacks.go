package setup

import (
	"context"
	"path/filepath"

	"vaelab/vaelib/words"
)

// LanguagePacks brings JupyterLab's texts in the course's other languages, where they are missing: out of the pinned wheels. It gives a
// folder with one for each language, by its code, which holds jupyterlab.json and LICENSE.txt.
func (lab *Lab) LanguagePacks(ctx context.Context, tell Teller) (folder string, err error) {
	folder = lab.Under("language-packs")
	for _, l := range words.Languages[1:] {
		list, pins, err := lab.pins("language-" + l.Code + ".txt")
		if err != nil {
			return "", err
		}
		own := filepath.Join(folder, l.Code)
		s := &Step{
			Name: "language-" + l.Code, Title: "JupyterLab in " + l.Name,
			Inputs:   []string{lab.Root, pins},
			Products: []string{filepath.Join(own, "jupyterlab.json"), filepath.Join(own, "LICENSE.txt")},
			Make: func(ctx context.Context, log *Log) error {
				return lab.unwheel(ctx, log, list, own, "jupyterlab.json", "LICENSE.txt")
			},
		}
		if err := lab.buildApart(ctx, s, "JupyterLab in "+l.Name, tell); err != nil {
			return "", err
		}
	}
	return folder, nil
}
