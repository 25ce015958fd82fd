package exercise

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
)

// touch is what a mutation did.
type touch struct{ was, is, touched string }

type mutant struct {
	exercise string
	f        any
	touches  []touch
}

// mutants are filled in by the file that TestMutants writes.
var mutants []mutant

// Solutions are mutated mechanically, and the mutants are judged: none that differs from the truth on inputs of the stated domain
// is accepted, and the diagnoses name what was mutated. The mutants are compiled into a second run of these tests.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles hundreds of mutants")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "mutants.go")
	writeMutants(t, file, 26, 14)
	here := value(filepath.Abs("."))
	overlay := filepath.Join(folder, "overlay.json")
	text := value(json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, "mutantswritten_test.go"): file}}))
	if err := os.WriteFile(overlay, text, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "test", "-vet=off", "-overlay", overlay, "-count=1", "-v", "-run", "^TestMutantsJudged$", ".").CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// count is how mutants fared.
type count struct {
	mutants, accepted, named, allNamed, wrong, tried, byChance int
	slowest                                                    time.Duration
}

func TestMutantsJudged(t *testing.T) {
	if len(mutants) == 0 {
		t.Skip("TestMutants writes the mutants, and runs this")
	}
	inputs, truths := map[string][]formula.Inputs{}, map[string][][]float64{}
	for _, id := range slices.Sorted(maps.Keys(subjects)) {
		rng := seeded(99)
		for range 10_000 {
			in := subjects[id].draw(rng)
			inputs[id], truths[id] = append(inputs[id], in), append(truths[id], subjects[id].truth(in))
		}
	}
	var counts [3]count
	each := map[string]*count{}
	for i, m := range mutants {
		s, in := subjects[m.exercise], inputs[m.exercise]
		values := func(in formula.Inputs) []float64 { return safely(func() []float64 { return s.value(m.f, in) }) }
		if agree(in, values, truths[m.exercise]) {
			continue // equal to the truth: no mutant
		}
		c := &counts[len(m.touches)]
		if each[m.exercise] == nil {
			each[m.exercise] = &count{}
		}
		for _, c := range []*count{c, each[m.exercise]} {
			c.mutants++
		}
		begin := time.Now()
		r := s.judge(m.f)
		took := time.Since(begin)
		if took > c.slowest {
			c.slowest = took
			t.Logf("%v: %s %v: %s", took, m.exercise, m.touches, r.Diagnosis)
		}
		if r.State == check.Right {
			c.accepted++
			t.Errorf("%s is accepted after %v", m.exercise, m.touches)
			continue
		}
		names, wrong := named(s, m, r, in, values, truths[m.exercise])
		if wrong {
			c.wrong++
			t.Logf("WRONG: %s %v: %s", m.exercise, m.touches, r.Diagnosis)
			continue
		}
		if other := mutants[max(0, i-9)]; other.exercise == m.exercise { // by chance
			c.tried++
			if names, _ := named(s, mutant{m.exercise, m.f, other.touches}, r, in, values, truths[m.exercise]); slices.Contains(names, true) {
				c.byChance++
			}
		}
		some, all := slices.Contains(names, true), !slices.Contains(names, false)
		if some {
			c.named++
			if len(m.touches) == 1 {
				each[m.exercise].named++
			}
		} else {
			t.Logf("not named: %s %v: %v %s", m.exercise, m.touches, r.State, r.Diagnosis)
		}
		if all {
			c.allNamed++
		}
	}
	for n := 1; n <= 2; n++ {
		c, share := counts[n], func(x int) float64 { return 100 * float64(x) / float64(counts[n].mutants) }
		t.Logf("by chance they name a thing that another mutant has mutated: %d of %d", c.byChance, c.tried)
		t.Logf("with %d: %d mutants, %d accepted; %.1f%% of the diagnoses name a thing mutated, %.1f%% all of them; %.1f%% name a wrong thing; the slowest took %v",
			n, c.mutants, c.accepted, share(c.named), share(c.allNamed), share(c.wrong), c.slowest.Round(time.Millisecond))
		least, atLeast := [3]float64{0, 90, 70}[n], [3]int{0, 200, 100}[n]
		if c.mutants < atLeast || c.accepted > 0 || share(c.allNamed) < least || share(c.wrong) > 1 {
			t.Errorf("at least %d mutants with %d mutations, none accepted, %v%% named and 1%% wrong are allowed", atLeast, n, least)
		}
	}
}

// safely is a function's value; none where it panics.
func safely(f func() []float64) (out []float64) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	return f()
}

// alikeAt says whether values are the same but for rounding.
func alikeAt(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return x == y || math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-6*(1+math.Abs(y))
	})
}

func agree(in []formula.Inputs, values func(formula.Inputs) []float64, truths [][]float64) bool {
	for i := range in {
		if !alikeAt(values(in[i]), truths[i]) {
			return false
		}
	}
	return true
}

