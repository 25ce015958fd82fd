package pages

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

//go:embed katex/katex.min.js
var katexSource string

// KaTeXLicence is the licence of what sets formulas, and of the fonts that show them.
//
//go:embed katex/LICENSE
var KaTeXLicence string

// compiled is KaTeX as goja runs it: parsing it takes longer than all formulas of the course.
var compiled = sync.OnceValues(func() (*goja.Program, error) { return goja.Compile("katex.min.js", katexSource, false) })

// typesetter makes HTML of TeX, and MathML beside it, for those who hear a page. MathML alone would need no fonts, but a browser
// without one for mathematics then stretches no integral and no brace, and Chromium knows no other letters than italic ones. It is
// not for several goroutines.
type typesetter struct {
	render func(tex string, options map[string]any) (string, error)
	used   map[string]bool // classes of what it has made
}

func newTypesetter() (*typesetter, error) {
	program, err := compiled()
	if err != nil {
		return nil, fmt.Errorf("KaTeX can't be compiled: %w", err)
	}
	vm := goja.New()
	if _, err := vm.RunProgram(program); err != nil {
		return nil, fmt.Errorf("KaTeX doesn't start: %w", err)
	}
	t := &typesetter{used: map[string]bool{}}
	if err := vm.ExportTo(vm.Get("katex").ToObject(vm).Get("renderToString"), &t.render); err != nil {
		return nil, fmt.Errorf("KaTeX can't be called: %w", err)
	}
	return t, nil
}

func (t *typesetter) formula(tex string, display bool) (string, error) {
	markup, err := t.render(tex, map[string]any{"displayMode": display, "throwOnError": true, "strict": "error"})
	if err != nil {
		why, _, _ := strings.Cut(err.Error(), " at katex.min.js")
		return "", fmt.Errorf("the formula %s can't be set: %s", tex, why)
	}
	for _, m := range classes.FindAllStringSubmatch(markup, -1) {
		for _, class := range strings.Fields(m[1]) {
			t.used[class] = true
		}
	}
	return markup, nil
}

var (
	classes    = regexp.MustCompile(`class="([^"]*)"`)
	rules      = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	named      = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
	family     = regexp.MustCompile(`KaTeX_\w+`)
	fontFile   = regexp.MustCompile(`fonts/([\w-]+\.woff2)`)
	otherFonts = regexp.MustCompile(`,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)`)
)

// look is the part of KaTeX's stylesheet that these formulas need, a fifth of it, and the fonts that it names. Of these only one form is
// left, which every browser of today reads.
func (t *typesetter) look(css string) (part string, fonts []string) {
	var kept, faces strings.Builder
	list := rules.FindAllStringSubmatch(otherFonts.ReplaceAllString(css, ""), -1)
	for _, r := range list {
		if strings.HasPrefix(r[1], "@") {
			continue
		}
		var selectors []string
		for selector := range strings.SplitSeq(r[1], ",") {
			if !slices.ContainsFunc(named.FindAllStringSubmatch(selector, -1), func(m []string) bool { return !t.used[m[1]] }) {
				selectors = append(selectors, selector)
			}
		}
		if len(selectors) > 0 {
			kept.WriteString(strings.Join(selectors, ",") + "{" + r[2] + "}\n")
		}
	}
	families := family.FindAllString(kept.String(), -1)
	for _, r := range list {
		if m := fontFile.FindStringSubmatch(r[2]); m != nil && slices.Contains(families, family.FindString(r[2])) {
			faces.WriteString(r[0] + "\n")
			fonts = append(fonts, m[1])
		}
	}
	return faces.String() + kept.String(), fonts
}
