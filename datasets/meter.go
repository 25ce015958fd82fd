//go:build !js

package datasets

import (
	"io"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// A meter writes how far a download is, over and over on one line.
type meter struct {
	to                 io.Writer // nil: nowhere
	name               string
	start, done, total int64 // bytes; total is negative when the server doesn't say
	began, shown       time.Time
}

func newMeter(to io.Writer, name string, start, rest int64) *meter {
	total := int64(-1)
	if rest >= 0 {
		total = start + rest
	}
	return &meter{to: to, name: name, start: start, done: start, total: total, began: time.Now()}
}

// Write counts what passes by.
func (m *meter) Write(p []byte) (int, error) {
	m.done += int64(len(p))
	if now := time.Now(); now.Sub(m.shown) >= 200*time.Millisecond {
		m.shown = now
		m.show("")
	}
	return len(p), nil
}

// end leaves the last state on its line.
func (m *meter) end() { m.show("\n") }

func (m *meter) show(after string) {
	const MB = 1e6
	line := words.Say("%s: %.1f MB", m.name, float64(m.done)/MB)
	if m.total > 0 {
		line = words.Say("%s: %.1f of %.1f MB (%d%%)",
			m.name, float64(m.done)/MB, float64(m.total)/MB, 100*m.done/m.total)
		if came, rest := m.done-m.start, m.total-m.done; came > 0 && rest > 0 {
			left := time.Duration(float64(time.Since(m.began)) * float64(rest) / float64(came))
			line = words.Say("%s, %v left", line, left.Round(time.Second))
		}
	}
	padding := strings.Repeat(" ", max(0, 72-words.Columns(line))) // wipes what a longer line left
	say(m.to, "\r%s%s%s", line, padding, after)
}
