package onnx_test

import (
	"math"
	"slices"
	"testing"
)

// The operators by ONNX's descriptions of them, in loops over float64.

// compute gives a model's outputs for inputs of so many rows. Settings that an operator takes and that aren't looked at here are an
// error.
func (f file) compute(t *testing.T, inputs map[string]numbers) map[string]numbers {
	t.Helper()
	known := map[string]numbers{}
	for name, c := range f.constants {
		known[name] = c
	}
	for _, v := range f.inputs {
		in, ok := inputs[v.name]
		if !ok || len(in.dims) != 2 || in.dims[1] != v.columns || v.rows != "batch" {
			t.Fatalf("the input %+v is given %v", v, in.dims)
		}
		known[v.name] = in
	}
	for _, n := range f.nodes {
		var in []numbers
		for _, name := range n.inputs {
			x, ok := known[name]
			if !ok {
				t.Fatalf("%s needs %q, which nothing gives before", n.name, name)
			}
			in = append(in, x)
		}
		if _, twice := known[n.output]; twice {
			t.Fatalf("%q is given twice", n.output)
		}
		known[n.output] = n.compute(t, in)
	}
	out := map[string]numbers{}
	for _, v := range f.outputs {
		o, ok := known[v.name]
		rows := v.row
		if v.rows != "" {
			rows = rowsOf(inputs)
		}
		if !ok || !slices.Equal(o.dims, []int{rows, v.columns}) {
			t.Fatalf("the output %+v has the shape %v", v, o.dims)
		}
		out[v.name] = o
	}
	return out
}

func rowsOf(inputs map[string]numbers) int {
	for _, in := range inputs {
		return in.dims[0]
	}
	return 1
}

func (n operation) compute(t *testing.T, in []numbers) numbers {
	t.Helper()
	x := in[0]
	switch n.kind {
	case "Identity":
		return x
	case "Relu":
		return x.each(func(v float64) float64 { return max(0, v) })
	case "Sigmoid":
		return x.each(func(v float64) float64 { return 1 / (1 + math.Exp(-v)) })
	case "Gemm":
		return product(t, x, in[1], in[2])
	case "Reshape":
		var dims []int
		for axis, d := range in[1].data {
			if d == 0 {
				d = float64(x.dims[axis])
			}
			dims = append(dims, int(d))
		}
		if size(dims) != len(x.data) {
			t.Fatalf("%s makes %v of %v", n.name, dims, x.dims)
		}
		return numbers{dims, x.data}
	case "Concat":
		if axis := n.settings["axis"]; !slices.Equal(axis, []int{1}) || len(in) != 2 {
			t.Fatalf("%s joins %d along %v", n.name, len(in), axis)
		}
		a, b := in[0], in[1]
		joined := numbers{dims: []int{a.dims[0], a.dims[1] + b.dims[1]}}
		for i := range a.dims[0] {
			joined.data = append(joined.data, a.row(i)...)
			joined.data = append(joined.data, b.row(i)...)
		}
		return joined
	case "Conv", "ConvTranspose":
		want := map[string][]int{"kernel_shape": {4, 4}, "pads": {1, 1, 1, 1}, "strides": {2, 2}}
		for name, is := range want {
			if !slices.Equal(n.settings[name], is) {
				t.Errorf("%s has %s %v", n.name, name, n.settings[name])
			}
		}
		if n.kind == "Conv" {
			return narrow(t, x, in[1], in[2])
		}
		return widen(t, x, in[1], in[2])
	}
	t.Fatalf("there is no operator %s", n.kind)
	return numbers{}
}

func (x numbers) each(f func(float64) float64) numbers {
	y := numbers{x.dims, make([]float64, len(x.data))}
	for i, v := range x.data {
		y.data[i] = f(v)
	}
	return y
}

func (x numbers) row(i int) []float64 { return x.data[i*x.dims[1] : (i+1)*x.dims[1]] }

// at is a place in an array of four axes: where that lies outside, of zeros around it.
func (x numbers) at(i, j, k, l int) float64 {
	if k < 0 || k >= x.dims[2] || l < 0 || l >= x.dims[3] {
		return 0
	}
	return x.data[((i*x.dims[1]+j)*x.dims[2]+k)*x.dims[3]+l]
}

func product(t *testing.T, x, weights, biases numbers) numbers {
	in, out := weights.dims[0], weights.dims[1]
	if x.dims[1] != in || !slices.Equal(biases.dims, []int{out}) {
		t.Fatalf("%v · %v + %v", x.dims, weights.dims, biases.dims)
	}
	y := numbers{dims: []int{x.dims[0], out}}
	for i := range x.dims[0] {
		for j := range out {
			sum := biases.data[j]
			for k, v := range x.row(i) {
				sum += v * weights.data[k*out+j]
			}
			y.data = append(y.data, sum)
		}
	}
	return y
}

// narrow: weights are [out, in, down, across].
func narrow(t *testing.T, x, weights, biases numbers) numbers {
	out, in := weights.dims[0], weights.dims[1]
	if x.dims[1] != in || len(biases.data) != out {
		t.Fatalf("%v, weights %v, biases %v", x.dims, weights.dims, biases.dims)
	}
	y := numbers{dims: []int{x.dims[0], out, x.dims[2] / 2, x.dims[3] / 2}}
	for b := range x.dims[0] {
		for o := range out {
			for down := range y.dims[2] {
				for across := range y.dims[3] {
					sum := biases.data[o]
					for c := range in {
						for i := range 4 {
							for j := range 4 {
								sum += weights.at(o, c, i, j) * x.at(b, c, 2*down+i-1, 2*across+j-1)
							}
						}
					}
					y.data = append(y.data, sum)
				}
			}
		}
	}
	return y
}

// widen: weights are [in, out, down, across].
func widen(t *testing.T, x, weights, biases numbers) numbers {
	in, out := weights.dims[0], weights.dims[1]
	if x.dims[1] != in || len(biases.data) != out {
		t.Fatalf("%v, weights %v, biases %v", x.dims, weights.dims, biases.dims)
	}
	y := numbers{dims: []int{x.dims[0], out, 2 * x.dims[2], 2 * x.dims[3]}}
	for b := range x.dims[0] {
		for o := range out {
			for down := range y.dims[2] {
				for across := range y.dims[3] {
					sum := biases.data[o]
					for c := range in {
						for i := range 4 {
							for j := range 4 {
								if up, left := down+1-i, across+1-j; up%2 == 0 && left%2 == 0 {
									sum += weights.at(c, o, i, j) * x.at(b, c, up/2, left/2)
								}
							}
						}
					}
					y.data = append(y.data, sum)
				}
			}
		}
	}
	return y
}
