package words_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"vaelab/vaelib/words"
)

func TestNumbers(t *testing.T) {
	negative := math.Copysign(0, -1)
	for want, got := range map[string]string{
		"−0.5": words.Significant(-0.5, 3), "3.14": words.Significant(math.Pi, 3), "1e−07": words.Significant(1e-7, 3),
		"0": words.Significant(negative, 3), "−∞": words.Significant(math.Inf(-1), 3), "∞": words.Fixed(math.Inf(1), 2), "NaN": words.Fixed(math.NaN(), 1),
		"0.00": words.Fixed(-0.001, 2), "−1.50": words.Fixed(-1.5, 2), "+∞": words.Number(math.Inf(1)), "0.333333": words.Number(1. / 3),
		"(1, −2)": words.Coordinates([]float64{1, -2}), "1, 2, 3, 4, 5, … (7 numbers)": words.Numbers([]float64{1, 2, 3, 4, 5, 6, 7}),
		"−1.0\u00a0±\u00a00.2": words.PlusMinus("%.1f", -1, 0.2), "0.27%": words.Percent(0.0027),
		"x = −1, well-known (−2)": words.MinusInText("x = -1, well-known (-2)"), "文章版：−1（−2）": words.MinusInText("文章版：-1（-2）"), "1e−5": words.Minus("1e-5"),
		"999": words.Thousands(999), "60,000": words.Thousands(60000), "1,000,000": words.Thousands(1e6),
		"1 image": words.Count(1, "image", "images"), "10,000 images": words.Count(10000, "image", "images"), "0 classes": words.Count(0, "class", "classes"),
		"It rises. It falls.": words.Sentences("It rises.", "It falls."), "a, b": words.List([]string{"a", "b"}, 2), "a and 2 more": words.List([]string{"a", "b", "c"}, 1),
		"0.4 s": words.Duration(400 * time.Millisecond), "12 s": words.Duration(12 * time.Second), "3 min 20 s": words.Duration(200 * time.Second), "2 h 5 min": words.Duration(125 * time.Minute),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "VAE, 2": 6, "还原（奈特）": 12, "−1 ± 2": 6, "JupyterLab 4.6": 14, "内核": 4, "（GoNB）": 8, "…": 1, "✓ 秒": 4,
	} {
		if got := words.Columns(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}

func ExampleCount() {
	fmt.Println(words.Count(1, "epoch", "epochs"), "of", words.Count(10_000, "picture", "pictures"))
	// Output: 1 epoch of 10,000 pictures
}
