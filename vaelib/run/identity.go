package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// formatVersion changes when the same identity would train to other numbers, or be stored in another way.
const formatVersion = 2

// Elsewhere is the backend of weights that were not trained here; see [Identity].Weights.
const Elsewhere = "elsewhere"

// Identity is everything that shaped a run. The zero Identity is that of no run: [Config.Validate] refuses its Config.
type Identity struct {
	Config
	Data    string `json:"data"`   // the data set's name
	Digest  string `json:"digest"` // SHA-256 of its images and labels
	Width   int    `json:"width"`  // of its images, in pixels
	Height  int    `json:"height"`
	Loss    string `json:"loss"`    // "" for the course's own; else a fingerprint of the learner's
	Backend string `json:"backend"` // "xla", "xla:cuda", "go", "go-simd", over two devices "xla-2": each rounds in its own way
	// Weights is nothing where the weights are what all this trains to. Weights that came from elsewhere, of which nobody here knows how
	// they were trained, have their SHA-256 here, and [Elsewhere] as their backend: they are never taken for the run of any settings.
	Weights string `json:"weights,omitzero"`
	Version int    `json:"version"`
}

// Versioned is the identity with the version of the format that this program writes.
func (id Identity) Versioned() Identity {
	id.Version = formatVersion
	return id
}

// mostWords is how long the readable part of a key may be: file systems take names of 255 bytes.
const mostWords = 200

// Key names the run's folder: readable words for people, then the first 8 hex digits of a digest of the whole identity. Two
// identities may share a key by chance: store.Folder.Holds tells them apart.
func (id Identity) Key() string {
	text, err := json.Marshal(id.Versioned())
	if err != nil { // a NaN: Validate refuses it before a key is asked for
		text = fmt.Appendf(nil, "%#v", id)
	}
	sum := sha256.Sum256(text)
	words := []string{
		string(id.Model), "z" + strconv.Itoa(id.Latent), "h" + strconv.Itoa(id.Hidden),
		"kl" + strconv.FormatFloat(id.KLWeight, 'g', 4, 64),
		"e" + strconv.Itoa(id.Epochs), "s" + strconv.FormatUint(id.Seed, 10),
		id.Data, id.Backend,
	}
	words = append(words, id.scheduleWords()...)
	words = append(words, id.conditionalWords()...)
	if id.Layers != Dense {
		words = append(words, string(id.Layers))
	}
	if id.Loss != "" {
		words = append(words, "own-loss")
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, strings.ToLower(strings.Join(words, "-")))
	return name[:min(len(name), mostWords)] + "-" + hex.EncodeToString(sum[:4])
}
