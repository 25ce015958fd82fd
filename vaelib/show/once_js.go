package show

import "vaelab/vaelib/internal/tab"

// firstTime says whether something is to be said for the first time in this notebook: each cell is a program of its own.
func firstTime(what string) bool { return tab.FirstTime(what) }
