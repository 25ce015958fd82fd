package notebook

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vaelab/vaelib/claim"
	"vaelab/vaelib/words"
)

// A sentence that claims something stands between two comments, the first with the claim's name. A comment beginning with
// “nothing measured:” gives the reason why a text claims nothing.
var (
	claimed  = regexp.MustCompile(`(?s)<!--([a-z0-9-]+)-->(.*?)<!--/-->`)
	opening  = regexp.MustCompile(`(?m)^\s*(?:[-*]|\d+\.)?\s*<!--[a-z0-9-]+-->`) // at a line's beginning Markdown takes the whole line for HTML
	comments = regexp.MustCompile(`(?s)<!--.*?-->`)
	excused  = regexp.MustCompile(`<!--nothing measured: [^>]+-->`)
	numberIn = regexp.MustCompile(`[−-]?[0-9][0-9,]*(\.[0-9]+)?`)
)

const whatToSee = "**What to see.**"

// Words are the words of a claim in a notebook's text: as they stand there, and as they are quoted to a reader, with some words around
// them where they are few.
type Words struct{ Cell, Name, Text, Quote string }

// Claims are the claims that the notebook's text makes, in its order.
func (b *Book) Claims() (list []Words) {
	for _, c := range b.cells {
		if !c.isCode() {
			text := strings.Join(c.lines(), "\n")
			for _, at := range claimed.FindAllStringSubmatchIndex(text, -1) {
				words := text[at[4]:at[5]]
				list = append(list, Words{c.id(), text[at[2]:at[3]], words, quoted(text[:at[0]], words, text[at[1]:])})
			}
		}
	}
	return list
}

// A quotation has at least so many words, if its sentence has them: “4” alone tells no reader which sentence is meant.
const enough, wordsBefore, wordsAfter = 4, 6, 3

// quoted are a claim's words with what stands around them in their sentence, without Markdown's signs.
func quoted(before, words, after string) string {
	plain := func(s string) string {
		return strings.NewReplacer("*", "", "`", "").Replace(comments.ReplaceAllString(s, ""))
	}
	ends := func(word string) bool { return strings.ContainsAny(word[len(word)-1:], ".:;!?") }
	if strings.IndexFunc(words+before+after, han) >= 0 {
		return clause(plain(before), plain(words), plain(after))
	}
	inner := strings.Fields(plain(words))
	if len(inner) >= enough {
		return strings.Join(inner, " ")
	}
	before = plain(before[strings.LastIndex(before, "\n")+1:])
	after, _, _ = strings.Cut(after, "\n")
	after = plain(after)
	front, back := strings.Fields(before), strings.Fields(after)
	if len(front) > 0 && !strings.HasSuffix(before, " ") { // a bracket
		inner[0] = front[len(front)-1] + inner[0]
		front = front[:len(front)-1]
	}
	if len(back) > 0 && !strings.HasPrefix(after, " ") { // a full stop, a sign of per cent
		inner[len(inner)-1] += back[0]
		back = back[1:]
	}
	first, last := len(front), 0
	for first > 0 && len(front)-first < wordsBefore && !ends(front[first-1]) {
		first--
	}
	for last < len(back) && last < wordsAfter && !ends(inner[len(inner)-1]) {
		inner = append(inner, back[last])
		last++
	}
	quote := strings.Join(append(slices.Clone(front[first:]), inner...), " ")
	if first > 0 && !ends(front[first-1]) {
		quote = "… " + quote
	}
	return strings.TrimRight(quote, ".,:;")
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// A clause that is quoted has at least so many letters, if its sentence has them.
const enoughLetters = 8

// clause is what stands around a claim's words in a language that has no blanks between words: from one sign to the next, and further
// in their sentence while they are few.
func clause(before, words, after string) string {
	const ends, signs = "。！？\n", "，；：。！？\n"
	cut := func(s, signs string) (front, back int) { // behind the last sign but those at the end, and before the first but those at the beginning
		if i := strings.LastIndexAny(strings.TrimRight(s, signs), signs); i >= 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			front = i + size
		}
		trimmed := strings.TrimLeft(s, signs)
		if back = strings.IndexAny(trimmed, signs); back < 0 {
			back = len(trimmed)
		}
		return front, len(s) - len(trimmed) + back
	}
	if i := strings.LastIndexAny(before, ends); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	if i := strings.IndexAny(after, ends); i >= 0 {
		after = after[:i]
	}
	for utf8.RuneCountInString(words) < enoughLetters && before+after != "" {
		front, _ := cut(before, signs)
		_, back := cut(after, signs)
		words, before, after = before[front:]+words+after[:back], before[:front], after[back:]
	}
	return strings.Trim(words, " 　"+signs)
}

// Quote writes into the file of claims the words that the text has for each.
func (b *Book) Quote(file *claim.Book) {
	says := b.says()
	for i := range file.Claims {
		file.Claims[i].Says = says[file.Claims[i].Name]
	}
	for i := range file.Looks {
		file.Looks[i].Says = says[file.Looks[i].Name]
	}
}

