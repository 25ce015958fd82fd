// Package start makes the page on which the lab opens: what the course is, its notebooks with their times and exercises,
// how far one has come, and what is still being compiled.
//
// The page is a JupyterLab extension, written by hand and used as it lies in the folder extension: no build tool makes it.
// All that it says comes as data, in one file that Go writes:
//
//	words.json, README.md, notebooks/ ──▶ Page ──▶ page.json ──▶ extension ──▶ a tab of JupyterLab
//	            the lab's stages      ──▶ status.json ────────┤
//	      the exercises that are done ──▶ progress.json ──────┘
//
// page.json is all that it needs. Where there is no status and no progress, as in a page without a lab, it shows none.
package start
