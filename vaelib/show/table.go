package show

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// Table shows rows of strings and numbers below a header. Numbers stand right. The floats of a column share their
// decimals, four significant digits for the largest, where the least one still shows; to choose yourself, give strings.
//
//	show.Table([]string{"KL weight", "reconstruction", "KL"}, []any{1, 234.1, 15.7}, []any{4, 252.1, 6.6})
func Table(header []string, rows ...[]any) {
	cells, right, err := lay(header, rows)
	Check(err)
	here.put("", tableHTML(cells, right), tableText(cells, right))
	here.sync()
	compareTable(cells, rows)
}

// lay turns values into text, the header first, and says which columns hold only numbers.
func lay(header []string, rows [][]any) (cells [][]string, right []bool, err error) {
	if len(header) == 0 {
		return nil, nil, words.Errorf("show.Table: the header names no columns")
	}
	cells = append(cells, header)
	right = make([]bool, len(header))
	for i := range right {
		right[i] = len(rows) > 0
	}
	digits := make([]int, len(header))
	for j := range digits {
		digits[j] = decimals(rows, j)
	}
	for i, row := range rows {
		if len(row) != len(header) {
			return nil, nil, words.Errorf("show.Table: row %d has %d values, the header names %d columns", i+1, len(row), len(header))
		}
		line := make([]string, len(row))
		for j, v := range row {
			text, number := cell(v, digits[j])
			line[j] = text
			right[j] = right[j] && number
		}
		cells = append(cells, line)
	}
	return cells, right, nil
}

// cell is a value as text, and whether it is a number.
func cell(v any, decimals int) (text string, number bool) {
	switch v := v.(type) {
	case nil:
		return "–", true // nothing here, in a column of numbers or not
	case string:
		if _, err := strconv.ParseFloat(strings.Replace(v, "−", "-", 1), 64); err == nil {
			return words.Minus(v), true
		}
		return words.MinusInText(v), false
	case float64:
		return float(v, decimals), true
	case float32:
		return float(float64(v), decimals), true
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return words.Minus(fmt.Sprint(v)), true
	default:
		return fmt.Sprint(v), false
	}
}

// decimals is how many the floats of a column share, or −1 where some are too small to be seen with the others'.
func decimals(rows [][]any, column int) int {
	least, most := math.Inf(1), 0.0
	for _, row := range rows {
		if column >= len(row) {
			return -1
		}
		x, ok := row[column].(float64)
		if a := math.Abs(x); ok && a > 0 && !math.IsInf(a, 0) {
			least, most = math.Min(least, a), math.Max(most, a)
		}
	}
	d := 3 - int(math.Floor(math.Log10(math.Max(most, 1e-9))))
	switch {
	case most == 0 || most >= 1e9 || d > 4:
		return -1
	case d < 0:
		d = 0
	}
	if least < math.Pow10(1-d) && least < most {
		return -1
	}
	return d
}

// float writes a number with so many decimals, or for −1 with four significant digits.
func float(x float64, decimals int) string {
	if decimals < 0 {
		return words.Significant(x, 4)
	}
	return words.Fixed(x, decimals)
}

func tableHTML(cells [][]string, right []bool) string {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;margin:8px 0;font-size:13px">`)
	for i, row := range cells {
		tag, edge := "td", "1px solid rgba(128,128,128,0.3)"
		if i == 0 { // VS Code takes a table's lines away, and the boldness of its header unless it is asked for here
			tag, edge = "th", "2px solid rgba(128,128,128,0.6);font-weight:bold"
		}
		b.WriteString("<tr>")
		for j, text := range row {
			align := "left"
			if right[j] {
				align = "right"
			}
			fmt.Fprintf(&b, `<%s style="text-align:%s;padding:4px 14px 4px 4px;border-bottom:%s">%s</%s>`,
				tag, align, edge, escape(text), tag)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
	return b.String()
}

func tableText(cells [][]string, right []bool) string {
	widths := make([]int, len(right))
	for _, row := range cells {
		for j, text := range row {
			widths[j] = max(widths[j], words.Columns(text))
		}
	}
	var b strings.Builder
	for _, row := range cells {
		var line strings.Builder
		for j, text := range row {
			room := strings.Repeat(" ", widths[j]-words.Columns(text))
			if right[j] {
				text = room + text
			} else {
				text += room
			}
			line.WriteString(text + "  ")
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
