package ops

import (
	"slices"
	"unsafe"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/internal/gobackend"
	"github.com/gomlx/compute/internal/gobackend/simd"
	"github.com/gomlx/compute/shapes"
)

func init() {
	for op, e := range map[compute.OpType]gobackend.NodeExecutor{
		compute.OpTypeAdd:       wasmBinary(simd.Add, simd.AddOne, simd.AddOne, execAdd),
		compute.OpTypeSub:       wasmBinary(simd.Sub, simd.SubOne, simd.OneSub, execSub),
		compute.OpTypeMul:       wasmBinary(simd.Mul, simd.MulOne, simd.MulOne, execMul),
		compute.OpTypeDiv:       wasmBinary(simd.Div, simd.DivOne, simd.OneDiv, execDiv),
		compute.OpTypeMin:       wasmBinary(simd.Min, simd.MinOne, simd.MinOne, execMin),
		compute.OpTypeMax:       wasmBinary(simd.Max, simd.MaxOne, simd.MaxOne, execMax),
		compute.OpTypeNeg:       wasmUnary(simd.Least, simd.Neg, execNeg),
		compute.OpTypeAbs:       wasmUnary(simd.Least, simd.Abs, execAbs),
		compute.OpTypeSqrt:      wasmUnary(simd.Least, simd.Sqrt, execSqrt),
		compute.OpTypeSign:      wasmUnary(simd.Least, simd.Sign, execSign),
		compute.OpTypeExp:       wasmUnary(simd.LeastRounding, simd.Exp, execExp),
		compute.OpTypeLog1p:     wasmUnary(simd.LeastRounding, simd.Log1p, execLog1p),
		compute.OpTypeLogistic:  wasmUnary(simd.LeastRounding, simd.Logistic, execLogistic),
		compute.OpTypeTranspose: wasmTranspose,
		compute.OpTypeReduceSum: wasmSum,
	} {
		gobackend.SetNodeExecutor(op, gobackend.PriorityArch, e)
	}
	ConvertDTypePairMap.Register(dtypes.Uint8, dtypes.Float32, gobackend.PriorityArch, wasmBytes)
}

