package tab

import (
	"io"
	"syscall/js"
)

// Port is a MessagePort as a stream of bytes: each message that comes is an array of them, or null at the end. One goroutine
// at a time may read, and one write.
func Port(port js.Value) io.ReadWriteCloser {
	p := &stream{port: port, news: make(chan struct{}, 1)}
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		p.hear(args[0].Get("data"))
		return nil
	}))
	return p
}

type stream struct {
	port js.Value
	come [][]byte // and not read yet
	over bool     // nothing more is to come
	news chan struct{}
}

// hear keeps what comes. It must not wait: it is called by the browser's own loop, which would bring nothing else meanwhile.
func (p *stream) hear(data js.Value) {
	if data.IsNull() {
		p.over = true
	} else {
		bytes := make([]byte, data.Length())
		js.CopyBytesToGo(bytes, data)
		p.come = append(p.come, bytes)
	}
	select {
	case p.news <- struct{}{}:
	default: // the reader has still to see the last
	}
}

// Read needs no lock: a program here has one thread, which changes hands only where it waits.
func (p *stream) Read(b []byte) (int, error) {
	for len(p.come) == 0 {
		if p.over {
			return 0, io.EOF
		}
		<-p.news
	}
	n := copy(b, p.come[0])
	if p.come[0] = p.come[0][n:]; len(p.come[0]) == 0 {
		p.come = p.come[1:]
	}
	return n, nil
}

func (p *stream) Write(b []byte) (int, error) {
	bytes := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(bytes, b)
	p.port.Call("postMessage", bytes, []any{bytes.Get("buffer")})
	return len(b), nil
}

// Close tells the other side that nothing more is to come.
func (p *stream) Close() error {
	p.port.Call("postMessage", nil)
	return nil
}