// named says, for each mutation, whether the diagnosis names what it touched, and whether the diagnosis says what isn't so.
func named(s subject, m mutant, r check.Report, in []formula.Inputs, values func(formula.Inputs) []float64, truths [][]float64) (names []bool, wrong bool) {
	same := func(value func(in formula.Inputs) []float64) bool {
		for _, in := range in {
			if !alikeAt(values(in), safely(func() []float64 { return value(in) })) {
				return false
			}
		}
		return true
	}
	said := tokens(r.Diagnosis)
	if known, fits := s.listed(r.Diagnosis, same); known {
		return touchedAre(m, said), !fits
	}
	if len(r.Explanation.Edits) > 0 {
		return editedAre(m, r.Explanation.Edits, s.lines), !same(r.Explanation.Values)
	}
	if strings.Contains(r.Diagnosis, "the true one at every input") || strings.Contains(r.Diagnosis, "sign turned at every input") || strings.Contains(r.Diagnosis, "at every input: look at the constants") {
		is := steady(in, values, truths)
		return slices.Repeat([]bool{is}, len(m.touches)), !is
	}
	if _, after, ok := strings.Cut(r.Diagnosis, "doesn't change with "); ok { // true: it was tried
		input, _, _ := strings.Cut(after, ",")
		input, _, _ = strings.Cut(input, ":")
		names = make([]bool, len(m.touches))
		for i, u := range m.touches {
			for token := range tokens(u.touched) {
				names[i] = names[i] || slices.Contains(symbols[token], strings.TrimSpace(input))
			}
		}
		return names, false
	}
	return slices.Repeat([]bool{false}, len(m.touches)), false
}

// steady says whether each output is the same multiple of the true one everywhere, or differs by the same number.
func steady(in []formula.Inputs, values func(formula.Inputs) []float64, truths [][]float64) bool {
	for k := range truths[0] {
		factor, offset := math.NaN(), values(in[0])[k]-truths[0][k]
		multiple, shifted := true, true
		for i := range in {
			x, y := values(in[i])[k], truths[i][k]
			if math.IsNaN(factor) && math.Abs(y) > 1e-3 {
				factor = x / y
			}
			multiple = multiple && (math.IsNaN(factor) || math.Abs(x-factor*y) <= 1e-5*(1+math.Abs(x)))
			shifted = shifted && math.Abs(x-y-offset) <= 1e-5*(1+math.Abs(x))
		}
		if !multiple && !shifted {
			return false
		}
	}
	return true
}

// symbols are the names, the functions and the numbers of a solution, as formulas have them, and then as sentences say them.
var symbols = map[string][]string{
	"mu": {"μ", "mean"}, "sigma": {"σ", "spread", "variance"}, "logVar": {"s", "log", "logarithm"}, "logStd": {"s"}, "logLikelihood": {"l"}, "noise": {"noise"}, "z": {"z"},
	"training": {"training"}, "pixels": {"pixels", "x", "pixel"}, "logits": {"l"}, "l": {"l"}, "x": {"x", "pixels", "grey"}, "reconstruction": {"reconstruction"}, "kl": {"kl", "KL"},
	"nats": {"kl", "reconstruction", "KL", "nats"}, "weight": {"weight", "start"}, "lambda": {"λ"}, "step": {"step"}, "warmup": {"warmup", "warm-up"}, "latent": {"latent", "dimensions"},
	"meanOverPixels": {"meanOverPixels", "pixels"}, "meanOverLatent": {"meanOverLatent", "dimensions"}, "means": {"means"}, "mean": {"m", "mean"}, "variance": {"v", "variance"},
	"n": {"n"}, "terms": {"t"}, "t": {"t"}, "u": {"u"}, "logWeights": {"a"}, "a": {"a"}, "largest": {"m", "largest"}, "Log": {"log", "logarithm"}, "Log1p": {"log", "logarithm"},
	"Exp": {"e", "exponential"}, "Sqrt": {"√", "root"}, "Max": {"max", "largest", "larger"}, "max": {"max", "largest", "larger"}, "min": {"min", "smaller"},
	"len": {"count", "k", "batch"}, "1": {"1", "constant"}, "sum": {"Σ", "mean", "add", "added", "each"}, "0.0": {"1"},
	"numbers": {"numbers"}, "b": {"b"}, "codes": {"z"}, "clearances": {"clearance"}, "score": {"score", "clearance", "largest"}, "top": {"largest", "score"}, "best": {"z"}, "prior": {"prior"},
	"posterior": {"posterior"}, "free": {"free"}, "variance1": {"variance1"}, "variance2": {"variance2"}, "covariance": {"covariance"}, "rho": {"ρ"}, "r": {"r", "p"},
	"images": {"n", "mean", "images", "m"}, "row": {"images", "k"}, "byDimension": {"dimensions", "dimension"}, "byImage": {"images", "image"}, "byBatch": {"m", "batch"},
}

// plain are symbols that stand nearly everywhere: they count only where there is nothing else.
var plain = []string{"1", "Σ", "count"}

// tokens are the words, numbers and signs of a text.
func tokens(text string) map[string]bool {
	text = strings.NewReplacer("math.", " ", "slices.", " ").Replace(text)
	set := map[string]bool{}
	word := ""
	for _, r := range text + " " {
		if unicode.IsLetter(r) || unicode.IsDigit(r) && r != '²' || r == '.' && word != "" {
			word += string(r)
			continue
		}
		set[strings.TrimRight(word, ".")] = true
		word = ""
		set[string(r)] = true
	}
	delete(set, "")
	delete(set, " ")
	return set
}

