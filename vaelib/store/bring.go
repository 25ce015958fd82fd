package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Bring keeps weights that were trained elsewhere as a run in the folder root, or for "" in places.Runs, and gives that: what lies on
// the disk is opened by [Open]. like says what network they are for and with what data they are to be looked at; of its settings
// [run.Config.Network] counts. The arrays may come in any order.
//
// The run's identity says that it came from elsewhere, and which weights it has. So it is never found as the run that any settings
// train, and the same weights are one run however often they are brought. Nobody has measured it, so its history has no epochs.
func Bring(ctx context.Context, root string, like run.Identity, arrays []run.Array) (run.Run, error) {
	if err := like.ValidateNetwork(like.Width, like.Height); err != nil {
		return run.Run{}, err
	}
	id := run.Identity{Config: like.Network(), Data: like.Data, Digest: like.Digest, Width: like.Width, Height: like.Height, Backend: run.Elsewhere}
	arrays, err := inOrder(id.Config, like.Width*like.Height, arrays)
	if err != nil {
		return run.Run{}, err
	}
	id.Weights = sumOf(arrays)
	if root == "" {
		if root, err = places.Runs(); err != nil {
			return run.Run{}, err
		}
	}
	folder := NewFolder(root, id)
	if err := folder.Lock(ctx, id, nil); err != nil {
		return run.Run{}, err
	}
	_, _, found, err := folder.LoadState()
	if err == nil && !found {
		if err = folder.SaveState(run.State{History: []run.Epoch{}, Arrays: arrays}, true); errors.Is(err, ErrBehind) {
			err = nil // they are there
		}
	}
	if err := errors.Join(err, folder.Unlock()); err != nil {
		return run.Run{}, err
	}
	return Open(folder.Path)
}

// inOrder are the arrays in the network's order. One that is missing, in another shape, there twice, not the network's or not finite
// is an error.
func inOrder(c run.Config, pixels int, arrays []run.Array) (ordered []run.Array, err error) {
	byName := map[string]run.Array{}
	for _, a := range arrays {
		if _, twice := byName[a.Name]; twice {
			return nil, words.Errorf("there are two arrays %q", a.Name)
		}
		byName[a.Name] = a
	}
	for _, w := range run.Weights(c, pixels) {
		a, known := byName[w.Name]
		if !known {
			return nil, words.Errorf("there is no array %q of the shape %v among the %d that are there", w.Name, w.Dims, len(arrays))
		}
		ordered = append(ordered, a)
		delete(byName, w.Name)
	}
	if err := c.Fit(ordered, pixels); err != nil {
		return nil, err
	}
	for _, a := range arrays {
		if _, left := byName[a.Name]; left {
			return nil, words.Errorf("there is an array %q, which the network doesn't have: leave it out, or choose other settings", a.Name)
		}
	}
	for _, a := range ordered {
		if i := slices.IndexFunc(a.Data, func(x float32) bool { return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) }); i >= 0 {
			return nil, words.Errorf("number %d of the array %q is %v: weights must be finite", i, a.Name, a.Data[i])
		}
	}
	return ordered, nil
}

// sumOf is the SHA-256 of arrays: of their names, shapes and numbers.
func sumOf(arrays []run.Array) string {
	h := sha256.New()
	for _, a := range arrays {
		fmt.Fprintf(h, "%q %d\n", a.Name, a.Dims)
		bytes, _ := binary.Append(nil, binary.LittleEndian, a.Data) // float32s have a fixed size: it can't fail
		h.Write(bytes)
	}
	return hex.EncodeToString(h.Sum(nil))
}
