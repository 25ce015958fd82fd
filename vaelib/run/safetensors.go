package run

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
)

// A state is kept in the safetensors format, which any Python can open too: the header's length (8 bytes, little
// endian), a JSON header that gives each array's type, shape and place, then the arrays' bytes. The history and a
// checksum over it and over all arrays go into the header's "__metadata__".
//
// Format: https://github.com/huggingface/safetensors#format

type tensorHeader struct {
	Type   string `json:"dtype"`
	Shape  []int  `json:"shape"`
	Places [2]int `json:"data_offsets"`
}

func writeSafetensors(w io.Writer, s State) error {
	history, err := json.Marshal(s.History)
	if err != nil {
		return err
	}
	header := map[string]any{}
	order := make([]string, len(s.Arrays))
	end := 0
	for i, a := range s.Arrays {
		begin := end
		end += 4 * len(a.Data)
		header[a.Name] = tensorHeader{"F32", a.Dims, [2]int{begin, end}}
		order[i] = a.Name
	}
	data := make([]byte, 0, end)
	for _, a := range s.Arrays {
		for _, x := range a.Data {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
	}
	names, err := json.Marshal(order) // a JSON object keeps no order: this keeps the network's
	if err != nil {
		return err
	}
	header["__metadata__"] = map[string]string{
		"history": string(history), "order": string(names), "epochs": strconv.Itoa(len(s.History)),
		"sha256": checksum(history, names, data),
	}
	head, err := json.Marshal(header)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	b.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(head))))
	b.Write(head)
	b.Write(data)
	return b.Flush()
}

// readSafetensors gives the state in a file, or ErrDamaged where it isn't the one that was written.
func readSafetensors(path string) (State, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return State{}, err
	}
	damaged := func(what string) error { return fmt.Errorf("%s: %s: %w", path, what, ErrDamaged) }
	if len(content) < 8 {
		return State{}, damaged("it is shorter than its header")
	}
	size := binary.LittleEndian.Uint64(content)
	if size > uint64(len(content)-8) {
		return State{}, damaged("its header is cut off")
	}
	head, data := content[8:8+size], content[8+size:]
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(head, &raw); err != nil {
		return State{}, damaged("its header is no JSON")
	}
	var meta map[string]string
	if err := json.Unmarshal(raw["__metadata__"], &meta); err != nil {
		return State{}, damaged("its header holds no history")
	}
	if meta["sha256"] != checksum([]byte(meta["history"]), []byte(meta["order"]), data) {
		return State{}, damaged("its checksum doesn't match")
	}
	var s State
	var names []string
	if json.Unmarshal([]byte(meta["history"]), &s.History) != nil || json.Unmarshal([]byte(meta["order"]), &names) != nil {
		return State{}, damaged("its history can't be read")
	}
	for _, name := range names {
		var t tensorHeader
		if err := json.Unmarshal(raw[name], &t); err != nil || t.Type != "F32" ||
			t.Places[0] < 0 || t.Places[1] < t.Places[0] || t.Places[1] > len(data) {
			return State{}, damaged("the place of " + name + " is wrong")
		}
		a := Array{Name: name, Dims: t.Shape, Data: make([]float32, (t.Places[1]-t.Places[0])/4)}
		if product(t.Shape) != len(a.Data) {
			return State{}, damaged("the shape of " + name + " is wrong")
		}
		for i := range a.Data {
			a.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[t.Places[0]+4*i:]))
		}
		s.Arrays = append(s.Arrays, a)
	}
	return s, nil
}

func checksum(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func product(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}
