// Package study measures several trained models at once, and answers with numbers. Whoever wants a table or a picture of them
// draws it: package lab does for cells.
//
//	Contest      what pictures of each kind of model are worth: precision, recall, Fréchet distance, holes, information
//	Tradeoffs    what each KL weight costs and brings
//	Smoothness   how evenly pictures change on the way from one code to another
//
//	several Subjects ──▶ a group (models that differ only in their seed) ──▶ a number from each
//
// What computes is behind a [trained.Coder], so the package needs no GoMLX. Nothing here is drawn or printed, and all random
// numbers come from the models' own seeds: the same models give the same numbers.
//
// All types here are plain values, and several goroutines may read one at once. They may also measure at once, but one
// [Subject] only as far as its Network may be shared. The zero value of an answer ([Contest], [Score], [Smoothness],
// [Standing], [Tradeoff]) means that nothing has been measured; what comes beside an error is no answer.
package study
