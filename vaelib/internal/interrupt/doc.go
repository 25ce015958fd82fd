// Package interrupt tells a cell's program that its reader wants it to stop: by the signal that a kernel sends, or, in a browser's
// tab, by a call of the page's.
package interrupt
