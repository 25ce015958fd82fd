package bench

import (
	"encoding/json"
	"testing"
)

// The count is that of the products themselves, listed one by one with their shapes.
func TestEpochOperations(t *testing.T) {
	const pixels, hidden, latent, batch, steps = 784, 400, 20, 128, 468
	products := [][3]int{ // rows, columns, and the length of the sums
		// encoder: forward, gradient of the weights
		{batch, hidden, pixels}, {pixels, hidden, batch},
		// μ and log σ²: forward, gradients of the weights, of the hidden layer
		{batch, latent, hidden}, {hidden, latent, batch}, {batch, hidden, latent},
		{batch, latent, hidden}, {hidden, latent, batch}, {batch, hidden, latent},
		// decoder's first layer: forward, gradients of the weights, of the code
		{batch, hidden, latent}, {latent, hidden, batch}, {batch, latent, hidden},
		// its second: forward, gradients of the weights, of the hidden layer
		{batch, pixels, hidden}, {hidden, pixels, batch}, {batch, hidden, pixels},
	}
	want := 0.0
	for _, p := range products {
		want += 2 * float64(p[0]*p[1]*p[2]) * steps
	}
	if got := EpochOperations(pixels, hidden, latent, batch, steps); got != want || got < 196e9 || got > 197e9 {
		t.Errorf("an epoch takes %v operations, want %v", got, want)
	}
}

// Each axis is varied around the base, which is one of its sizes or between them, and in rising order.
func TestAxes(t *testing.T) {
	for _, a := range Axes {
		base := Base[a.Name]
		if base < a.Sizes[0] || base > a.Sizes[len(a.Sizes)-1] {
			t.Errorf("%s is %d in the base, and %v along its axis", a.Name, base, a.Sizes)
		}
		for i := 1; i < len(a.Sizes); i++ {
			if a.Sizes[i] <= a.Sizes[i-1] {
				t.Errorf("%s: %v", a.Name, a.Sizes)
			}
		}
	}
	if len(Axes) != len(Base) {
		t.Errorf("%d axes, %d numbers in the base", len(Axes), len(Base))
	}
}

// What a peer in Python prints is read as what ours prints.
func TestLines(t *testing.T) {
	var e Epoch
	if err := json.Unmarshal([]byte(`{"epoch": 2, "seconds": 1.5, "train_loss": 256.2, "test_loss": 254.0}`), &e); err != nil || e != (Epoch{2, 1.5, 254}) {
		t.Errorf("%+v, %v", e, err)
	}
	var r Rate
	if err := json.Unmarshal([]byte(`{"name": "log ratio", "cores": 2, "per_second": 1e8}`), &r); err != nil || r != (Rate{"log ratio", 2, 1e8}) {
		t.Errorf("%+v, %v", r, err)
	}
}
