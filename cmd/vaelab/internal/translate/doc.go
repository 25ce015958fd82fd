// Package translate keeps the catalogues of the course's other languages in step with its English: one for all that its programs say
// (package words), one for each notebook, one for each document. They are gettext's files, one folder a language, vaelib/words/zh.
//
//	sources in Go, scripts, pages ──▶ Library  ──▶ messages ──┐
//	notebooks/solutions           ──▶ notebook ──▶ messages ──┼─▶ Merge ◀── the catalogue as it is
//	README.md, docs               ──▶ document ──▶ messages ──┘
//
// A message is known by its English text, one of a notebook by its cell as well. Where the English has changed, the old translation
// stays in the catalogue as fuzzy: it waits for somebody to look at it, and until then the page shows the English. [Faults] tells what
// is fuzzy, missing or broken.
package translate
