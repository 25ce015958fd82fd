package labtest

import (
	"slices"
	"testing"
)

func TestNumbersIn(t *testing.T) {
	for text, want := range map[string][]string{
		"2,000 codes, 10, 4.5 nats; −1.2e−05 after 12.3 s of 16 steps": {"10", "16", "2,000", "4.5", "−1.2e−05"},
		"编码 2,000 个，10 与 4.5 奈特；16 步里的 −1.2e−05，用了 12.3 秒":             {"10", "16", "2,000", "4.5", "−1.2e−05"},
		"5 models are ready: 4 trained now, 1 loaded. It is 7.":        {"7"},
	} {
		if got := numbersIn(text); !slices.Equal(got, want) {
			t.Errorf("%q has %q, want %q", text, got, want)
		}
	}
	if text := readable(`<img alt="2 rows" width="300"><style>a{b:1}</style><b>3</b>`); !slices.Equal(numbersIn(text), []string{"2", "3"}) {
		t.Errorf("a person reads %q", text)
	}
}
