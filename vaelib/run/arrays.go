package run

// Array is one named array of weights or optimiser state, in row-major order. The zero Array has no name and no
// numbers.
type Array struct {
	Name string
	Dims []int
	Data []float32
}

// State is a run after its last finished epoch: all that is needed to go on, to evaluate and to draw. The zero State is
// from before the first epoch, without weights.
type State struct {
	History []Epoch
	Arrays  []Array
}

// Epochs is the number of finished epochs.
func (s State) Epochs() int { return len(s.History) }
