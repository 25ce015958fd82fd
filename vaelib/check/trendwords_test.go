package check

import (
	"os"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
	"vaelab/vaelib/words/wordstest"
)

var inChinese = map[string]string{
	"rises": "上升", "falls": "下降", "stays": "不变", "rises, then falls": "先升后降", "falls, then rises": "先降后升", "the loss": "损失",
	"a curve": "一条曲线", "it learns": "它在学习", "%s: as you expected": "%s：不出你所料", "%s: a surprise": "%s：出乎意料",
	"you expected": "你的预测", "measured": "实测", "values": "数值", "%d of %d exercises done": "%[2]d 个练习已完成 %[1]d 个",
	"The measurement agrees with your prediction.": "测量结果与你的预测一致。", "You expected that %s %s; measured, it %s.": "%[1]s：你预测“%[2]s”，实测“%[3]s”。",
	"%s: your prediction": "%s：你的预测", "Noted: %s. Now measure, and compare.": "已记下：%s。现在去测量，再作比较。", ", ": "、", "; ": "；",
	"“%s” can't be compared with a measurement. Write one of %s for %s.": "“%[1]s”没法与测量结果比较。请从%[2]s中选一个，写给“%[3]s”。",
}

// A trend is understood in the words of every edition, whichever is spoken, and is kept in one.
func TestTrendOf(t *testing.T) {
	typed := map[string]string{
		"rises": rises, "上升": rises, " 上升 ": rises, "falls": falls, "下降": falls, "stays": stays, "不变": stays,
		"rises, then falls": risesThenFalls, "rises,then falls": risesThenFalls, "rises， then falls": risesThenFalls,
		"先升后降": risesThenFalls, "先升 后降": risesThenFalls, "先升，后降": risesThenFalls, "先升\u3000后降": risesThenFalls,
		"falls, then rises": fallsThenRises, "先降后升": fallsThenRises, "先降, 后升": fallsThenRises,
		"goes up and down": "", "": "", "，": "", "升": "", "can't be told": "",
	}
	test := func(language string) {
		for text, want := range typed {
			if got, ok := trendOf(text); got != want || ok != (want != "") {
				t.Errorf("in %s %q is %q, want %q", language, text, got, want)
			}
		}
	}
	test("English")
	wordstest.Speak(t, wordstest.Catalogue(inChinese))
	test("Chinese")
	if got := strings.Join(Trends(), " "); got != "上升 下降 不变 先升后降 先降后升" {
		t.Errorf("the choices are %s", got)
	}
}

// What the catalogue of the course has for a trend is understood where another language is spoken, too.
func TestCatalogueIsSpelt(t *testing.T) {
	text, err := os.ReadFile("../words/zh/library.po")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := words.ReadCatalogue(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, trend := range neutralTrends() {
		if chinese, translated := catalogue.Find("", trend); translated && !slices.Contains(spelt[trend], chinese) {
			t.Errorf("%q is shown as %s, and not understood as such in English", trend, chinese)
		}
	}
}

// A prediction that was recorded in one edition, or long ago, is compared in the other.
func TestPredictionOfAnotherEdition(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	curve := &Trend{Exercise: Exercise{ID: "mine.Curve", Title: "a curve"}, Quantities: []string{"the loss", "the loss"}, Why: "it learns"}
	compare := func() { curve.Compare([]float64{1, 5, 2}, []float64{1, 2}) }
	noted := wordstest.Printed(t, func() { curve.Predict("先升，后降", "falls") }) // by a Chinese cell in an English program
	if !strings.Contains(noted, "Noted: rises, then falls, falls.") {
		t.Error(noted)
	}
	p, err := preview(func(progress) {})
	if err != nil || !slices.Equal(p.of("mine.Curve").Prediction, []string{"rises, then falls", "falls"}) {
		t.Errorf("%v, %v is kept", err, p.of("mine.Curve").Prediction)
	}
	english := wordstest.Printed(t, compare)
	wordstest.Speak(t, wordstest.Catalogue(inChinese))
	for _, want := range []string{"○ 一条曲线：出乎意料", "损失：你预测“下降”，实测“上升”。", "它在学习", "你的预测", "实测", "先升后降"} {
		if chinese := wordstest.Printed(t, compare); !strings.Contains(chinese, want) || len(unsaid(chinese)) > 0 {
			t.Errorf("no %s, or English, in\n%s", want, chinese)
		}
	}
	if !strings.Contains(english, "You expected that the loss falls; measured, it rises.") {
		t.Error(english)
	}
	noted = wordstest.Printed(t, func() { curve.Predict("先升后降", "下降") }) // the same again, and no other
	if !strings.Contains(noted, "已记下：先升后降、下降。") {
		t.Error(noted)
	}
	r := curve.Judge([]string{"先升后降", "乱"}, nil, nil)
	if r.Diagnosis != "“乱”没法与测量结果比较。请从“上升”、“下降”、“不变”、“先升后降”、“先降后升”中选一个，写给“损失”。" {
		t.Error(r.Diagnosis)
	}
}

// Letters are understood as an input method writes them.
func TestLetters(t *testing.T) {
	for text, want := range map[string]string{
		"a": "a", "A": "a", "ａ": "a", "Ａ": "a", "a）": "a", "（ｂ）": "b", "Ｃ．": "c", "d。": "d", "\u3000e、": "e", "　": "", "": "", "ab": "ab", "甲": "甲",
	} {
		if got := typed(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
