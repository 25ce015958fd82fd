package measure

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"vaelab/vaelib/words"
)

// A PCA as bytes: width, height and number of directions, then all numbers, to the last bit, then the SHA-256 of what stands before.

// MarshalBinary gives the PCA as bytes, for a file. It is an encoding.BinaryMarshaler.
func (p *PCA) MarshalBinary() ([]byte, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	var data []byte
	for _, n := range []int{p.Width, p.Height, len(p.Directions)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(n))
	}
	put := func(list ...float64) {
		for _, x := range list {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(x))
		}
	}
	put(p.Total)
	put(p.Mean...)
	put(p.Variance...)
	for _, d := range p.Directions {
		put(d...)
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...), nil
}

// UnmarshalBinary takes what MarshalBinary has given. Bytes that are cut or changed are an error, and leave p as it was. It is an
// encoding.BinaryUnmarshaler.
func (p *PCA) UnmarshalBinary(data []byte) error {
	const head = 3 * 4
	body := len(data) - sha256.Size
	if p == nil {
		return words.Errorf("there is no PCA to read into: give the address of one")
	}
	if body < head {
		return words.Errorf("the file of a PCA is cut: %d bytes: make it anew with NewPCA", len(data))
	}
	if sum := sha256.Sum256(data[:body]); !bytes.Equal(sum[:], data[body:]) {
		return words.Errorf("the file of a PCA is damaged: make it anew with NewPCA")
	}
	at := func(i int) int { return int(binary.LittleEndian.Uint32(data[4*i:])) }
	read := PCA{Width: at(0), Height: at(1)}
	k, pixels := at(2), read.Width*read.Height
	numbers := make([]float64, (body-head)/8)
	if want := 1 + pixels + k + k*pixels; len(numbers) != want {
		return words.Errorf("the file of a PCA holds %d numbers where %d directions of %d pixels are %d: make it anew with NewPCA", len(numbers), k, pixels, want)
	}
	for i := range numbers {
		numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[head+8*i:]))
	}
	take := func(n int) (list []float64) {
		list, numbers = numbers[:n:n], numbers[n:]
		return list
	}
	read.Total, read.Mean, read.Variance = take(1)[0], take(pixels), take(k)
	for range k {
		read.Directions = append(read.Directions, take(pixels))
	}
	*p = read
	return p.Validate()
}
