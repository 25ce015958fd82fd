package run

// Array is one named array of weights or optimiser state, in row-major order.
type Array struct {
	Name string
	Dims []int
	Data []float32
}

// State is a run after its last finished epoch: all that is needed to go on, to evaluate and to draw.
type State struct {
	History []Epoch
	Arrays  []Array
}

// Epochs is the number of finished epochs.
func (s State) Epochs() int { return len(s.History) }
