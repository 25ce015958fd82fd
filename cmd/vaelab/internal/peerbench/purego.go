package peerbench

import (
	"context"
	"fmt"
	"strconv"
)

// PureGo races ours against ours on the sample: XLA, GoMLX's pure Go backend, and the same built with vector
// instructions. All train the course's larger network with the same seed. XLA's later epochs are so short that a turn
// has all of Epochs; the others have two.
func (c Course) PureGo(ctx context.Context, r *Report) error {
	folder, err := c.sampleFolder(ctx, r)
	if err != nil {
		return err
	}
	type racer struct {
		name string
		Contestant
		epochs int
	}
	racers := []racer{{"XLA", c.Ours.with("train"), c.Epochs}, {"pure Go", c.Ours.with("train", "-backend", "go"), 2}}
	if len(c.SIMD.Command) > 0 {
		racers = append(racers, racer{"pure Go with SIMD", c.SIMD.with("train", "-backend", "go"), 2})
	}
	seconds := map[string][]float64{}
	for turn := 1; turn <= c.Pairs; turn++ {
		c.Say(fmt.Sprintf("pure Go, turn %d of %d", turn, c.Pairs))
		for _, x := range racers {
			t, later, err := epochs(ctx, x.name, x.Contestant, x.epochs, "-from", folder, "-hidden", strconv.Itoa(c.Hidden), "-epochs", strconv.Itoa(x.epochs))
			if err != nil {
				return err
			}
			seconds[x.name] = append(seconds[x.name], later)
			r.keep(x.name+": an epoch after the first, s", "ours", turn, later, t.Others)
		}
	}
	for i, x := range racers {
		r.row(fmt.Sprintf("%s: an epoch of the sample (784-%d-%d) after the first", x.name, c.Hidden, latent), "s", false, seconds[x.name], nil)
		if i == 0 {
			continue
		}
		var times []float64
		for turn, s := range seconds[x.name] {
			times = append(times, s/seconds["XLA"][turn])
		}
		r.row(x.name+": its time over XLA's", "turn by turn", false, times, nil)
	}
	return nil
}
