package main

import (
	"encoding/json"
	"maps"
	"slices"
)

// documents are the files that the kernel has open in gopls, by their address. It sends each change as the whole new text.
type documents map[string]document

type document struct {
	URI      string `json:"uri"`
	Language string `json:"languageId"`
	Version  int    `json:"version"`
	Text     string `json:"text"`
}

// note keeps what a message says of documents, and reports whether it is about them.
func (d documents) note(m message) bool {
	var said struct {
		TextDocument   document
		ContentChanges []struct{ Text string }
	}
	switch m.Method {
	case "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose":
		if json.Unmarshal(m.Params, &said) != nil {
			return false // gopls will say so
		}
	default:
		return false
	}
	now := said.TextDocument
	switch m.Method {
	case "textDocument/didClose":
		delete(d, now.URI)
	case "textDocument/didChange":
		now.Language = d[now.URI].Language
		if n := len(said.ContentChanges); n > 0 {
			now.Text = said.ContentChanges[n-1].Text
		}
		fallthrough
	default:
		d[now.URI] = now
	}
	return true
}

// opened are the messages that open them all.
func (d documents) opened() (texts [][]byte) {
	for _, uri := range slices.Sorted(maps.Keys(d)) {
		texts = append(texts, compose(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": d[uri]}}))
	}
	return texts
}
