// Vaecells makes programs of a notebook's cells in a browser's tab, where the page's kernel asks it: it gives JavaScript an object
// vaecells with a few functions, and goes on until its worker is ended. Package cells does the work.
//
//	packages(json)          what cells may import; the first call
//	words(language, text)   the language in which it says what is wrong, and its catalogue
//	cell(number, text)      a cell's program as JSON: source, imports, args, env, runs, said; or error
//	keep()                  that program has been compiled: later cells know what it declares
//	tell(text)              the text with places of that program told as places in cells
//	complete(text)          as JSON: the matches, and how many letters of the text they share
//
// Elsewhere than in a browser there is nothing to build.
package main
