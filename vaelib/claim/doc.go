// Package claim keeps the course's text true. A claim is a sentence of a notebook's text that says something of a number which a
// cell shows: that it lies between two bounds, or that it is larger than another one. In the text its words stand between two
// comments, which no page shows; the first is the claim's name:
//
//	it restores worse, by about <!--pays-2-->4<!--/--> nats an image
//
// What the claim is about stands in a file, one a notebook (the folder notebooks): the place of the number on the page, bounds,
// why they are as wide as they are, and the number that was there when the text was written. A place is named by the words that a
// reader finds it by: a table's row and column, the name of a line and its x, the words of a note.
//
//	{"name": "pays-2", "of": "VAE, 2 dimensions › restores, nats", "less": "AE, 2 dimensions › restores, nats",
//	 "from": 2, "to": 8, "then": 4.3, "others": {"seeds + 10": 5.1}, "why": "means over three seeds"}
//
// So no cell says anything for the sake of a claim. What shows a table, a note or a figure (package show) tells an open [Book] of
// each number, and the book says which sentences have become untrue: after a learner's change of a seed or a setting, that is what
// the page tells, in one line. Nothing is told where all claims hold, where a notebook has no book (an older copy of it), with a
// small budget, and while nbgrader grades.
//
// Places are English in every edition of the course: what shows a number gives its place in English, whatever it has said (words.English).
// What a claim says in another edition's text stands beside it, by the language's code, and is told where that is spoken.
//
// A number between the comments is written by a program, vaelab claims, from a run with the full budget, with the decimals that it
// has there. A claim on a picture that no number tells is a [Look]: somebody has looked, and the picture's [Signature] is kept; another
// picture asks for another look.
//
// A [Claim] is a plain value. A Book is for one goroutine at a time, as what shows is.
package claim
