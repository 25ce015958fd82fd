package live

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
)

// Network is one half of a trained network: dense layers with a ReLU between them. Its methods need no more than reading it, so
// several goroutines may use one.
type Network struct {
	layers []layer
}

// layer is x ↦ x·weights + biases.
type layer struct {
	in, out int
	weights []float32 // [in][out]
	biases  []float32 // [out]
}

// most bounds the sizes that Read believes.
const most = 1 << 12

// Inputs is how many numbers go in, Outputs how many come out. Both are 0 for the zero Network.
func (n Network) Inputs() int {
	if len(n.layers) == 0 {
		return 0
	}
	return n.layers[0].in
}

func (n Network) Outputs() int {
	if len(n.layers) == 0 {
		return 0
	}
	return n.layers[len(n.layers)-1].out
}

// Append adds the network to a file: as 32 bits each, little-endian, the number of layers; then of each layer its inputs and
// outputs, and as 16 bits each its weights [in][out] and biases [out].
func (n Network) Append(file []byte) []byte {
	file = binary.LittleEndian.AppendUint32(file, uint32(len(n.layers)))
	for _, l := range n.layers {
		file = binary.LittleEndian.AppendUint32(file, uint32(l.in))
		file = binary.LittleEndian.AppendUint32(file, uint32(l.out))
		for _, list := range [][]float32{l.weights, l.biases} {
			for _, x := range list {
				file = binary.LittleEndian.AppendUint16(file, half(x))
			}
		}
	}
	return file
}

// Read reads what Append has written.
func Read(file []byte) (Network, error) {
	number := func() int {
		if len(file) < 4 {
			return -1
		}
		x := binary.LittleEndian.Uint32(file)
		file = file[4:]
		return int(min(x, most+1))
	}
	var n Network
	count := number()
	if count < 1 || count > 8 {
		return n, errors.New("this is no network: it should begin with the number of its layers, from 1 to 8")
	}
	for range count {
		l := layer{in: number(), out: number()}
		if l.in < 1 || l.in > most || l.out < 1 || l.out > most || len(file) < 2*(l.in+1)*l.out {
			return Network{}, errors.New("the network is cut or damaged: layer " + strconv.Itoa(len(n.layers)+1) + " lacks a part")
		}
		if before := n.Outputs(); before != 0 && before != l.in {
			return Network{}, errors.New("the network is damaged: a layer gives " + strconv.Itoa(before) + " numbers, and the next takes " + strconv.Itoa(l.in))
		}
		list := make([]float32, (l.in+1)*l.out)
		for i := range list {
			list[i] = float(binary.LittleEndian.Uint16(file[2*i:]))
		}
		file = file[2*len(list):]
		l.weights, l.biases = list[:l.in*l.out], list[l.in*l.out:]
		n.layers = append(n.layers, l)
	}
	if len(file) > 0 {
		return Network{}, errors.New("the network is damaged: " + strconv.Itoa(len(file)) + " bytes follow its last layer")
	}
	return n, nil
}

// outputs runs the network on one input, [Inputs]; it gives [Outputs].
func (n Network) outputs(x []float32) []float32 {
	for i, l := range n.layers {
		if i > 0 {
			for j := range x {
				x[j] = max(x[j], 0)
			}
		}
		x = l.apply(x)
	}
	return x
}

func (l layer) apply(x []float32) []float32 {
	y := make([]float32, l.out)
	copy(y, l.biases)
	for i, a := range x {
		if a == 0 { // half of a hidden layer, and most of a picture's ground
			continue
		}
		row := l.weights[i*l.out : (i+1)*l.out]
		for j, w := range row {
			y[j] += a * w
		}
	}
	return y
}

// Encode gives the numbers of a picture's posterior: first the means μ, then, unless it is an AE's encoder, the log-variances
// log σ². pixels are grey values from 0 to 255, [Inputs]; nil comes back for another number of them.
func (n Network) Encode(pixels []byte) []float64 {
	if len(pixels) != n.Inputs() {
		return nil
	}
	x := make([]float32, len(pixels))
	for i, p := range pixels {
		x[i] = float32(p) / 255
	}
	y := n.outputs(x)
	wide := make([]float64, len(y))
	for i, v := range y {
		wide[i] = float64(v)
	}
	return wide
}

// Decode paints a code's mean picture: grey values from 0 to 255, [Outputs]; nil for a code of another length.
func (n Network) Decode(code []float64) []byte {
	if len(code) != n.Inputs() {
		return nil
	}
	x := make([]float32, len(code))
	for i, z := range code {
		x[i] = float32(z)
	}
	logits := n.outputs(x)
	pixels := make([]byte, len(logits))
	for i, l := range logits {
		pixels[i] = byte(255/(1+math.Exp(-float64(l))) + 0.5)
	}
	return pixels
}
