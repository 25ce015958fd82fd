package tab

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
)

// What only Chromium is asked, since chromedp knows how.

// VisitBy starts Chromium with options.
func VisitBy(t *testing.T, site *Served, options ...chromedp.ExecAllocatorOption) *Visitor {
	t.Helper()
	return VisitWith(t, site, func(ctx context.Context, width, height int, hears hears) (tab, func(), error) {
		ctx, end, err := browser.Start(ctx, width, height, options...)
		return inChromium(ctx, end, err, hears)
	})
}

// Another is one more tab in the same Chromium.
func (v *Visitor) Another() *Visitor {
	v.t.Helper()
	other := &Visitor{t: v.t, site: v.site, ctx: v.ctx}
	ctx, end, err := browser.Another(v.tab.(chromium).ctx, 1200, 1000)
	other.has(inChromium(ctx, end, err, other.hears()))
	return other
}

// Do does what chromedp knows.
func (v *Visitor) Do(actions ...chromedp.Action) {
	v.t.Helper()
	v.must(chromedp.Run(v.tab.(chromium).ctx, actions...))
}

// Before has a script run in each page before the page's own.
func (v *Visitor) Before(script string) {
	v.t.Helper()
	v.Do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// Go goes back in the tab's history, or forward, to another address. A page that was only put aside isn't loaded again.
func (v *Visitor) Go(steps int) {
	v.t.Helper()
	var from, at string
	v.Eval("location.href", &from)
	v.Eval(fmt.Sprintf("(setTimeout(() => history.go(%d), 50), true)", steps), new(bool)) // later, so that the page can still answer
	for at = from; at == from || at == ""; time.Sleep(50 * time.Millisecond) {
		if err := v.tab.Eval("location.href", &at); err != nil && v.ctx.Err() != nil { // it fails while pages change
			v.t.Fatal(err)
		}
	}
}
