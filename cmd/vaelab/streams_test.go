package main

import (
	"encoding/json"
	"testing"
)

// streams counts an executed notebook's outputs: all of them, and by where they were written, "stdout" or "stderr".
func streams(t *testing.T, path string) map[string]int {
	t.Helper()
	var book struct {
		Cells []struct {
			Outputs []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, path)), &book); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, c := range book.Cells {
		for _, o := range c.Outputs {
			count["all"]++
			if o.Name != "" {
				count[o.Name]++
			}
		}
	}
	return count
}
