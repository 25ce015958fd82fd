package firefox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// line is a connection that speaks WebDriver BiDi: questions with numbers, answers in any order, and events between them.
type line struct {
	net.Conn
	from  io.Reader                                   // what comes over the connection
	event func(method string, params json.RawMessage) // hears events, one after the other

	mu      sync.Mutex
	asked   int
	waiting map[int]chan message
	gone    chan struct{} // closed when nothing more will come
}

// message is whatever the browser sends.
type message struct {
	ID      int
	Type    string // success, error, event
	Method  string
	Params  json.RawMessage
	Result  json.RawMessage
	Error   string
	Message string
}

// dial connects to a browser.
func dial(ctx context.Context, address string, event func(method string, params json.RawMessage)) (*line, error) {
	conn, early, _, err := ws.Dial(ctx, address)
	if err != nil {
		return nil, err
	}
	l := &line{Conn: conn, from: conn, event: event, waiting: map[int]chan message{}, gone: make(chan struct{})}
	if early != nil { // it holds what came with the handshake
		l.from = early
	}
	go l.listen()
	return l, nil
}

// Read reads what the browser sends.
func (l *line) Read(p []byte) (int, error) { return l.from.Read(p) }

func (l *line) listen() {
	defer close(l.gone)
	for {
		data, err := wsutil.ReadServerText(l)
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			return
		}
		if m.Type == "event" {
			l.event(m.Method, m.Params)
			continue
		}
		l.mu.Lock()
		answer := l.waiting[m.ID]
		delete(l.waiting, m.ID)
		l.mu.Unlock()
		if answer != nil {
			answer <- m
		}
	}
}

// ask gives a command and waits for its result. An event's listener can't ask: its answer would come after the event.
func (l *line) ask(ctx context.Context, method string, params map[string]any, result any) error {
	answer := make(chan message, 1)
	l.mu.Lock()
	l.asked++
	command, err := json.Marshal(map[string]any{"id": l.asked, "method": method, "params": params})
	if err == nil {
		l.waiting[l.asked] = answer
		err = wsutil.WriteClientText(l.Conn, command)
	}
	l.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m := <-answer:
		if m.Type == "error" {
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-l.gone:
		return fmt.Errorf("%s: Firefox has ended", method)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, context.Cause(ctx))
	}
}
