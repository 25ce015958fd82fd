package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"math"
	"os"
	"strconv"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// A state is kept in the safetensors format, which any Python can open too: the header's length (8 bytes, little
// endian), a JSON header that gives each array's type, shape and place, then the arrays' bytes. The header's
// "__metadata__" holds the history, the arrays' names and shapes in the network's order, and a checksum over both
// and over all bytes of the arrays. The state is read from these alone: the rest of the header is for others.
//
// Format: https://github.com/huggingface/safetensors#format

type tensorHeader struct {
	Type   string `json:"dtype"`
	Shape  []int  `json:"shape"`
	Places [2]int `json:"data_offsets"`
}

// listed is an array as the metadata's list names it. Their bytes follow one another in the list's order.
type listed struct {
	Name  string `json:"name"`
	Shape []int  `json:"shape"`
}

func writeSafetensors(w io.Writer, s run.State) error {
	history, err := json.Marshal(s.History)
	if err != nil {
		return err
	}
	header := map[string]any{}
	list := make([]listed, len(s.Arrays))
	var data []byte
	for i, a := range s.Arrays {
		begin := len(data)
		for _, x := range a.Data {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
		shape := append([]int{}, a.Dims...) // a scalar's is [], not null
		header[a.Name] = tensorHeader{"F32", shape, [2]int{begin, len(data)}}
		list[i] = listed{a.Name, shape}
	}
	arrays, err := json.Marshal(list)
	if err != nil {
		return err
	}
	header["__metadata__"] = map[string]string{
		"history": string(history), "arrays": string(arrays), "epochs": strconv.Itoa(len(s.History)),
		"sha256": checksum(history, arrays, data),
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
func readSafetensors(path string) (run.State, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return run.State{}, err
	}
	s, err := parseSafetensors(content)
	if err != nil {
		return run.State{}, words.Errorf("%s: %w: %w", path, err, ErrDamaged)
	}
	return s, nil
}

// headAndData takes a safetensors file's JSON header from the bytes of its arrays.
func headAndData(content []byte) (head, data []byte, err error) {
	if len(content) < 8 {
		return nil, nil, words.Errorf("it is shorter than its header")
	}
	size := binary.LittleEndian.Uint64(content)
	if size > uint64(len(content)-8) {
		return nil, nil, words.Errorf("its header is cut off")
	}
	return content[8 : 8+size], content[8+size:], nil
}

func parseSafetensors(content []byte) (run.State, error) {
	head, data, err := headAndData(content)
	if err != nil {
		return run.State{}, err
	}
	var header struct {
		Metadata map[string]string `json:"__metadata__"`
	}
	if err := json.Unmarshal(head, &header); err != nil {
		return run.State{}, words.Errorf("its header is no JSON")
	}
	history, arrays := []byte(header.Metadata["history"]), []byte(header.Metadata["arrays"])
	if header.Metadata["sha256"] != checksum(history, arrays, data) {
		return run.State{}, words.Errorf("its checksum doesn't match")
	}
	var s run.State
	var list []listed
	if json.Unmarshal(history, &s.History) != nil || json.Unmarshal(arrays, &list) != nil {
		return run.State{}, words.Errorf("its history can't be read")
	}
	for _, l := range list {
		n, ok := product(l.Shape, len(data)/4)
		if !ok {
			return run.State{}, words.Errorf("the shape of %s doesn't fit its bytes", l.Name)
		}
		a := run.Array{Name: l.Name, Dims: l.Shape, Data: make([]float32, n)}
		for i := range a.Data {
			a.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		s.Arrays, data = append(s.Arrays, a), data[4*n:]
	}
	if len(data) > 0 {
		return run.State{}, words.Errorf("it holds bytes of no array")
	}
	return s, nil
}

// epochsIn reads of a file no more than its header, and gives the number of epochs that it names.
func epochsIn(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var size uint64
	if err := binary.Read(file, binary.LittleEndian, &size); err != nil {
		return 0, err
	}
	var header struct {
		Metadata map[string]string `json:"__metadata__"`
	}
	if err := json.NewDecoder(io.LimitReader(file, int64(min(size, math.MaxInt64)))).Decode(&header); err != nil {
		return 0, err
	}
	return strconv.Atoi(header.Metadata["epochs"])
}

func checksum(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// product is the number of elements of a shape, and false where it is negative or above most.
func product(shape []int, most int) (int, bool) {
	n := 1
	for _, d := range shape {
		if d < 0 || d > 0 && n > most/d {
			return 0, false
		}
		n *= d
	}
	return n, n <= most
}