// editedAre says for each mutation whether the edits are at home where it is: at least half of the symbols of the two together are
// in both, in what was mutated, and in one of the edits, or in what it changes, or in all of them. Names of lines may stand for what
// the lines say.
func editedAre(m mutant, edits []formula.Edit, lines *formula.Lines) (names []bool) {
	known := map[string]bool{}
	for _, s := range symbols {
		known[s[0]] = true
	}
	var texts []map[string]bool
	all := map[string]bool{}
	for _, e := range edits {
		text := tokens(e.Term + " " + e.From + " " + e.To)
		if strings.Contains(e.Called, "constant") || strings.Contains(e.Called, "the 1,") {
			text = tokens("1")
		}
		from, to := tokens(e.From), tokens(e.To)
		difference := map[string]bool{}
		for token := range text {
			all[token] = true
			if from[token] != to[token] {
				difference[token] = true
			}
		}
		texts = append(texts, text, difference)
	}
	texts = append(texts, all)
	for line := range strings.Lines(lines.String()) {
		if name, body, ok := strings.Cut(line, " := "); ok && len(name) > 1 && all[name] {
			texts = append(texts, tokens(body))
		}
	}
	for _, u := range m.touches {
		is := false
		for _, was := range held(m, u, lines) {
			for _, said := range texts {
				var b []string
				for token := range said {
					if known[token] || was[token] {
						b = append(b, token)
					}
				}
				a := slices.Collect(maps.Keys(was))
				is = is || overlap(essential(a), essential(b)) >= 0.5 || overlap(a, b) >= 0.5
			}
		}
		names = append(names, is)
	}
	return names
}

// sums are what the variable sum of a solution holds where it is put to use.
var sums = map[string]string{"ImportanceWeightedBound": "sum Exp a largest", "SignError": "sum logVar mu Exp"}

// held are the symbols of what a mutation touched: as they stand there, or with names that have another meaning, and with what the
// names of lines stand for.
func held(m mutant, u touch, lines *formula.Lines) (sets []map[string]bool) {
	if term, operation, two := strings.Cut(u.touched, or); two {
		return append(held(m, touch{u.was, u.is, term}, lines), held(m, touch{u.was, u.is, operation}, lines)...)
	}
	text := lengths.ReplaceAllString(u.touched, "len")
	if of := sums[m.exercise]; of != "" && !strings.Contains(text, "sum :=") && !strings.Contains(text, "sum +=") {
		text = strings.ReplaceAll(text, "sum", of)
	}
	if !strings.ContainsAny(u.is, " ()[") { // another function, or another name
		text += " " + u.is
	}
	for meaning := range 4 {
		set := map[string]bool{}
		for token := range tokens(text) {
			if s := symbols[token]; len(s) > 0 {
				set[s[min(meaning, len(s)-1)]] = true
			}
		}
		sets = append(sets, set)
		for line := range strings.Lines(lines.String()) {
			if name, body, ok := strings.Cut(line, " := "); ok && set[name] {
				inside := maps.Clone(set)
				delete(inside, name)
				for token := range tokens(body) {
					if unicode.IsLetter([]rune(token)[0]) {
						inside[token] = true
					}
				}
				sets = append(sets, inside)
			}
		}
	}
	return sets
}

var lengths = regexp.MustCompile(`float64\(len\([a-zA-Z]*\)\)`)

// essential leaves the plain symbols out, where others are left.
func essential(list []string) []string {
	slices.Sort(list)
	list = slices.Compact(list)
	rest := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(plain, s) })
	if len(rest) == 0 {
		return list
	}
	return rest
}

// overlap is the share of the symbols of both lists that are in each.
func overlap(a, b []string) float64 {
	both := 0
	for _, s := range a {
		if slices.Contains(b, s) {
			both++
		}
	}
	return float64(both) / float64(max(1, len(a)+len(b)-both))
}

// touchedAre says for each mutation whether a sentence has words for at least half of the symbols that it touched, or for the
// operation.
func touchedAre(m mutant, said map[string]bool) (names []bool) {
	for _, u := range m.touches {
		if term, operation, two := strings.Cut(u.touched, or); two {
			either := mutant{touches: []touch{{u.was, u.is, term}, {u.was, u.is, operation}}}
			names = append(names, slices.Contains(touchedAre(either, said), true))
			continue
		}
		symbolsOf, found := 0, 0
		text := lengths.ReplaceAllString(u.touched, "len")
		if !strings.ContainsAny(u.is, " ()[") {
			text += " " + u.is
		}
		for token := range tokens(text) {
			if len(symbols[token]) == 0 {
				continue
			}
			symbolsOf++
			if slices.ContainsFunc(symbols[token], func(s string) bool { return said[s] }) {
				found++
			}
		}
		upside := strings.Contains(u.touched, " / ") && said["Upside"]
		names = append(names, upside || u.is == "=" && said["="] || found > 0 && 2*found >= symbolsOf)
	}
	return names
}
