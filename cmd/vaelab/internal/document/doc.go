// Package document makes the documents that learners and teachers need, the README among them, in the course's other languages.
//
//	README.md, docs/setup.md ──┐
//	vaelib/words/zh/setup.po ──┴─▶ Set ──▶ README.zh.md, docs/zh/setup.md
//
// A page is translated block by block, as a notebook's texts are (package translate). What its catalogue lacks stays English. Links are
// no translator's business: they are led here to the page's, the notebook's or the picture's counterpart in the language, where there is
// one, and to a heading by its words there. Each page has a line with links to its other languages, the English one too: it is kept here.
package document
