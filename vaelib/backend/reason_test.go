//go:build unix

package backend_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
)

// Why a plugin doesn't open is told, however busy the program is: the system keeps the reason for the thread that tried, and a
// goroutine that comes back from a slow disk may go on in another.
func TestWhyAPluginDoesNotOpen(t *testing.T) {
	testbackend.XLA(t)
	disk := filepath.Join(t.TempDir(), "pjrt_c_api_cpu_plugin.so")
	if err := syscall.Mkfifo(disk, 0o600); err != nil {
		t.Skip(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // so that the thread which waits for the disk is the one that is given up
	busy := func() {
		for begin := time.Now(); time.Since(begin) < 30*time.Millisecond; {
		}
	}
	go func() {
		for t.Context().Err() == nil {
			to, err := os.OpenFile(disk, os.O_WRONLY, 0) // waits for the plugin to be opened
			if err != nil {
				return
			}
			busy()
			to.WriteString("no plugin")
			to.Close()
			busy()
		}
	}()
	for range 10 {
		if _, err := backend.Open("xla:" + disk); err == nil || strings.Contains(err.Error(), `from ""`) {
			t.Errorf("the reason is lost: %v", err)
		}
	}
}