// QuoteIn writes into the file of claims the words that this edition of the text, in another language, has for each.
func (b *Book) QuoteIn(l words.Language, file *claim.Book) {
	says := b.says()
	for i := range file.Claims {
		c := &file.Claims[i]
		if c.In == nil {
			c.In = map[string]string{}
		}
		c.In[l.Code] = says[c.Name]
	}
}

func (b *Book) says() map[string]string {
	says := map[string]string{}
	for _, w := range b.Claims() {
		says[w.Name] = w.Quote
	}
	return says
}

// ClaimFaults holds the text's claims against the file that tells what they are about, and says in sentences what doesn't fit.
func (b *Book) ClaimFaults(file *claim.Book) (faults []string) {
	fault := func(format string, args ...any) {
		faults = append(faults, filepath.Base(b.Path)+": "+fmt.Sprintf(format, args...))
	}
	says := map[string]string{}
	for _, c := range file.Claims {
		says[c.Name] = c.Says
		if c.Why == "" {
			fault("claim %s doesn't say why its bounds are as they are", c.Name)
		}
	}
	for _, l := range file.Looks {
		says[l.Name] = l.Says
		if l.Seen == "" {
			fault("look %s doesn't say who saw what, and when", l.Name)
		}
	}
	if len(says) < len(file.Claims)+len(file.Looks) {
		fault("two claims have one name")
	}
	made := map[string]bool{}
	for _, w := range b.Claims() {
		switch old, known := says[w.Name]; {
		case made[w.Name]:
			fault("cell %s claims %s a second time", w.Cell, w.Name)
		case !known:
			fault("cell %s claims %s, of which %s knows nothing", w.Cell, w.Name, claim.File(file.Notebook))
		case old != w.Quote:
			fault("cell %s says “%s” for %s, the file of claims “%s”", w.Cell, w.Quote, w.Name, old)
		}
		made[w.Name] = true
	}
	for name := range says {
		if !made[name] {
			fault("no text claims %s", name)
		}
	}
	for _, c := range b.cells {
		text := strings.Join(c.lines(), "\n")
		if !c.isCode() && opening.MatchString(text) {
			fault("cell %s has a claim at the beginning of a line, which Markdown would take for HTML as a whole: put a word before it", c.id())
		}
		if !c.isCode() && strings.Contains(text, whatToSee) && !claimed.MatchString(text) && !excused.MatchString(text) {
			fault("cell %s says what to see, and claims nothing: claim it, or give a reason, <!--nothing measured: …-->", c.id())
		}
	}
	slices.Sort(faults)
	return faults
}

// Renew writes a claim's number into the text, with as many decimals as it has there, and reports whether that changed anything.
// Words stay as they are, and so do numbers among them: "z = 0 always collides" speaks of 100%.
func (b *Book) Renew(name string, value float64) (changed bool) {
	for _, c := range b.cells {
		if c.isCode() {
			continue
		}
		text := strings.Join(c.lines(), "\n")
		renewed := claimed.ReplaceAllStringFunc(text, func(all string) string {
			parts := claimed.FindStringSubmatch(all)
			old := strings.Trim(parts[2], "*")
			if parts[1] != name || numberIn.FindString(old) != old { // numbers among words may be of something else
				return all
			}
			renewed := strings.Replace(parts[2], old, like(old, value), 1)
			return strings.Replace(all, "-->"+parts[2], "-->"+renewed, 1) // the name may have the same digits
		})
		if renewed != text {
			c.setLines(strings.Split(renewed, "\n"))
			changed = true
		}
	}
	return changed
}

// like writes a number as an older one is written: with its decimals, its sign left out where the old one has none, and commas between
// thousands. A number without decimals that ends in zeros is rounded as it is.
func like(old string, value float64) string {
	whole, decimals, _ := strings.Cut(old, ".")
	digits := strings.TrimLeft(whole, "−-")
	plain := strings.ReplaceAll(digits, ",", "")
	unit := 1.0
	if decimals == "" && len(plain) > 1 {
		for range len(plain) - max(1, len(strings.TrimRight(plain, "0"))) {
			unit *= 10
		}
	}
	sign := ""
	if value < 0 {
		value = -value
		if whole != digits {
			sign = "−"
		}
	}
	text := strconv.FormatFloat(float64(int64(value/unit+0.5))*unit, 'f', 0, 64)
	if decimals != "" {
		text = strconv.FormatFloat(value, 'f', len(decimals), 64)
	}
	if number, fraction, _ := strings.Cut(text, "."); strings.Contains(digits, ",") {
		n, _ := strconv.Atoi(number) // digits alone
		text = words.Thousands(n)
		if fraction != "" {
			text += "." + fraction
		}
	}
	return sign + text
}
