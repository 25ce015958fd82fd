// Package words writes what people read, in their language: sentences, numbers with true minus signs, counted things, spans of time,
// lists.
//
// Figures, tables, exercises, errors and the command speak through it, so that a number looks the same wherever it stands, and every
// text is found in one catalogue a language. The English text is the key; what no catalogue knows is shown in English:
//
//	words.Say("%s restores worse by %.1f nats", name, x)     a sentence, as it is shown
//	words.Errorf("%s can't be read: %w", path, err)          an error, said in the language in which it is read
//	words.Text(exercise.Question)                            a whole text that was written elsewhere, and marked there: words.Mark("…")
//	words.Count(n, "image", "images")                        as many as there are, in a language's own forms
//
// A sentence is said whole: a language has its own order of words, so nothing is glued from halves. A catalogue is read when the first
// thing is said, from the clone, so no program carries it.
//
// All functions are safe for use by several goroutines at once.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Significant writes a number with at most so many significant digits: 3.14, −0.5, 1e−07, ∞.
func Significant(x float64, digits int) string {
	if x == 0 {
		return "0" // and not −0
	}
	return infinite(strconv.FormatFloat(x, 'g', digits, 64))
}

// Fixed writes a number with so many decimals. What rounds to 0 has no sign.
func Fixed(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if rounded := strings.TrimPrefix(s, "-"); strings.Trim(rounded, "0.") == "" {
		return rounded
	}
	return infinite(s)
}

// infinite has true signs in what strconv writes.
func infinite(s string) string {
	return Minus(strings.Replace(strings.TrimPrefix(s, "+"), "Inf", "∞", 1))
}

// Minus has true minus signs, which are as wide as a digit, in the place of all hyphens of a text that is only numbers.
func Minus(numbers string) string { return strings.ReplaceAll(numbers, "-", "−") }

// MinusInText has true minus signs before the numbers of a text, and leaves the hyphens between words alone.
func MinusInText(text string) string {
	var out strings.Builder
	before := ' '
	for i, r := range text {
		last := before
		before = r
		if r == '-' && strings.ContainsRune(" \t\n\r\f(=,（，：；、", last) && i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9' {
			r = '−'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// PlusMinus writes a number with its error, both in a format such as "%.2f", and keeps them on one line.
func PlusMinus(format string, value, err float64) string {
	return Minus(fmt.Sprintf(format+"\u00a0±\u00a0"+format, value, err))
}

// Percent writes a share with two significant digits: 0.27%.
func Percent(share float64) string { return strconv.FormatFloat(100*share, 'g', 2, 64) + "%" }

// Thousands writes 60000 as 60,000.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// List names the first few things and counts the rest.
func List(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, Say(", "))
	}
	return Say("%s and %s more", strings.Join(names[:most], Say(", ")), Thousands(len(names)-most))
}

// Coordinates writes a list of numbers as the coordinates of one thing: (1, −2).
func Coordinates(list []float64) string { return "(" + Numbers(list) + ")" }

// Numbers writes a short list of numbers, and the beginning of a long one.
func Numbers(list []float64) string {
	each := make([]string, len(list))
	for i, x := range list {
		each[i] = Number(x)
	}
	if len(list) > 6 {
		each = append(each[:5], Say("… (%d numbers)", len(list)))
	}
	return strings.Join(each, ", ")
}

// Number writes a number that is to be compared with another: six significant digits, and a sign for +∞ as well.
func Number(x float64) string {
	if math.IsInf(x, 1) {
		return "+∞"
	}
	return Significant(x, 6)
}

// Duration is as exact as one wants to know: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min".
func Duration(d time.Duration) string {
	switch s := d.Round(time.Second); {
	case d < 0:
		return Say("%d s", 0)
	case d < 9950*time.Millisecond && d != s:
		return Say("%.1f s", d.Seconds())
	case s < time.Minute:
		return Say("%d s", s/time.Second)
	case s < time.Hour:
		return Say("%d min %d s", s/time.Minute, s%time.Minute/time.Second)
	default:
		m := d.Round(time.Minute)
		return Say("%d h %d min", m/time.Hour, m%time.Hour/time.Minute)
	}
}
