package pages

import (
	_ "embed"
	"fmt"
	"regexp"
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
	t := &typesetter{}
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
	return markup, nil
}

var otherFonts = regexp.MustCompile(`,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)`)

// woff2Only leaves a stylesheet the one form of its fonts that every browser of today reads.
func woff2Only(css []byte) []byte { return otherFonts.ReplaceAll(css, nil) }
