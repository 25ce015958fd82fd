// Package tab is what a program finds around it in a browser's tab, where a notebook's cells are compiled in the page: a
// JavaScript object with a few functions, which the worker that runs the program has set (cell.js of the site's kernel).
//
//	display(id, html, plain), markdown(text)   blocks of the page
//	listen(address, f)                         f hears what the page sends for an address
//	onInterrupt(f)                             f is called when the cell is interrupted; null: nobody wants to hear
//	announce(text)                             what is noted should the program be ended
//	lock(name) → Promise of unlock             one holder in all tabs of the site
//	said(what)                                 the kernel's later programs find it in VAELAB_SAID, a line each
//	expect(paths) → Promise                    these files will be read: of what the site brings, they are fetched now
//	compute() → MessagePort                    a new worker with the program that trains and computes
//
// Files need nothing of this: they are Go's own os package, to which the worker gives a file system.
package tab
