package trained

import (
	"context"
	"slices"
	"sync"

	"vaelab/datasets"
)

// Remembering is the same network, which encodes images once: those that it has encoded before, by their contents, it knows.
// Several goroutines may use it as far as they may use the network itself.
func Remembering(n Coder) Coder {
	return &remembering{Coder: n, codes: map[string]Codes{}}
}

type remembering struct {
	Coder
	mu    sync.Mutex
	codes map[string]Codes // by the images' fingerprint
}

// Encode gives a copy of the codes, which is the caller's to change.
func (r *remembering) Encode(ctx context.Context, set datasets.Images) (Codes, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name := set.Fingerprint()
	codes, known := r.codes[name]
	if !known {
		var err error
		if codes, err = r.Coder.Encode(ctx, set); err != nil {
			return codes, err
		}
		r.codes[name] = codes
	}
	return Codes{Mean: copyRows(codes.Mean), LogVar: copyRows(codes.LogVar)}, nil
}

func copyRows(list [][]float64) [][]float64 {
	if list == nil {
		return nil
	}
	twin := make([][]float64, len(list))
	for i, row := range list {
		twin[i] = slices.Clone(row)
	}
	return twin
}
