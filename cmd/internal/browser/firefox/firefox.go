// Package firefox drives Firefox for tests, by WebDriver BiDi (https://w3c.github.io/webdriver-bidi), which it speaks by itself.
package firefox

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// Hears is told what happens in a tab, one after the other.
type Hears struct {
	Request func(address string) // the page, or a worker of its, asks for something
	Fault   func(text string)    // an error that nobody has caught
}

// Tab is a page in a Firefox of its own.
type Tab struct {
	ctx  context.Context
	line *line
	id   string
}

// Open starts a Firefox without a window and with empty storage, and shows an empty page of so many pixels. end ends it; so does
// the context's end.
func Open(ctx context.Context, width, height int, hears Hears) (tab *Tab, end func(), err error) {
	p, err := start(ctx)
	if err != nil {
		return nil, nil, err
	}
	l, err := dial(ctx, p.address, hears.event)
	if err != nil {
		_ = p.cmd.Process.Kill()
		p.stop()
		return nil, nil, fmt.Errorf("the browser Firefox can't be driven at %s: %w", p.address, err)
	}
	t := &Tab{ctx: ctx, line: l}
	end = func() {
		goodbye, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		_ = l.ask(goodbye, "browser.close", map[string]any{}, nil)
		_ = l.Close()
		p.stop()
	}
	if err := t.begin(width, height); err != nil {
		end()
		return nil, nil, fmt.Errorf("the browser Firefox can't be driven: %w", err)
	}
	return t, end, nil
}

// begin opens the tab. Whatever a page asks, such as whether to leave it, gets a yes.
func (t *Tab) begin(width, height int) error {
	prompts := map[string]any{"default": "accept", "beforeUnload": "accept"}
	err := t.line.ask(t.ctx, "session.new", map[string]any{"capabilities": map[string]any{
		"alwaysMatch": map[string]any{"unhandledPromptBehavior": prompts}}}, nil)
	if err != nil {
		return err
	}
	events := []string{"log.entryAdded", "network.beforeRequestSent"}
	if err := t.line.ask(t.ctx, "session.subscribe", map[string]any{"events": events}, nil); err != nil {
		return err
	}
	var made struct{ Context string }
	if err := t.line.ask(t.ctx, "browsingContext.create", map[string]any{"type": "tab"}, &made); err != nil {
		return err
	}
	t.id = made.Context
	return t.Resize(width, height)
}

// event passes on what happens.
func (h Hears) event(method string, params json.RawMessage) {
	var e struct {
		Type, Level, Text string
		Request           struct{ URL string }
		StackTrace        struct {
			CallFrames []struct {
				URL        string
				LineNumber int
			}
		}
	}
	if json.Unmarshal(params, &e) != nil {
		return
	}
	switch {
	case method == "network.beforeRequestSent":
		h.Request(e.Request.URL)
	case strings.HasPrefix(e.Text, "Failed to load ‘"):
		// A request that ended with its page, and that a service worker was to answer: Firefox counts it with the scripts' errors.
	case method == "log.entryAdded" && e.Type == "javascript" && e.Level == "error":
		for _, frame := range e.StackTrace.CallFrames {
			e.Text += fmt.Sprintf("\n    %s:%d", frame.URL, frame.LineNumber+1)
		}
		h.Fault(e.Text)
	}
}

// Resize gives the page another size.
func (t *Tab) Resize(width, height int) error {
	return t.line.ask(t.ctx, "browsingContext.setViewport", map[string]any{
		"context": t.id, "viewport": map[string]any{"width": width, "height": height}}, nil)
}

// Go opens an address and waits until it is loaded.
func (t *Tab) Go(address string) error {
	return t.line.ask(t.ctx, "browsingContext.navigate", map[string]any{"context": t.id, "url": address, "wait": "complete"}, nil)
}

// Eval evaluates a JavaScript expression, waits for its promise if it is one, and gives its value as JSON does.
func (t *Tab) Eval(expression string, into any) error {
	var answer struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := t.line.ask(t.ctx, "script.evaluate", map[string]any{
		"expression":   "(async () => JSON.stringify(await (" + expression + ")) ?? 'null')()",
		"target":       map[string]any{"context": t.id},
		"awaitPromise": true, "resultOwnership": "none",
	}, &answer)
	switch {
	case err != nil:
		return err
	case answer.Type != "success":
		return fmt.Errorf("the page throws: %s", answer.ExceptionDetails.Text)
	case into == nil:
		return nil
	}
	return json.Unmarshal([]byte(answer.Result.Value), into)
}

// Screenshot writes what is seen as PNG.
func (t *Tab) Screenshot(path string) error {
	var taken struct{ Data string }
	if err := t.line.ask(t.ctx, "browsingContext.captureScreenshot", map[string]any{"context": t.id}, &taken); err != nil {
		return err
	}
	png, err := base64.StdEncoding.DecodeString(taken.Data)
	if err != nil {
		return err
	}
	return os.WriteFile(path, png, 0o644)
}
