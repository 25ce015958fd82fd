package store

import (
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// asGood are the backends, beside the tab's own, with which a site's models may have been trained.
var asGood = []run.Backend{{Name: "xla", Words: words.Mark("XLA on the CPU")}, {Name: "go", Words: words.Mark("pure Go on the CPU")}}
