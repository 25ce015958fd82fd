package formula

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a formula of one line or of several. Each line but those of the answer gives a name to a value, “v = Σ t²”; the
// lines of the answer have none, and there is one for each number that is asked for. A name that no line gives is an input.
// It panics where it doesn't understand: formulas are part of the program.
func Parse(text string) *Lines {
	f := &Lines{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		p := &parser{rest: strings.TrimSpace(line), lines: f.names}
		name, body, named := strings.Cut(p.rest, " := ")
		if named {
			p.rest = body
		} else {
			name = ""
		}
		tree := p.sides()
		if p.skip(); p.rest != "" {
			panic(fmt.Sprintf("formula %q: what is %q?", line, p.rest))
		}
		f.names, f.trees = append(f.names, strings.TrimSpace(name)), append(f.trees, tree)
	}
	f.number()
	return f
}

type parser struct {
	rest  string
	lines []string // the names that stand for lines
}

func (p *parser) skip() { p.rest = strings.TrimLeft(p.rest, " ") }

// took takes one of several signs, if one comes next.
func (p *parser) took(signs ...string) string {
	p.skip()
	for _, s := range signs {
		if after, ok := strings.CutPrefix(p.rest, s); ok {
			p.rest = after
			return s
		}
	}
	return ""
}

func (p *parser) sides() *node {
	n := p.sum()
	if sign := p.took("<", "≤", ">", "≥", "="); sign != "" {
		return apply(sign, n, p.sum())
	}
	return n
}

func (p *parser) sum() *node {
	n := p.product()
	for {
		sign := p.took("+", "−")
		if sign == "" {
			return n
		}
		n = apply(sign, n, p.product())
	}
}

func (p *parser) product() *node {
	n := p.power()
	for {
		sign := p.took("·", "/")
		if sign == "" {
			return n
		}
		n = apply(sign, n, p.power())
	}
}

func (p *parser) power() *node {
	if p.took("−") != "" {
		n := p.power()
		if n.word == "number" {
			return number(-n.number)
		}
		return apply("−", n)
	}
	n := p.atom()
	for p.took("²") != "" {
		n = apply("²", n)
	}
	return n
}

var fractions = map[string]float64{"½": 0.5, "¼": 0.25, "∞": math.Inf(1), "π": math.Pi}

func (p *parser) atom() *node {
	if sign := p.took("½", "¼", "∞", "π"); sign != "" {
		return number(fractions[sign])
	}
	if p.took("(") != "" {
		n := p.sides()
		p.close()
		return n
	}
	for _, word := range []string{"√", "Σ"} {
		if p.took(word) != "" {
			return apply(word, p.power())
		}
	}
	p.skip()
	end := 0
	for end < len(p.rest) {
		r, size := utf8.DecodeRuneInString(p.rest[end:])
		if !(unicode.IsLetter(r) || unicode.IsDigit(r) && r != '²' || r == '.' || r == '\'' || r >= '₀' && r <= '₉') {
			break
		}
		end += size
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	if x, err := strconv.ParseFloat(word, 64); err == nil {
		return number(x)
	}
	if word == "" {
		panic(fmt.Sprintf("a formula breaks off before %q", p.rest))
	}
	if strings.HasPrefix(p.rest, "(") {
		p.rest = p.rest[1:]
		args := []*node{p.sides()}
		for p.took(",") != "" {
			args = append(args, p.sides())
		}
		p.close()
		if !arity(word, len(args)) {
			panic(fmt.Sprintf("a formula has %s of %d", word, len(args)))
		}
		return apply(word, args...)
	}
	if ofOne[word] != nil { // log σ² is the logarithm of σ²
		return apply(word, p.power())
	}
	for i := len(p.lines) - 1; i >= 0; i-- {
		if p.lines[i] == word {
			return &node{word: "line", name: word, line: i}
		}
	}
	return &node{word: "input", name: word}
}

func (p *parser) close() {
	if p.took(")") == "" {
		panic(fmt.Sprintf("a formula lacks a bracket before %q", p.rest))
	}
}

// arity says whether a word takes so many arguments.
func arity(word string, args int) bool {
	_, isOne := ofOne[word]
	_, isList := ofList[word]
	_, isChange := changes[word]
	_, isTwo := ofTwo[word]
	return args == 1 && (isOne || isList || isChange) || args == 2 && isTwo || args == 3 && word == "if"
}
