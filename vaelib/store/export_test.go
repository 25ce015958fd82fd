package store

// OnWritten has something called when a state has been written and isn't in its place yet, and gives what ends that.
func OnWritten(do func()) (end func()) {
	written = do
	return func() { written = func() {} }
}
