package pages

import (
	"fmt"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"vaelab/vaelib/words"
)

// book is a notebook as pages show it.
type book struct {
	File     string             // the notebook's
	anchors  []string           // of its headings, in their order
	dropped  map[string]dropped // of a cell's text, by the cell's id
	Page     string             // the page's, in the folder read
	Lab      string             // its address in the lab, from the front page
	Number   string
	Title    string        // without its number
	Short    string        // a word or two, where there is little room
	Facts    []fact        // time, and what one needs and gets
	Lead     template.HTML // what comes before the first section
	Sections []*section
	terms    map[string]bool // of the lead
	Bytes    int64           // of its page and pictures
	Alive    bool            // something on its page can be touched
}

// fact is a row of the table below a notebook's title.
type fact struct {
	Name string
	Kind string // the name in English
	Says template.HTML
}

// dropped are the blocks of a cell's text that only a lab means, by their numbers, and how many blocks there are in all.
type dropped struct {
	blocks []int
	of     int
}

type section struct {
	ID, Title string
	Lab       string // its address in the lab
	Parts     []part // headings below it
	terms     map[string]bool
	body      strings.Builder
}

type part struct{ ID, Title string }

func (s *section) Body() template.HTML { return template.HTML(s.body.String()) }

// assembly is a book being made of a notebook.
type assembly struct {
	*writer
	*book
	ids  map[string]bool
	seen map[string]bool // terms, in this section
	now  *section

	follows *book // the English one; nil where this is English
}

func (w *writer) assembly(n *notebook) *assembly {
	return &assembly{writer: w, book: &book{File: n.file, Lab: w.lab("", n.file), Page: strings.TrimSuffix(n.file, ".ipynb") + ".html", Short: short(n.file), dropped: map[string]dropped{}},
		ids: map[string]bool{"main": true, "contents": true}, seen: map[string]bool{}, now: &section{}, follows: w.english[n.file]}
}

// beginning is a book of nothing but its first cell.
func (w *writer) beginning(n *notebook) (*book, error) {
	a := w.assembly(n)
	a.Page = ""
	if err := a.markdown(n.Cells[0]); err != nil {
		return nil, fmt.Errorf("%s: %w", n.at(n.Cells[0]), err)
	}
	return a.book, nil
}

func (w *writer) book(n *notebook) (*book, error) {
	a := w.assembly(n)
	for i := 0; i < len(n.Cells); i++ {
		c := n.Cells[i]
		var err error
		switch source := string(c.Source); {
		case c.Type == "markdown" && (c.ID == "wiring-text" || c.ID == "progress-text"): // about the machine of whoever runs it
		case c.Type == "markdown":
			err = a.markdown(c)
		case strings.HasPrefix(source, "!") || progress.MatchString(source) || quizAnswers.MatchString(source):
		case quizAsks.MatchString(source):
			var markup template.HTML
			markup, err = quiz(source)
			a.now.body.WriteString(string(markup))
		case strings.Contains(source, begins):
			var markup template.HTML
			if i+1 == len(n.Cells) {
				return nil, fmt.Errorf("%s: a solution is followed by no cell that checks it", n.at(c))
			}
			markup, err = w.exercise(c, n.Cells[i+1])
			a.now.body.WriteString(string(markup))
			i++
		default:
			err = a.code(n, c)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n.at(c), err)
		}
	}
	if a.follows != nil && len(a.anchors) != len(a.follows.anchors) {
		return nil, fmt.Errorf("%s has %d headings in this language, and %d in English", n.file, len(a.anchors), len(a.follows.anchors))
	}
	if a.Title == "" || len(a.Sections) == 0 {
		return nil, fmt.Errorf("%s has no title, or no sections: a page needs a heading with # and some with ##", n.file)
	}
	return a.book, nil
}

