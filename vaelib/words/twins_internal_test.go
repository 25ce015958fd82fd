package words

import "testing"

// TestPatterns: what was said by a format in another language is found again, with its arguments in the order of the English one.
func TestPatterns(t *testing.T) {
	known := map[string]string{"解码器": "the decoder"}
	for _, c := range []struct{ format, english, text, want string }{
		{"KL 权重 %v", "KL weight %v", "KL 权重 0.5", "KL weight 0.5"},
		{"%[2]d 张由%[1]s还原，%.1[3]f%%", "%s restores %d, %.1f%%", "3 张由解码器还原，95.0%", "the decoder restores 3, 95.0%"},
		{"%s，%s", "%s, %s", "a，b，c", "a, b，c"},
		{"从 %d 到 %d 轮", "from %d to %d epochs", "从 1 到 10 轮", "from 1 to 10 epochs"},
		{"%d 轮", "%d epochs", "轮", ""}, {"KL 项", "KL term", "KL 项！", ""}, {"%+.2f 奈特", "%+.2f nats", "+1.50 奈特/张", ""},
	} {
		p, err := patternOf(c.format, c.english)
		if err != nil {
			t.Error(err)
			continue
		}
		if got, ok := p.apply(c.text, known); got != c.want || ok != (c.want != "") {
			t.Errorf("%q of %q is %q, %v, want %q", c.text, c.format, got, ok, c.want)
		}
	}
	if p, err := patternOf("%d 轮", "%s epochs"); err == nil {
		t.Errorf("other verbs give the pattern %v", p)
	}
}
