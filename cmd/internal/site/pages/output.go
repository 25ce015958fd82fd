package pages

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// outputs makes HTML of what a cell has shown.
func (w *writer) outputs(c cell) (template.HTML, error) {
	var all strings.Builder
	w.shows = c.ID
	for _, o := range c.Outputs {
		switch {
		case o.Data.HTML != "":
			markup, err := w.shown(string(o.Data.HTML))
			if err != nil {
				return "", err
			}
			all.WriteString(markup)
		case o.Data.Plain != "" || o.Text != "":
			text := strings.TrimSpace(string(o.Data.Plain + o.Text))
			if text != "" {
				all.WriteString("<pre>" + template.HTMLEscapeString(text) + "</pre>\n")
			}
		}
	}
	if all.Len() == 0 {
		return "", nil
	}
	return template.HTML("<div class=\"output\">" + all.String() + "</div>\n"), nil
}

// shown makes the library's HTML that of a page: looks are the stylesheet's, pictures files of their own, and what only a
// lab can mean is left out.
func (w *writer) shown(markup string) (string, error) {
	root, err := parse(markup)
	if err != nil {
		return "", err
	}
	for _, n := range elements(root, "div", "script", "style", "link", "input", "button") {
		switch {
		case n.Data != "div":
			return "", fmt.Errorf("an output has a <%s>, which means nothing on a page to read", n.Data)
		case attr(n, "role") == "status":
			w.verdict(n)
		case attr(n, "role") == "progressbar": // training has ended
			remove(n)
		case w.remarks.stills.MatchString(textOf(n)):
			remove(n)
		case strings.Contains(attr(n, "style"), "font-size:13px"):
			set(n, "class", "note")
			if made := w.remarks.loaded.arguments(textOf(n)); made != nil {
				n.FirstChild.Data = trained(made)
			}
		}
	}
	for _, n := range texts(root) {
		lower(n)
	}
	for _, n := range elements(root, "img") {
		if err := w.takeOut(n); err != nil {
			return "", err
		}
	}
	for _, n := range elements(root, "table") {
		dress(n)
	}
	for _, n := range elements(root, "figure", "figcaption", "div", "img", "table", "th", "td", "tr", "p") {
		unset(n, "style")
	}
	return inside(root)
}

// texts are the texts below a node.
func texts(root *html.Node) (list []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			list = append(list, n)
		}
	}
	return list
}

// lower sets the index of D_KL, which the library writes on the line.
func lower(n *html.Node) {
	before, after, found := strings.Cut(n.Data, "D_KL")
	if !found {
		return
	}
	index := element("sub")
	index.AppendChild(&html.Node{Type: html.TextNode, Data: "KL"})
	rest := &html.Node{Type: html.TextNode, Data: after}
	n.Data = before + "D"
	n.Parent.InsertBefore(rest, n.NextSibling)
	n.Parent.InsertBefore(index, rest)
	lower(rest)
}

// verdict dresses a card. One that says how far somebody has come, or that nothing was predicted, is about the person who made
// the page: it goes.
func (w *writer) verdict(card *html.Node) {
	unset(card, "role")
	for _, n := range elements(card, "div") {
		if text := textOf(n); w.remarks.progress.MatchString(text) || w.remarks.hint.MatchString(text) {
			remove(n)
		}
	}
	if !strings.HasPrefix(textOf(card), "✓") {
		remove(card)
		return
	}
	set(card, "class", "right")
}

// takeOut makes a picture a file of its own, which a click shows in full.
func (w *writer) takeOut(img *html.Node) error {
	if attr(img, "alt") == "" {
		return fmt.Errorf("a picture has no words for those who don't see it")
	}
	kind, text, ok := strings.Cut(strings.TrimPrefix(attr(img, "src"), "data:image/"), ";base64,")
	if !ok || kind != "png" {
		return fmt.Errorf("a picture is no PNG in the page: %.60s", attr(img, "src"))
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return fmt.Errorf("a picture can't be read: %w", err)
	}
	address, name := w.hang(smaller(data))
	set(img, "src", address)
	w.shownBy[w.shows] = append(w.shownBy[w.shows], picture{name, attr(img, "width"), attr(img, "height"), attr(img, "alt")})
	set(img, "loading", "lazy")
	set(img, "decoding", "async")
	class := "picture"
	if width, err := strconv.Atoi(attr(img, "width")); err == nil && width >= 640 {
		class += " broad"
	}
	wrap(img, element("a", "href", address, "class", class))
	return nil
}

// hang puts a picture beside the edition's pages, if English hasn't the same. It gives its address from there and from the front page.
func (w *writer) hang(data []byte) (fromPage, fromFront string) {
	name := keptName("picture", ".png", data)
	if w.files["read/"+name] != nil {
		return w.shelf("read/"+name) + name, w.shelf("index.html") + name
	}
	w.files[w.at("read/"+name)] = data
	return name, "read/" + name
}

// dress makes a table one that scrolls by itself where it is too wide, with heads that say what they head.
func dress(table *html.Node) {
	for _, n := range elements(table, "th") {
		set(n, "scope", "col")
	}
	for _, n := range elements(table, "th", "td") {
		if strings.Contains(attr(n, "style"), "text-align:right") {
			set(n, "class", "number")
		}
	}
	wrap(table, element("div", "class", "wide"))
}
