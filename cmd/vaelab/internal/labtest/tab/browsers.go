package tab

import (
	"context"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/internal/browser/firefox"
)

// tab is what a visitor does with a browser.
type tab interface {
	Go(address string) error                // opens it and waits until it is loaded
	Eval(expression string, into any) error // waits for the expression's promise, if it is one
	Resize(width, height int) error
	Screenshot(path string) error
}

// hears is told what happens in a tab.
type hears struct {
	request func(address string)
	fault   func(text string) // an error that nobody has caught
}

// Browser opens a browser with empty storage, and a tab of so many pixels in it.
type Browser func(ctx context.Context, width, height int, hears hears) (opened tab, end func(), err error)

// Firefox is driven by WebDriver BiDi.
func Firefox(ctx context.Context, width, height int, hears hears) (tab, func(), error) {
	return firefox.Open(ctx, width, height, firefox.Hears{Request: hears.request, Fault: hears.fault})
}

// Chromium is driven by chromedp.
func Chromium(ctx context.Context, width, height int, hears hears) (tab, func(), error) {
	ctx, end, err := browser.Start(ctx, width, height)
	return inChromium(ctx, end, err, hears)
}

func inChromium(ctx context.Context, end func(), err error, hears hears) (tab, func(), error) {
	if err != nil {
		return nil, nil, err
	}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			hears.request(e.Request.URL)
		case *page.EventJavascriptDialogOpening: // whether the page may be left, though a notebook isn't saved
			go func() { _ = chromedp.Run(ctx, page.HandleJavaScriptDialog(true)) }()
		case *runtime.EventExceptionThrown:
			hears.fault(e.ExceptionDetails.Error())
		}
	})
	if err := chromedp.Run(ctx, network.Enable()); err != nil {
		end()
		return nil, nil, err
	}
	return chromium{ctx}, end, nil
}

type chromium struct{ ctx context.Context }

func (c chromium) Go(address string) error { return chromedp.Run(c.ctx, chromedp.Navigate(address)) }

func (c chromium) Eval(expression string, into any) error {
	return chromedp.Run(c.ctx, browser.Evaluate(expression, into))
}

func (c chromium) Resize(width, height int) error {
	return chromedp.Run(c.ctx, chromedp.EmulateViewport(int64(width), int64(height)))
}

func (c chromium) Screenshot(path string) error { return browser.Screenshot(c.ctx, path) }
