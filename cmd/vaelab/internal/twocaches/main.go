// Command twocaches lets the go command use a learner's own build cache over one that a class shares:
//
//	GOCACHEPROG="twocaches SHARED OWN"
//
// What is asked for is looked up in the learner's own folder and then in the shared one; what is new goes into his own. So nobody
// runs what another learner has compiled, the shared folder is read and never written, and a learner's cache costs nothing until he
// compiles something that the class's owner hasn't. A cache that is shared read-only by GOCACHE alone fails as soon as the clone
// changes, since the go command must write; and hard links to another's files are refused by Linux.
//
// The protocol is that of cmd/go/internal/cacheprog. Both folders are laid out as the go command does it, so either can be a GOCACHE.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "twocaches: give the shared folder and one's own") // to whoever calls it by hand
		os.Exit(2)
	}
	if err := serve(os.Stdin, os.Stdout, folder(os.Args[1]), folder(os.Args[2])); err != nil {
		fmt.Fprintln(os.Stderr, "twocaches:", err)
		os.Exit(1)
	}
}

// request is what the go command asks; the body of a put follows it as a string of base64.
type request struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	BodySize int64
}

// response is the answer.
type response struct {
	ID            int64
	Err           string     `json:",omitempty"`
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

// serve answers until the go command closes, or its end of the pipe does.
func serve(in io.Reader, out io.Writer, shared, own folder) error {
	w := bufio.NewWriter(out)
	tell := func(r response) error {
		text, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err = w.Write(append(text, '\n')); err != nil {
			return err
		}
		return w.Flush()
	}
	if err := tell(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for questions := json.NewDecoder(bufio.NewReader(in)); ; {
		var q request
		switch err := questions.Decode(&q); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		a := response{ID: q.ID}
		switch q.Command {
		case "get":
			e, found := own.get(q.ActionID)
			if found {
				own.use(q.ActionID, e)
			} else {
				e, found = shared.get(q.ActionID)
			}
			if a.Miss = !found; found {
				a.OutputID, a.Size, a.Time, a.DiskPath = e.output, e.size, &e.time, e.path
			}
		case "put":
			var body []byte
			if q.BodySize > 0 {
				var text string
				if err := questions.Decode(&text); err != nil {
					return err
				}
				var err error
				if body, err = base64.StdEncoding.DecodeString(text); err != nil {
					return err
				}
			}
			path, err := own.put(q.ActionID, q.OutputID, body)
			if a.DiskPath = path; err != nil {
				a.Err = err.Error()
			}
		case "close":
			own.sweep(time.Now())
			return tell(a)
		default:
			a.Err = "unknown command " + q.Command
		}
		if err := tell(a); err != nil {
			return err
		}
	}
}

// absolute is a path that the go command takes.
func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}
