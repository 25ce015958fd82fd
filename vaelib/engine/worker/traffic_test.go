package worker

import (
	"io"
	"math"
	"sync/atomic"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// counted counts the bytes that a cell sends.
type counted struct {
	io.Writer
	n atomic.Int64
}

func (c *counted) Write(p []byte) (int, error) {
	c.n.Add(int64(len(p)))
	return c.Writer.Write(p)
}

// What a question is about crosses the pipe once, whatever it is called, and again where a pixel or a weight has changed; the
// weights of a run that is kept don't cross it at all.
func TestThingsAreSentOnce(t *testing.T) {
	var sent *counted
	w := pairThrough(t, here(t), func(out io.Writer) io.Writer {
		sent = &counted{Writer: out}
		return sent
	})
	bytes := func(do func()) int {
		before := sent.n.Load()
		do()
		return int(sent.n.Load() - before)
	}
	data := tiny.Data(300, 300)
	size := len(data.Train.Pixels) + len(data.Test.Pixels)
	train := func(c run.Config) (r run.Run) {
		runs, err := w.Train(t.Context(), data, nil, c)
		if err != nil {
			t.Fatal(err)
		}
		return runs[0]
	}
	var r run.Run
	first, second := configs()[0], configs()[0]
	second.Seed++
	if n := bytes(func() { r = train(first) }); n < size {
		t.Errorf("%d bytes for the first training: fewer than the images have", n)
	}
	if n := bytes(func() { train(second) }); n > 4000 {
		t.Errorf("%d bytes for the second training", n)
	}

	weights := 4 * len(r.State.Arrays[0].Data)
	open := func(r run.Run) (err error) {
		_, err = w.Open(t.Context(), r)
		return err
	}
	if n := bytes(func() { must[any](t)(nil, open(r)) }); n > weights/2 {
		t.Errorf("%d bytes to open a run that is kept", n)
	}
	r.State.Arrays[0].Data[0] += 1
	changed := bytes(func() { must[any](t)(nil, open(r)) })
	if changed < weights {
		t.Errorf("%d bytes to open a run whose weights were changed: these can't have been sent", changed)
	}
	if again := bytes(func() { must[any](t)(nil, open(r)) }); again > changed/2 {
		t.Errorf("%d bytes to open it again", again)
	}

	network, err := w.Open(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	encode := func(set datasets.Images) []float64 {
		codes, err := network.Encode(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		return codes.Mean[0]
	}
	var was []float64
	if n := bytes(func() { was = encode(data.Test) }); n < len(data.Test.Pixels) {
		t.Errorf("%d bytes for new images", n)
	}
	if n := bytes(func() { encode(data.Test) }); n > 2000 {
		t.Errorf("%d bytes for images that were sent", n)
	}
	for i := range data.Test.Pixels[:data.Test.Width*data.Test.Height] {
		data.Test.Pixels[i] ^= 0xff
	}
	if now := encode(data.Test); math.Abs(now[0]-was[0]) < 1e-9 {
		t.Error("a changed image has its old code")
	}
}