func at(x []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

func wasmUnary(least int, f func(x, out unsafe.Pointer, n int32), generic gobackend.NodeExecutor) gobackend.NodeExecutor {
	return func(backend *gobackend.Backend, node *gobackend.Node, inputs []*gobackend.Buffer, inputsOwned []bool) (*gobackend.Buffer, error) {
		x, ok := inputs[0].Flat.([]float32)
		if !ok || len(x) < least {
			return generic(backend, node, inputs, inputsOwned)
		}
		_, output, err := unaryOperandAndOutput(backend, inputs, inputsOwned)
		if err != nil {
			return nil, err
		}
		f(at(x), at(output.Flat.([]float32)), int32(len(x)))
		return output, nil
	}
}

// wasmBinary takes a function of two vectors, one of a vector and a number, and one of a number and a vector.
func wasmBinary(pairs func(x, y, out unsafe.Pointer, n int32), one, oneFirst func(x unsafe.Pointer, y float32, out unsafe.Pointer, n int32), generic gobackend.NodeExecutor) gobackend.NodeExecutor {
	return func(backend *gobackend.Backend, node *gobackend.Node, inputs []*gobackend.Buffer, inputsOwned []bool) (*gobackend.Buffer, error) {
		x, okX := inputs[0].Flat.([]float32)
		y, okY := inputs[1].Flat.([]float32)
		if !okX || !okY || node.Shape.IsDynamic() {
			return generic(backend, node, inputs, inputsOwned)
		}
		turned := len(x) < len(y)
		large, small := inputs[0].RawShape, inputs[1].RawShape
		if turned {
			large, small = small, large
		}
		rows, columns, repeated, ok := wasmGrid(large, small)
		if !ok || columns < simd.Least || large.Size() != node.Shape.Size() {
			return generic(backend, node, inputs, inputsOwned)
		}
		_, _, output, _, _ := binaryOperandsAndOutputForExecution(backend, node, inputs, inputsOwned, node.Shape)
		out, n := output.Flat.([]float32), int32(columns)
		for r := range rows {
			from, to := r*columns, (r+1)*columns
			switch {
			case !repeated && turned:
				oneFirst(at(y[from:to]), x[r], at(out[from:to]), n)
			case !repeated:
				one(at(x[from:to]), y[r], at(out[from:to]), n)
			case turned:
				pairs(at(x[:columns]), at(y[from:to]), at(out[from:to]), n)
			default:
				pairs(at(x[from:to]), at(y[:columns]), at(out[from:to]), n)
			}
		}
		return output, nil
	}
}

// wasmGrid sees the larger of two arrays as rows and columns, such that the smaller is one row, which is repeated for each, or one
// number for each row.
func wasmGrid(large, small shapes.Shape) (rows, columns int, repeated, ok bool) {
	size, n := large.Size(), small.Size()
	switch {
	case n == 0:
		return 0, 0, false, false
	case n == 1:
		return 1, size, size == 1, true
	case n == size:
		return 1, size, true, large.Equal(small)
	case large.Rank() != small.Rank():
		return 0, 0, false, false
	}
	// All axes in which both agree come last, or all come first.
	split := func(firstAgree bool) bool {
		i := 0
		for i < small.Rank() && (small.Dimensions[i] == large.Dimensions[i]) == firstAgree {
			i++
		}
		for _, axis := range small.Dimensions[i:] {
			if firstAgree && axis != 1 {
				return false
			}
		}
		for j := i; j < small.Rank(); j++ {
			if !firstAgree && small.Dimensions[j] != large.Dimensions[j] {
				return false
			}
		}
		return true
	}
	switch {
	case split(false):
		return size / n, n, true, true
	case split(true):
		return n, size / n, false, true
	}
	return 0, 0, false, false
}

func wasmTranspose(backend *gobackend.Backend, node *gobackend.Node, inputs []*gobackend.Buffer, inputsOwned []bool) (*gobackend.Buffer, error) {
	x, ok := inputs[0].Flat.([]float32)
	var axes []int // that are longer than 1, in the order of the result
	for _, axis := range node.Data.([]int) {
		if inputs[0].RawShape.Dimensions[axis] > 1 {
			axes = append(axes, axis)
		}
	}
	moved := !slices.IsSorted(axes)
	if !ok || moved && len(axes) != 2 {
		return execTranspose(backend, node, inputs, inputsOwned)
	}
	output, err := backend.GetBuffer(node.Shape)
	if err != nil {
		return nil, err
	}
	if !moved {
		copy(output.Flat.([]float32), x)
		return output, nil
	}
	dims := inputs[0].RawShape.Dimensions
	simd.Transpose(at(x), at(output.Flat.([]float32)), int32(dims[axes[1]]), int32(dims[axes[0]]))
	return output, nil
}

// wasmSum sums over the last axes, or over the first.
func wasmSum(backend *gobackend.Backend, node *gobackend.Node, inputs []*gobackend.Buffer, inputsOwned []bool) (*gobackend.Buffer, error) {
	x, ok := inputs[0].Flat.([]float32)
	dims := inputs[0].RawShape.Dimensions
	summed := make([]bool, len(dims))
	for _, axis := range node.Data.([]int) {
		summed[axis] = true
	}
	if len(node.Data.([]int)) == 0 {
		for axis := range summed {
			summed[axis] = true
		}
	}
	rows, columns, changes := 1, 1, 0
	for axis, n := range dims {
		if axis > 0 && summed[axis] != summed[axis-1] {
			changes++
		}
		if len(dims) > 0 && summed[axis] == summed[0] {
			rows *= n
		} else {
			columns *= n
		}
	}
	if !ok || len(dims) == 0 || changes > 1 || len(x) < simd.LeastRounding || node.Shape.IsDynamic() {
		return execReduce(backend, node, inputs, inputsOwned)
	}
	output, err := backend.GetBuffer(node.Shape)
	if err != nil {
		return nil, err
	}
	out := output.Flat.([]float32)
	switch {
	case !summed[0]: // the first axes stay
		simd.SumRows(at(x), at(out), int32(rows), int32(columns))
	case changes == 0: // everything
		simd.SumRows(at(x), at(out), 1, int32(rows))
	case columns < simd.Least:
		copy(out, x[:columns])
		for r := 1; r < rows; r++ {
			for c := range columns {
				out[c] += x[r*columns+c]
			}
		}
	default:
		copy(out, x[:columns])
		for r := 1; r < rows; r++ {
			simd.Add(at(out), at(x[r*columns:(r+1)*columns]), at(out), int32(columns))
		}
	}
	return output, nil
}

func wasmBytes(operand, output *gobackend.Buffer) {
	x := operand.Flat.([]uint8)
	if len(x) < simd.Least {
		execConvertDTypeGeneric[uint8, float32](operand, output)
		return
	}
	simd.Bytes(unsafe.Pointer(unsafe.SliceData(x)), at(output.Flat.([]float32)), int32(len(x)))
}
