package peerbench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"vaelab/cmd/internal/bench"
)

// Growth measures time and memory along each axis, draws them into a folder, and fits how they grow.
func (c Course) Growth(ctx context.Context, r *Report, pictures string) error {
	for _, axis := range bench.Axes {
		c.Say("growth with " + axis.Name)
		for _, size := range axis.Sizes {
			if axis.Name == "images" && size > r.Data.Train {
				continue
			}
			words := []string{"train", "-from", c.Dir}
			for name, base := range bench.Base {
				if name == axis.Name {
					base = size
				}
				words = append(words, "-"+name, strconv.Itoa(base))
				if name == "images" {
					words = append(words, "-epochs", strconv.Itoa(epochsFor(base)))
				}
			}
			t, err := take[bench.Epoch](ctx, c.Ours, words...)
			if err != nil {
				return fmt.Errorf("%d %s: %w", size, axis.Name, err)
			}
			fastest := t.Lines[len(t.Lines)-1].Seconds
			for _, e := range t.Lines[1:] {
				fastest = min(fastest, e.Seconds)
			}
			r.keep(fmt.Sprintf("growth: %d %s, s", size, axis.Name), "ours", 1, fastest, t.Others)
			r.Growth = append(r.Growth, bench.Point{Axis: axis.Name, At: size, Seconds: fastest, Memory: t.Memory})
		}
	}
	text, err := json.Marshal(r.Growth)
	if err != nil {
		return err
	}
	list := filepath.Join(c.Dir, "growth.json")
	if err := os.WriteFile(list, text, 0o644); err != nil {
		return err
	}
	t, err := take[bench.Trend](ctx, c.Ours, "draw", "-from", list, "-out", pictures)
	r.Exponents = t.Lines
	return err
}

// epochsFor trains longer where an epoch is short: the fastest of several says most on a machine that does other work.
func epochsFor(images int) int { return min(8, max(3, 120_000/images)) }
