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
)

// book is a notebook as pages show it.
type book struct {
	File     string // the notebook's
	Page     string // the page's, in the folder read
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

type fact struct {
	Name string
	Says template.HTML
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
}

func (w *writer) assembly(n *notebook) *assembly {
	return &assembly{writer: w, book: &book{File: n.file, Page: strings.TrimSuffix(n.file, ".ipynb") + ".html", Short: short(n.file)},
		ids: map[string]bool{"main": true, "contents": true}, seen: map[string]bool{}, now: &section{}}
}

// short makes a name for a row of links of a file's name.
func short(file string) string {
	words := strings.Split(strings.TrimSuffix(file, ".ipynb"), "_")[1:]
	for i, word := range words {
		if slices.Contains([]string{"vae", "kl"}, word) {
			words[i] = strings.ToUpper(word)
		} else if i == 0 {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, " ")
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
			a.now.body.WriteString("<p><strong>" + plain(e.Title) + ".</strong> " + plain(e.Question) + "</p>\n" + string(hints(e)))
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
		shown = template.HTML(begin) + shown + "<p class=\"note\">These are stills. In the lab, sliders move the picture.</p></div>\n"
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
	for node := root.FirstChild; node != nil; {
		next := node.NextSibling
		root.RemoveChild(node)
		if err := a.block(node, formulas); err != nil {
			return err
		}
		node = next
	}
	return nil
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
		m := heading.FindStringSubmatch(words(node))
		if m == nil {
			return fmt.Errorf("the title %q should be a number, ·, and words", words(node))
		}
		a.Number, a.Title = m[1], m[2]
		return nil
	case node.Data == "h2":
		if len(a.Sections) == 0 {
			a.terms = a.seen
		}
		a.seen = map[string]bool{}
		title := words(node)
		a.now = &section{ID: a.id(title), Title: title, Lab: labAddress(a.File, title), terms: a.seen}
		a.Sections = append(a.Sections, a.now)
		return nil
	case node.Data == "h3":
		title := words(node)
		id := a.id(title)
		a.now.Parts = append(a.now.Parts, part{id, takes.ReplaceAllString(title, "")})
		set(node, "id", id)
	case strings.HasPrefix(words(node), "In an exercise you write a function in the place of"),
		strings.HasPrefix(words(node), "Run the cell, choose a letter for each question"):
		return nil // here exercises are read: the page itself says how
	case len(a.Sections) == 0 && len(elements(node, "table")) == 1 && len(a.Facts) == 0:
		return a.facts(node)
	}
	a.glossed.link(holder, a.seen)
	markup, err := inside(holder)
	if err != nil {
		return err
	}
	markup = han.ReplaceAllString(place(markup, formulas), `<span lang="zh">$0</span>`) + "\n"
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
		a.Facts = append(a.Facts, fact{words(cells[0]), template.HTML(says)})
	}
	return nil
}

// headless takes away the empty head that Markdown gives every table: then the first column is what names the rows.
func headless(table *html.Node) bool {
	heads := elements(table, "thead")
	if len(heads) != 1 || strings.TrimSpace(words(heads[0])) != "" {
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

// id makes an anchor of a heading's words.
func (a *assembly) id(title string) string {
	slug := strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
	id := slug
	for i := 2; a.ids[id]; i++ {
		id = fmt.Sprintf("%s-%d", slug, i)
	}
	a.ids[id] = true
	return id
}

// labAddress is where the lab shows a section: JupyterLab's anchors are a heading's words with - for each space.
func labAddress(file, title string) string {
	return "../lab/index.html?path=" + file + "#" + strings.ReplaceAll(strings.ReplaceAll(title, " ", "-"), "%", "%25")
}

// page writes a book's page.
func (w *writer) page(books []*book, i int) error {
	b := books[i]
	data := map[string]any{"Book": b, "Books": books, "Now": b.Page, "Lab": "../lab/index.html?path=" + b.File}
	if b.Alive {
		data["Live"] = w.heads("")
	}
	if i > 0 {
		data["Before"] = books[i-1]
	}
	if i+1 < len(books) {
		data["Next"] = books[i+1]
	}
	to := "read/" + b.Page
	if err := w.render("page.html", to, data); err != nil {
		return err
	}
	b.Bytes = int64(len(w.files[to]) + len(w.files["read/"+w.style]) + w.pictures(to))
	return nil
}

var source = regexp.MustCompile(`src="(picture-[^"]+)"`)

// pictures are the bytes of the pictures that a page shows.
func (w *writer) pictures(to string) (sum int) {
	for _, m := range source.FindAllSubmatch(w.files[to], -1) {
		sum += len(w.files[path.Join("read", string(m[1]))])
	}
	return sum
}
