// Package pages makes what of the course can be read without a lab: a front page, a page for each notebook as it was executed, and a
// glossary. They are plain HTML with one stylesheet and one small script, and good pages without the script, too. What can be touched on
// them (live.go, assets/live) comes as scripts of its own, where stills stand.
//
//	files, err := pages.Write(pages.Options{Root: clone, Executed: folder, Version: version})
//
// A notebook goes through these files in turn: notebook.go reads it, exercise.go finds its exercises, markdown.go and formula.go set its
// text, code.go its code and output.go what its cells have shown, glossary.go links terms, and page.go puts all into sections.
package pages
