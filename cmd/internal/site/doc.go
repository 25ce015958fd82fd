// Package site makes the course as a folder of plain files for any web server: JupyterLite with the course's notebooks, and a
// kernel that compiles and runs their cells in the page, with Go's own compiler and linker as WebAssembly.
//
//	site.Build(ctx, site.Options{Root: clone, Out: folder, …})
//
// What it puts there:
//
//	index.html, read/                the pages that need no lab: a front page, the notebooks as they ran, a glossary (package pages)
//	read/*.gz, read/live-…/          what can be touched on them: a program, models, scripts (live.go, package live)
//	lab/, build/, …                  JupyterLite's application, from its pinned wheel (jupyterlite.go)
//	files/, api/contents/            the notebooks (contents.go)
//	extensions/vaelab-kernel/static  the kernel: the folder kernel beside this file, as it is, and Go's wasm_exec.js (extension.go)
//	service-worker.js                keeps what was opened for when there is no network
//	vaelab/site.json                 what there is to fetch, by names that say their contents (manifest.go)
//	vaelab/*.zst                     compiler, linker, the program that makes programs of cells and the one that computes (tools.go),
//	                                 the packages that cells may import (packages.go), models (models.go) and the sample
//
// All is built from what the clone pins, and the same sources give the same bytes. How it works in the browser stands in
// docs/browser.md.
package site
