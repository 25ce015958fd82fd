//go:build !js

package show

import (
	"os"
	"path/filepath"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// firstTime says whether something is to be said for the first time in this kernel: each cell is a program of its own. What has been
// said is a file in the folder that the kernel keeps for its cells and removes at its end; without a kernel, this program is all.
func firstTime(what string) bool {
	folder := os.Getenv(protocol.GONB_TMP_DIR_ENV)
	if folder == "" {
		return true
	}
	f, err := os.OpenFile(filepath.Join(folder, "vaelab-said-"+what), os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return !os.IsExist(err) // better twice than never
	}
	f.Close()
	return true
}