// code adds a code cell and what it has shown.
func (a *assembly) code(n *notebook, c cell) error {
	source := string(c.Source)
	predicts, err := asks(source, "Predict")
	if err != nil {
		return err
	}
	compares, err := asks(source, "Compare")
	if err != nil {
		return err
	}
	if len(predicts) > 0 {
		for _, e := range predicts {
			a.now.body.WriteString("<p><strong>" + plain(words.Say("%s.", words.Text(e.Title))) + "</strong>" + gap() + plain(words.Text(e.Question)) + "</p>\n" + string(hints(e)))
		}
		return nil
	}
	marked, err := listing(source, !strings.HasPrefix(source, "import ("))
	if err != nil {
		return err
	}
	shown, err := a.outputs(c)
	if err != nil {
		return err
	}
	if _, slides := live[n.file+" "+c.ID]; slides {
		begin := `<div>`
		if name := a.alive(n, c); name != "" {
			a.Alive, begin = true, `<div data-live="`+name+`">`
		}
		still := template.HTMLEscapeString(words.Say("These are stills. In the lab, sliders move the picture."))
		shown = template.HTML(begin) + shown + template.HTML("<p class=\"note\">"+still+"</p></div>\n")
	}
	a.now.body.WriteString(string(marked + shown))
	for _, e := range compares {
		a.now.body.WriteString(string(why(e)))
	}
	return nil
}

var heading = regexp.MustCompile(`^(\d+) · (.+)$`)

// markdown adds a cell of text, which may begin sections.
func (a *assembly) markdown(c cell) error {
	markup, formulas, err := a.text(string(c.Source))
	if err != nil {
		return err
	}
	root, err := parse(markup)
	if err != nil {
		return err
	}
	if err := a.relink(root); err != nil {
		return err
	}
	for _, table := range elements(root, "table") {
		if name := headless(table); name {
			set(table, "class", "facts")
		}
		wrap(table, element("div", "class", "wide"))
	}
	blocks := slices.Collect(root.ChildNodes())
	drop, err := a.drop(c, blocks)
	if err != nil {
		return err
	}
	for i, node := range blocks {
		root.RemoveChild(node)
		if slices.Contains(drop, i) {
			continue // here exercises are read: the page itself says how
		}
		if err := a.block(node, formulas); err != nil {
			return err
		}
	}
	return nil
}

// drop are the blocks of a cell that only a lab means. Those of another language are where the English ones are.
func (a *assembly) drop(c cell, blocks []*html.Node) ([]int, error) {
	if a.follows != nil {
		d := a.follows.dropped[c.ID]
		if len(d.blocks) > 0 && d.of != len(blocks) {
			return nil, fmt.Errorf("its text has %d blocks in this language, and %d in English", len(blocks), d.of)
		}
		return d.blocks, nil
	}
	d := dropped{of: len(blocks)}
	for i, node := range blocks {
		text := textOf(node)
		if strings.HasPrefix(text, "In an exercise you write a function in the place of") ||
			strings.HasPrefix(text, "Run the cell, choose a letter for each question") {
			d.blocks = append(d.blocks, i)
		}
	}
	a.dropped[c.ID] = d
	return d.blocks, nil
}

var (
	han   = regexp.MustCompile(`\p{Han}+`) // no attribute has any
	takes = regexp.MustCompile(` \(\d+ minutes\)$`)
)

// block adds a block of text.
func (a *assembly) block(node *html.Node, formulas []string) error {
	holder := element("div")
	holder.AppendChild(node)
	switch {
	case node.Data == "h1":
		m := heading.FindStringSubmatch(textOf(node))
		if m == nil {
			return fmt.Errorf("the title %q should be a number, ·, and words", textOf(node))
		}
		a.Number, a.Title = m[1], m[2]
		return nil
	case node.Data == "h2":
		if len(a.Sections) == 0 {
			a.terms = a.seen
		}
		a.seen = map[string]bool{}
		title := textOf(node)
		a.now = &section{ID: a.id(title), Title: title, Lab: a.lab("../", a.File) + "#" + labAnchor(title), terms: a.seen}
		a.Sections = append(a.Sections, a.now)
		return nil
	case node.Data == "h3":
		title := textOf(node)
		id := a.id(title)
		a.now.Parts = append(a.now.Parts, part{id, takes.ReplaceAllString(title, "")})
		set(node, "id", id)
	case len(a.Sections) == 0 && len(elements(node, "table")) == 1 && len(a.Facts) == 0:
		return a.facts(node)
	}
	a.glossed.link(holder, a.seen)
	markup, err := inside(holder)
	if err != nil {
		return err
	}
	markup = place(markup, formulas) + "\n"
	if a.folder == "" {
		markup = han.ReplaceAllString(markup, `<span lang="zh">$0</span>`)
	}
	if len(a.Sections) == 0 {
		a.Lead += template.HTML(markup)
		return nil
	}
	a.now.body.WriteString(markup)
	return nil
}

