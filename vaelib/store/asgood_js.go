package store

import "vaelab/vaelib/run"

// asGood are the backends, beside the tab's own, with which a site's models may have been trained.
var asGood = []run.Backend{{Name: "xla", Words: "XLA on the CPU"}, {Name: "go", Words: "pure Go on the CPU"}}
