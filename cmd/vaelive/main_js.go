package main

import (
	"encoding/binary"
	"math"
	"syscall/js"

	"vaelab/cmd/internal/site/live"
)

var networks []live.Network

func main() {
	functions := map[string]any{}
	for name, f := range map[string]func(args []js.Value) any{
		"network": func(args []js.Value) any {
			n, err := live.Read(bytes(args[0]))
			if err != nil {
				return err.Error()
			}
			networks = append(networks, n)
			return len(networks) - 1
		},
		"encode": func(args []js.Value) any { return list(networks[args[0].Int()].Encode(bytes(args[1]))) },
		"decode": func(args []js.Value) any {
			code := make([]float64, args[1].Length())
			for i := range code {
				code[i] = args[1].Index(i).Float()
			}
			return array(networks[args[0].Int()].Decode(code))
		},
		"fine": func(args []js.Value) any {
			forMu, forSigma := live.Fine(args[0].Float(), args[1].Float())
			return list([]float64{forMu, forSigma})
		},
		"bell": func(args []js.Value) any {
			return list(live.Bell(args[0].Float(), args[1].Float(), args[2].Float(), args[3].Float(), args[4].Int()))
		},
		"draws": func(args []js.Value) any {
			x, means, se := live.Draws(args[0].Float(), args[1].Float(), uint64(args[2].Int()), args[3].Int())
			return list(append(append(x, means...), se))
		},
		"landscape": func(args []js.Value) any {
			return list(live.Landscape(args[0].Float(), args[1].Float(), args[2].Float(), args[3].Int(), args[4].Int()))
		},
	} {
		functions[name] = js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
	}
	js.Global().Set("vaelive", functions)
	select {}
}

// bytes copies a Uint8Array.
func bytes(v js.Value) []byte {
	b := make([]byte, v.Length())
	js.CopyBytesToGo(b, v)
	return b
}

// array is bytes as a Uint8Array.
func array(b []byte) js.Value {
	v := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(v, b)
	return v
}

// list is numbers as a Float64Array.
func list(numbers []float64) js.Value {
	b := make([]byte, 0, 8*len(numbers))
	for _, x := range numbers {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	return js.Global().Get("Float64Array").New(array(b).Get("buffer"))
}