// facts takes the table at a notebook's beginning: time, what one needs, what one gets.
func (a *assembly) facts(node *html.Node) error {
	for _, row := range elements(node, "tr") {
		cells := elements(row, "th", "td")
		if len(cells) != 2 {
			return fmt.Errorf("the table below the title has a row of %d cells", len(cells))
		}
		says, err := inside(cells[1])
		if err != nil {
			return err
		}
		f := fact{textOf(cells[0]), textOf(cells[0]), template.HTML(says)}
		if a.follows != nil {
			if len(a.Facts) == len(a.follows.Facts) {
				return fmt.Errorf("the table below the title has more rows than in English")
			}
			f.Kind = a.follows.Facts[len(a.Facts)].Kind
		}
		a.Facts = append(a.Facts, f)
	}
	return nil
}

// headless takes away the empty head that Markdown gives every table: then the first column is what names the rows.
func headless(table *html.Node) bool {
	heads := elements(table, "thead")
	if len(heads) != 1 || strings.TrimSpace(textOf(heads[0])) != "" {
		for _, n := range elements(table, "th") {
			set(n, "scope", "col")
		}
		return false
	}
	remove(heads[0])
	for _, row := range elements(table, "tr") {
		if cells := elements(row, "td"); len(cells) > 0 {
			cells[0].Data, cells[0].DataAtom = "th", 0
			set(cells[0], "scope", "row")
		}
	}
	return true
}

// relink has links to notebooks lead to their pages.
func (a *assembly) relink(root *html.Node) error {
	for _, n := range elements(root, "a") {
		to := attr(n, "href")
		switch {
		case strings.HasSuffix(to, ".ipynb") && !strings.Contains(to, "/"):
			set(n, "href", strings.TrimSuffix(to, ".ipynb")+".html")
		case !strings.HasPrefix(to, "https://") && !strings.HasPrefix(to, "#"):
			return fmt.Errorf("the link %s leads nowhere from a page", to)
		}
	}
	return nil
}

// id makes an anchor of a heading's words. In another language it is the English heading's, so that an address leads to the same
// section in all of them.
func (a *assembly) id(title string) (id string) {
	defer func() { a.anchors = append(a.anchors, id) }()
	if a.follows != nil && len(a.anchors) < len(a.follows.anchors) {
		return a.follows.anchors[len(a.anchors)]
	}
	slug := strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
	id = slug
	for i := 2; a.ids[id]; i++ {
		id = fmt.Sprintf("%s-%d", slug, i)
	}
	a.ids[id] = true
	return id
}

// labAnchor is how the lab calls a section: JupyterLab's anchors are a heading's words with - for each space.
func labAnchor(title string) string {
	return strings.ReplaceAll(strings.ReplaceAll(title, " ", "-"), "%", "%25")
}

// page writes a book's page.
func (w *writer) page(books []*book, i int) error {
	b := books[i]
	data := map[string]any{"Book": b, "Books": books, "Now": b.Page, "Lab": w.lab("../", b.File)}
	to := "read/" + b.Page
	if b.Alive {
		data["Live"] = w.heads(w.shelf(to))
	}
	if i > 0 {
		data["Before"] = books[i-1]
	}
	if i+1 < len(books) {
		data["Next"] = books[i+1]
	}
	if err := w.render("page.html", to, data); err != nil {
		return err
	}
	b.Bytes = int64(len(w.files[w.at(to)]) + len(w.files["read/"+w.style]) + w.pictures(w.at(to)))
	return nil
}

var source = regexp.MustCompile(`src="([./a-z]*picture-[^"]+)"`)

// pictures are the bytes of the pictures that a page shows.
func (w *writer) pictures(to string) (sum int) {
	for _, m := range source.FindAllSubmatch(w.files[to], -1) {
		sum += len(w.files[path.Join(path.Dir(to), string(m[1]))])
	}
	return sum
}
