// Command standby stands where the kernel looks for gopls, and starts the real one when somebody asks for what it knows:
//
//	standby GOPLS ARGUMENTS…
//
// A kernel starts gopls with itself and keeps it, and that takes 200 MB, though most learners never press Tab. So the greeting is answered
// here; the first other message starts gopls, which is told all that was said before. After ten minutes without a message it is ended, and
// the next one starts it again. What isn't a call to listen, such as gopls version in a cell, is handed to the real one as it is.
//
// VAELAB_GOPLS_IDLE names another span than the ten minutes.
package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	_ "vaelab/vaelib/places" // knows where the catalogues lie
	"vaelab/vaelib/words"
)

// idleEnv names the variable that says after how long without a message gopls is ended.
const idleEnv = "VAELAB_GOPLS_IDLE"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "standby: give the path of gopls") // to whoever calls it by hand
		os.Exit(2)
	}
	gopls, args := os.Args[1], os.Args[2:]
	socket, listens := address(args)
	if !listens {
		err := syscall.Exec(gopls, append([]string{"gopls"}, args...), os.Environ())
		fail(words.Errorf("%s can't be run: %w", gopls, err))
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		fail(words.Errorf("the kernel can't be listened to at %s: %w", socket, err))
	}
	command := tied(gopls)
	for {
		conn, err := listener.Accept()
		if err != nil {
			fail(err)
		}
		go (&session{command: command, idle: idle(), patience: patience}).serve(conn)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, words.Say("error: %v", err))
	os.Exit(1)
}

// address is the socket that gopls would listen on, as the kernel names it: -listen unix;PATH.
func address(args []string) (socket string, listens bool) {
	at := slices.Index(args, "-listen") + 1
	if at == 0 || at >= len(args) {
		return "", false
	}
	return strings.CutPrefix(args[at], "unix;")
}

// tied is the command that runs gopls so that it ends with this program: by tie, which stands beside it.
func tied(gopls string) []string {
	if self, err := os.Executable(); err == nil {
		tie := filepath.Join(filepath.Dir(self), "tie")
		if _, err := os.Stat(tie); err == nil {
			return []string{tie, gopls}
		}
	}
	return []string{gopls} // it still ends when its input does
}

func idle() time.Duration {
	if span, err := time.ParseDuration(os.Getenv(idleEnv)); err == nil && span > 0 {
		return span
	}
	return 10 * time.Minute
}
