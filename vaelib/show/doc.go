// Package show puts things on the page of a GoNB notebook: figures with their captions and alt texts, tables, a
// training run while it goes on, and errors as sentences. It is the only package here that knows GoNB.
//
//	data := show.Must(datasets.Sample())
//	show.Figure(figure.Images(data.Test.First(10).Pictures()))
//
// What it shows stays in the saved file: everything is HTML that needs no script and no network, and every function
// waits until the kernel has taken it, because output still under way when a cell's program ends is lost. Only [Sliders] and [Draw]
// put scripts on the page, while their cell runs, and take them off again.
//
// Both are one piece for the lab and for the browser's tab: talk.go and say.js hold the talk between program and page, which goes
// through whatever the page calls gonb_comm; controls.js and pad.js are what the hand touches. In a tab
// gonb_comm is the site's kernel itself. In a lab GoNB's script lays it, a websocket to the kernel, and line.js tells that script
// beforehand what it doesn't know: the base address, https, that a page can show two notebooks.
//
// Its looks come from the page around it (inherited colours, half-transparent greys), so that it can be read in
// light and dark, in JupyterLab, VS Code and nbconvert alike, also after JupyterLab has cleaned the HTML of a
// notebook that it doesn't trust.
//
// What it says itself, in scripts too, is said through package words. What a cell gives it is in the cell's language, and shown as it is.
//
// Outside a notebook, under go run or go test, the same calls print plain text on the standard output.
//
// All types here are plain values. The functions are for one goroutine at a time: which run, sliders or pad are on the
// page, and what couldn't be printed, they keep without a lock. An observer that [Training] gives has one, so a training may
// call it from goroutines of its own while the cell waits for it. Of several trainings side by side only one may have such
// an observer outside a notebook. What [Status] gives has no lock.
package show
