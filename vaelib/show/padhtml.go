package show

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"vaelab/vaelib/words"
)

// padJS draws what the hand draws, sends it to the cell's program, and shows what that says. It starts hidden, as sliders do.
//
//go:embed pad.js
var padJS string

// side is the square's side in units of the SVG.
const side = 1000

// The colours are Okabe and Ito's vermilion and bluish green, and a blue between their two: each has a contrast of more than 3 on white
// and on black.
const (
	inTheWay   = "#D55E00"
	ringColor  = "#009E73"
	takenColor = "#1F83CC"
)

// show puts the drawing's state where the page's script finds it; nothing of it is seen.
func (d *drawing) show(window answering) {
	state := struct {
		N       int      `json:"n"`
		Said    string   `json:"said"`
		Strokes []string `json:"strokes"`
	}{d.last, d.said, []string{}}
	for _, s := range d.strokes {
		state.Strokes = append(state.Strokes, s.svg())
	}
	text, err := json.Marshal(state)
	Check(err)
	window.put(d.stateID, fmt.Sprintf(`<div id="%s" hidden="hidden" data-state="%s"></div>`, d.stateID, escape(string(text))), d.said)
}

// controlsHTML is the square with its buttons. touch-action keeps a finger in the square from moving the page, and
// data-lm-suppress-shortcuts keeps JupyterLab from taking the arrow keys.
func (d *drawing) controlsHTML(address, kernel string) string {
	id := d.padID
	var b strings.Builder
	fmt.Fprintf(&b, `<div id="%s" hidden="hidden" role="group" aria-label="%s" data-words="%s" style="max-width:440px;margin:8px 0;font-size:13px;line-height:1.5">`+
		`<style>#%[1]s :focus-visible{outline:3px solid %[4]s;outline-offset:-3px}</style>`, id, escape(words.Say("A square to draw in")), escape(padWords()), ringColor)
	fmt.Fprintf(&b, `<div id="%s_task" style="margin:0 0 6px">%s</div>`, id, escape(d.pad.Task))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" tabindex="0" data-lm-suppress-shortcuts="true" role="application" `+
		`aria-label="%s" aria-describedby="%s_task %[3]s_keys" data-pen="%s" `+
		`style="display:block;width:100%%;max-width:75vh;touch-action:none;user-select:none;-webkit-user-select:none;cursor:crosshair;border-radius:6px">%s`+
		`<g data-part="taken" fill="none" stroke="%[6]s" stroke-width="7" stroke-linejoin="round" stroke-linecap="round"></g>`+
		`<polyline data-part="hand" fill="none" stroke="currentColor" stroke-width="8" stroke-linejoin="round" stroke-linecap="round"/>`+
		`<circle data-part="pen" r="14" fill="none" stroke="currentColor" stroke-width="6" visibility="hidden"/></svg>`,
		side, escape(d.pad.Alt), id, fmt.Sprintf("%d %d", grains(d.pad.Pen[0]), grains(d.pad.Pen[1])), scene(d.pad.Marks, "currentColor"), takenColor)
	b.WriteString(`<div role="status" aria-live="polite" style="min-height:3em;margin:6px 0 2px"></div>` +
		`<div style="display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:2px 0 6px">`)
	for _, button := range [][2]string{{"undo", words.Say("Undo")}, {"over", words.Say("Start over")}, {"stop", words.Say("Done")}} {
		fmt.Fprintf(&b, `<button type="button" data-do="%s" data-lm-suppress-shortcuts="true" style="font:inherit;padding:6px 16px;cursor:pointer;white-space:nowrap">%s</button>`, button[0], escape(button[1]))
	}
	fmt.Fprintf(&b, `</div><div style="opacity:0.75">%s</div>`, escape(words.Say("Done (from %d on) ends this cell and keeps what is drawn, "+
		"as %s without a stroke do; other cells wait until then.", d.pad.Least, minutes(d.limits.untouched))))
	fmt.Fprintf(&b, `<div id="%s_keys" style="opacity:0.75">%s</div></div>`, id,
		escape(words.Say("By keyboard, in the square: arrow keys lead a pen, with Shift farther; Enter ends a path, Escape drops it.")))
	b.WriteString(script(padJS, id, address, kernel, d.stateID))
	return b.String()
}

// padWords are what the page's script says without asking the program, as JSON.
func padWords() string {
	text, err := json.Marshal(map[string]string{
		"broken":  "✗ " + words.Say("The browser has broken this stroke off. Draw it again."),
		"pen":     words.Say("The pen is at %s.", "{place}"),
		"dropped": words.Say("Dropped."),
	})
	Check(err)
	return string(text)
}

// picture is what stays of the drawing: an image, which needs no script and which JupyterLab leaves in notebooks that it doesn't trust.
func (d *drawing) picture() (markup, plain string) {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" width="440" height="440"><rect width="%[1]d" height="%[1]d" fill="#fff"/>%s`+
		`<g fill="none" stroke="%s" stroke-width="7" stroke-linejoin="round" stroke-linecap="round">`, side, scene(d.pad.Marks, "#222"), takenColor)
	for _, s := range d.strokes {
		fmt.Fprintf(&b, `<polyline points="%s"/>`, s.svg())
	}
	b.WriteString(`</g></svg>`)
	alt := words.Sentences(strings.TrimSpace(d.pad.Alt), words.Say("In it are drawn lines: %s.", d.count()))
	markup = fmt.Sprintf(`<figure style="margin:8px 0;max-width:440px"><img alt="%s" width="440" height="440" `+
		`style="max-width:100%%;height:auto;display:block;border-radius:6px" src="data:image/svg+xml;base64,%s"/></figure>`,
		escape(alt), base64.StdEncoding.EncodeToString([]byte(b.String())))
	return markup, "[" + words.Say("figure") + "] " + alt
}

// scene is the square's edge and what lies in it. Names stand beside rings and inside of what is solid.
func scene(marks []Mark, ink string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rect x="2" y="2" width="%d" height="%[1]d" rx="10" fill="none" stroke="%s" stroke-opacity="0.5" stroke-width="4"/>`, side-4, ink)
	for _, m := range marks {
		x, y, r := unit(m.At[0]), unit(1-m.At[1]), unit(m.Radius)
		look, place, anchor := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="8"`, ringColor), x+r+16, "start"
		switch {
		case m.Solid:
			look, place, anchor = fmt.Sprintf(`fill="%s" fill-opacity="0.3" stroke="%[1]s" stroke-width="6"`, inTheWay), x, "middle"
		case place > side*3/4:
			place, anchor = x-r-16, "end"
		}
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="%d" %s/><text x="%d" y="%d" text-anchor="%s" dominant-baseline="central" font-family="sans-serif" font-size="40" fill="%s">%s</text>`,
			x, y, r, look, place, y, anchor, ink, escape(m.Name))
	}
	return b.String()
}

// svg are a stroke's points, as an SVG has them.
func (s Stroke) svg() string {
	points := make([]string, len(s))
	for i, p := range s {
		points[i] = fmt.Sprintf("%d,%d", unit(p[0]), unit(1-p[1]))
	}
	return strings.Join(points, " ")
}

// unit is a length in units of the SVG, grains is one in the page's.
func unit(x float64) int   { return int(math.Round(side * x)) }
func grains(x float64) int { return int(math.Round(grain * x)) }
