package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// message is one of the language server protocol's messages: a request has an identity and a method, a notice a method alone, and an
// answer an identity alone.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`

	text []byte // the whole of it, as it came
}

func (m message) request() bool { return m.Method != "" && len(m.ID) > 0 }
func (m message) answer() bool  { return m.Method == "" }

// largest is more than any message has: what claims to be larger is none.
const largest = 256 << 20

// read takes the next message from a stream.
func read(from *bufio.Reader) (m message, err error) {
	length := -1
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			return m, err
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return m, err
			}
		}
	}
	if length < 0 || length > largest {
		return m, words.Errorf("a message of %d bytes is none", length)
	}
	m.text = make([]byte, length)
	if _, err := io.ReadFull(from, m.text); err != nil {
		return m, err
	}
	return m, json.Unmarshal(m.text, &m)
}

// write puts a message into a stream.
func write(to io.Writer, text []byte) error {
	_, err := to.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(text)), text...))
	return err
}

// compose is the text of a message with some fields. They are this program's own or were read as JSON, so they can be written.
func compose(fields map[string]any) []byte {
	fields["jsonrpc"] = "2.0"
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return text
}
