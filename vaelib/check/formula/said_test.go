package formula

import (
	"strings"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

// What words a formula has, the reader has in the language that is spoken. What it is called in, and how explanations are weighed
// against each other, doesn't change with that.
func TestFormulasAreSaid(t *testing.T) {
	inChinese := wordstest.Catalogue(map[string]string{
		"mean(%s)": "均值(%s)", "largest(%s)": "最大值(%s)", "smallest(%s)": "最小值(%s)", "first(%s)": "首项(%s)", "last(%s)": "末项(%s)", "count(%s)": "个数(%s)",
		"product(%s)": "连乘(%s)", "median(%s)": "中位数(%s)", "not(%s)": "非(%s)", "and(%s)": "同时(%s)", "where(%s)": "成立的位置(%s)",
		"without first(%s)": "去掉首项(%s)", "without last(%s)": "去掉末项(%s)", "(%s if %s, else %s)": "(若 %[2]s 则取 %[1]s，否则取 %[3]s)",
		"Your answer has the values of %s: %s.": "你的答案算出来的是 %s：%s。", "%s (with %s)": "%s（其中 %s）", "; ": "；", "the constant": "常数项",
		"the part %s": "%s 这一项", "%s is %s and not %s": "“%s”应为 %[3]s，而不是 %[2]s", "%s has its sign turned": "“%s”的正负号反了",
		"%s has twice its weight": "“%s”的系数是应有的两倍", "%s has its sign turned, and %s times its weight": "“%s”的正负号反了，大小是应有的 %s 倍",
		"%s has %s times its weight": "“%s”的系数是应有的 %s 倍", "%s stands where %s belongs": "该写 %[2]s 的地方写成了 %[1]s",
		"Your answer has the values of %s, where %s belongs.": "你的答案算出来的是 %s，应该是 %s。",
	})
	list := Of("a", []float64{0.3, 2, -1, 0.7, 5})
	before := Parse("Σ a + mean(a)")
	wordstest.Speak(t, inChinese)
	for source, want := range map[string]string{
		"mean(a) + largest(a) − smallest(a)": "均值(a) + 最大值(a) − 最小值(a)", "first(a)·last(a)/count(a)": "首项(a)·末项(a)/个数(a)",
		"product(a) − median(a)": "连乘(a) − 中位数(a)", "if(and(x > 0, not(y)), max(x, 1), log x)": "(若 同时(x > 0, 非(y)) 则取 max(x, 1)，否则取 log x)",
		"where(a > 0)": "成立的位置(a > 0)",
	} {
		if got := Parse(source).trees[0].said(); got != want {
			t.Errorf("%s is said as %s, want %s", source, got, want)
		}
	}
	for _, word := range []string{"without first", "without last"} {
		if got := apply("Σ", apply(word, &node{word: "input", name: "a"})).said(); !strings.HasPrefix(got, "Σ 去掉") {
			t.Errorf("%s is said as %s", word, got)
		}
	}
	if got := before.String(); got != "Σ a + mean(a)" {
		t.Errorf("the formula itself reads %s", got)
	}
	near := func(got, want float64) bool { return got-want < 1e-9 && want-got < 1e-9 }
	probes := []Inputs{list, Of("a", []float64{1, 4, 2}), Of("a", []float64{-3, 0.5, 2, 9})}
	var answer [][]float64
	for _, in := range probes {
		answer = append(answer, Parse("Σ a + largest(a)").Values(in))
	}
	if e, ok := before.Explain(probes, answer, 1, near); !ok || e.Sentence() != "你的答案算出来的是 Σ a + 最大值(a)：该写 均值(a) 的地方写成了 最大值(a)。" {
		t.Errorf("%v: %s", ok, e.Sentence())
	}
	// Of two that fit, the one that is shorter in the formula's own words is told, though 连乘 is shorter than 中位数.
	probes, answer = nil, nil
	for _, m := range []float64{0.7, 1.1, 1.6, 1.9} {
		in := Of("a", []float64{2, m, 0.5})
		probes, answer = append(probes, in), append(answer, Parse("Σ a + median(a)").Values(in))
	}
	if e, ok := Parse("Σ a + first(a)").Explain(probes, answer, 1, near); !ok || e.Formula != "Σ a + 中位数(a)" {
		t.Errorf("%v: %s", ok, e.Formula)
	}
	for want, edit := range map[string]Edit{
		"“常数项”应为 1，而不是 2。":          {Kind: Rescale, Term: "1", Called: "the constant", From: "1", To: "2", Factor: 2},
		"“x 这一项”的正负号反了。":            {Kind: Rescale, Term: "x", Factor: -1},
		"“x 这一项”的系数是应有的两倍。":         {Kind: Rescale, Term: "x", Factor: 2},
		"“x 这一项”的正负号反了，大小是应有的 3 倍。": {Kind: Rescale, Term: "x", Factor: -3},
		"“x 这一项”的系数是应有的 3 倍。":       {Kind: Rescale, Term: "x", Factor: 3},
	} {
		got := Explanation{Formula: "v", Above: "v = 2", Edits: []Edit{edit}}.Sentence()
		if got != "你的答案算出来的是 v（其中 v = 2）："+want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
