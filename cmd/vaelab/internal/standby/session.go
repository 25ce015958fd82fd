package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net"
	"time"

	"vaelab/vaelib/words"
)

// patience is how long gopls may take for an answer. The kernel itself waits 8 s, and then shows an error.
const patience = 7 * time.Second

// session is a talk with a kernel. Its fields are touched by serve's goroutine alone.
type session struct {
	command        []string // runs gopls
	idle, patience time.Duration

	kernel    net.Conn
	greetings [2]message // initialize and initialized
	open      documents
	gopls     *server            // nil while none is needed
	waiting   [][]byte           // what gopls is told when it is ready
	pending   map[string]pending // requests without an answer, by identity
	active    time.Time          // when something was asked or answered last
}

type pending struct {
	id     json.RawMessage
	method string
	until  time.Time
}

// hello is the identity of the greeting that is said again to each gopls. The kernel's own identities are numbers.
var hello = json.RawMessage(`"standby"`)

// serve talks until the kernel ends the connection.
func (s *session) serve(kernel net.Conn) {
	defer kernel.Close()
	s.kernel, s.open, s.pending = kernel, documents{}, map[string]pending{}
	said := make(chan message)
	go func() {
		defer close(said)
		from := bufio.NewReader(kernel)
		for {
			m, err := read(from)
			if err != nil {
				return
			}
			said <- m
		}
	}()
	for {
		var told chan message
		if s.gopls != nil {
			told = s.gopls.told
		}
		select {
		case m, more := <-said:
			if !more {
				s.endGopls()
				return
			}
			s.active = time.Now()
			s.fromKernel(m)
		case m, more := <-told:
			if !more {
				s.endGopls()
				continue
			}
			s.fromGopls(m)
		case <-s.due():
			s.atDue(time.Now())
		}
	}
}

func (s *session) fromKernel(m message) {
	switch m.Method {
	case "initialize":
		s.greetings[0] = m
		s.answer(m.ID, map[string]any{"capabilities": map[string]any{}})
		return
	case "initialized":
		s.greetings[1] = m
		return
	}
	document := s.open.note(m)
	if m.request() {
		s.pending[string(m.ID)] = pending{m.ID, m.Method, time.Now().Add(s.patience)}
	}
	if s.gopls == nil && !s.startGopls() {
		return
	}
	switch {
	case s.gopls.ready:
		s.tell(m.text)
	case !document: // it will be told of all that are open
		s.waiting = append(s.waiting, m.text)
	}
}

// startGopls starts gopls and greets it as the kernel has greeted us. Where it can't be started, nothing is known.
func (s *session) startGopls() bool {
	gopls, err := start(s.command)
	if err != nil {
		s.endGopls()
		return false
	}
	s.gopls = gopls
	s.tell(compose(map[string]any{"id": hello, "method": "initialize", "params": s.greetings[0].Params}))
	return true
}

func (s *session) fromGopls(m message) {
	if m.answer() {
		if bytes.Equal(m.ID, hello) {
			s.gopls.ready = true
			texts := append([][]byte{s.greetings[1].text}, s.open.opened()...)
			for _, text := range append(texts, s.waiting...) {
				s.tell(text)
			}
			s.waiting = nil
			return
		}
		if _, waits := s.pending[string(m.ID)]; !waits {
			return // it was answered without gopls
		}
		delete(s.pending, string(m.ID))
	}
	_ = write(s.kernel, m.text) // if the kernel is gone, its end of the line says so
}

// tell tells gopls. If it has ended, its output says so.
func (s *session) tell(text []byte) { _ = write(s.gopls.input, text) }

// endGopls ends gopls, if it runs, and answers what nobody answers any more.
func (s *session) endGopls() {
	if s.gopls != nil {
		s.gopls.end()
	}
	s.gopls, s.waiting = nil, nil
	for _, p := range s.pending {
		s.answerEmpty(p)
	}
}

// due tells when there is next something to do: an answer that is late, or a gopls that nobody needs.
func (s *session) due() <-chan time.Time {
	if s.gopls == nil {
		return nil
	}
	next := s.active.Add(s.idle)
	for _, p := range s.pending {
		if p.until.Before(next) {
			next = p.until
		}
	}
	return time.After(time.Until(next))
}

func (s *session) atDue(now time.Time) {
	for _, p := range s.pending {
		if !now.Before(p.until) {
			s.answerEmpty(p)
			s.active = now // whoever asks again at once finds it further on
		}
	}
	if len(s.pending) == 0 && !now.Before(s.active.Add(s.idle)) {
		s.endGopls()
	}
}

// answerEmpty answers a request as gopls does where it knows nothing, in the form that the kernel can show.
func (s *session) answerEmpty(p pending) {
	delete(s.pending, string(p.id))
	switch p.method {
	case "textDocument/completion":
		s.answer(p.id, map[string]any{"isIncomplete": true, "items": []any{}})
	case "textDocument/hover":
		wait := words.Say("gopls, which explains code, is still reading the packages: ask again in a moment.")
		s.answer(p.id, map[string]any{"contents": map[string]any{"kind": "markdown", "value": wait}})
	case "textDocument/definition":
		s.answer(p.id, []any{})
	default:
		s.answer(p.id, nil)
	}
}

func (s *session) answer(id json.RawMessage, result any) {
	_ = write(s.kernel, compose(map[string]any{"id": id, "result": result})) // see fromGopls
}
