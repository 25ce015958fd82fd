// Package study measures several trained models at once, and answers with numbers. Whoever wants a table or a picture of them
// draws it: package lab does for cells.
//
//	Contest      what pictures of each kind of model are worth: precision, recall, Fréchet distance, holes, information
//	Tradeoffs    what each KL weight costs and brings
//	Smoothness   how evenly pictures change on the way from one code to another
//
//	several Subjects ──▶ a group (models that differ only in their seed) ──▶ a number from each
//
// What computes is behind trained.Coder, so the package needs no GoMLX. Nothing here is drawn or printed, and all random
// numbers come from the models' own seeds: the same models give the same numbers.
package study
