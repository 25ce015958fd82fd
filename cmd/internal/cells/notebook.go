package cells

import (
	"maps"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Notebook is what a notebook's cells have declared. Make one with [New].
type Notebook struct {
	packages Packages
	kept     declarations
	env      map[string]string
}

// New gives a notebook in which nothing is declared, whose cells may import these packages.
func New(packages Packages) *Notebook {
	return &Notebook{packages: packages, kept: declarations{}, env: map[string]string{}}
}

// Cell makes the program of a cell. The number is that by which places are told; numbers begin with 1.
func (n *Notebook) Cell(number int, text string) (*Program, error) {
	c, err := read(number, text)
	if err != nil {
		return nil, err
	}
	env := maps.Clone(n.env)
	maps.Copy(env, c.env)
	p := &Program{number: number, Said: c.said, Args: c.args, Env: env, opened: c.opened, kept: maps.Clone(n.kept)}
	for _, command := range c.commands {
		p.Said = append(p.Said, n.command(p, command)...)
	}
	if err := p.parse(c); err != nil {
		return nil, err
	}
	p.kept.add(p.declared)
	if err := p.compose(n.packages); err != nil {
		return nil, err
	}
	return p, nil
}

// Keep has later cells know what a program has declared, and the environment that it has set.
func (n *Notebook) Keep(p *Program) {
	n.kept, n.env = p.kept, p.Env // Cell works on copies
}

// Names are what is declared, for whoever wants to see them: by kind, sorted.
func (n *Notebook) Names() (lines []string) {
	for kind := imported; kind <= function; kind++ {
		var names []string
		for key := range n.kept {
			if key.kind == kind {
				names = append(names, key.name)
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
			lines = append(lines, words.Say("%s: %s", kind.said(), strings.Join(names, ", ")))
		}
	}
	return lines
}

// command does what a line of the kernel's own asks for, to what the program will keep.
func (n *Notebook) command(p *Program, c command) (said []string) {
	switch c.name {
	case "reset":
		p.kept = declarations{}
	case "rm", "remove":
		for _, name := range c.args {
			if !p.kept.remove(name) {
				said = append(said, words.Say("%%%s: nothing is called %s", c.name, name))
			}
		}
	case "ls", "list":
		lines := n.Names()
		if len(lines) == 0 {
			lines = []string{words.Say("nothing is declared yet")}
		}
		said = append(said, lines...)
	}
	return said
}
