package cells

import (
	"cmp"
	"slices"

	"vaelab/vaelib/words"
)

// kind orders declarations in a program.
type kind int

const (
	imported kind = iota
	typed
	constant
	variable
	function
)

func (k kind) said() string {
	return words.Text([...]string{words.Mark("imports"), words.Mark("types"), words.Mark("constants"), words.Mark("variables"), words.Mark("functions")}[k])
}

// key is what a declaration is known by. A method's name is its type's and its own, "Dog.Bark"; a function that is called
// init_SOMETHING is one init of several.
type key struct {
	kind kind
	name string
}

// declaration is one thing that a cell declares: or several that belong together, such as constants that count by iota.
type declaration struct {
	keys []key
	text string
	at   place // of its first line
}

// declarations are the present ones, by each of their keys.
type declarations map[key]*declaration

// add puts declarations in the places of earlier ones: what shared an earlier one with a name that is declared anew goes with it.
func (d declarations) add(list []*declaration) {
	for _, new := range list {
		for _, k := range new.keys {
			if k.kind == imported {
				d.drop(k)
				continue
			}
			for other := typed; other <= function; other++ { // a variable may become a function
				d.drop(key{other, k.name})
			}
		}
		for _, k := range new.keys {
			d[k] = new
		}
	}
}

func (d declarations) drop(k key) bool {
	old := d[k]
	if old == nil {
		return false
	}
	for _, k := range old.keys {
		delete(d, k)
	}
	return true
}

// remove forgets a name, whatever it is. A type's methods go with it only if they are named: GoNB does no more either.
func (d declarations) remove(name string) (was bool) {
	for k := imported; k <= function; k++ {
		was = d.drop(key{k, name}) || was
	}
	return was
}

// sorted are the declarations of a kind, each once, by name.
func (d declarations) sorted(of kind) (list []*declaration) {
	for k, v := range d {
		if k.kind == of && k == v.keys[0] {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b *declaration) int { return cmp.Compare(a.keys[0].name, b.keys[0].name) })
	return list
}
