package store

import (
	"path/filepath"

	"vaelab/vaelib/internal/tab"
	"vaelab/vaelib/run"
)

// Expect says that runs will be looked for, so that the page fetches those that the site brings: several at once, and their size is
// said first. What can't be fetched is told by whoever then reads it.
func Expect(root string, ids ...run.Identity) {
	host, ok := tab.Host()
	if !ok {
		return
	}
	var files []any
	for _, id := range ids {
		for _, name := range append([]run.Backend{{Name: id.Backend}}, asGood...) {
			id.Backend = name.Name
			files = append(files, filepath.Join(NewFolder(root, id).Path, stateFile))
		}
	}
	_, _ = tab.Await(host.Call("expect", files))
}
