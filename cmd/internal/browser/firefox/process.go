package firefox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

var names = []string{"firefox-esr", "firefox"}

// ErrNone is that Firefox isn't there.
var ErrNone = errors.New("there is no Firefox on PATH (looked for " + strings.Join(names, ", ") + "): install it")

// Find gives the path of a Firefox that can be driven.
func Find() (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// preferences keep Firefox from asking its maker's servers while it is driven. Most are set by Firefox itself, when it is.
const preferences = `user_pref("services.settings.server", "data:,nothing");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
`

// process is a running Firefox.
type process struct {
	address string // of its WebDriver BiDi
	profile string
	cmd     *exec.Cmd
	ended   chan struct{}
}

// start starts Firefox with a profile of its own, and waits until it can be driven. It ends with the context, at the latest.
func start(ctx context.Context) (*process, error) {
	path, err := Find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "vaelab-firefox-")
	if err != nil {
		return nil, err
	}
	p := &process{profile: profile, ended: make(chan struct{})}
	says, said := io.Pipe()
	p.cmd = exec.CommandContext(ctx, path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0")
	p.cmd.Stderr = said
	p.cmd.WaitDelay = time.Second // for processes of its own that end a little later
	if err = os.WriteFile(filepath.Join(profile, "user.js"), []byte(preferences), 0o600); err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s can't be started: %w", path, err), os.RemoveAll(profile))
	}
	go func() {
		_ = p.cmd.Wait()
		said.Close()
		close(p.ended)
	}()
	found := make(chan string, 1)
	go func() {
		defer close(found)
		for lines := bufio.NewScanner(says); lines.Scan(); {
			if _, address, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
				found <- address + "/session"
				break
			}
		}
		_, _ = io.Copy(io.Discard, says) // so that Firefox never waits for a reader
	}()
	p.address = <-found
	if p.address == "" {
		<-p.ended
		return nil, errors.Join(fmt.Errorf("%s ended before it could be driven: %v", path, p.cmd.ProcessState), os.RemoveAll(profile))
	}
	return p, nil
}

// stop waits for a Firefox that was told to end, ends it if it doesn't, and removes its profile.
func (p *process) stop() {
	select {
	case <-p.ended:
	case <-time.After(5 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	_ = os.RemoveAll(p.profile)
}
