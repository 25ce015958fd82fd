//go:build !js

package store

import "vaelab/vaelib/run"

// asGood are the backends whose runs count as well as those of the backend that is asked for: on a machine of one's own none.
var asGood []run.Backend
