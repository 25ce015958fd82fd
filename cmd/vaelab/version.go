package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib"
	"vaelab/vaelib/words"
)

// printVersion prints what somebody who reports a fault is asked for, on one line.
func printVersion(ctx context.Context, layout setup.Layout, args []string) error {
	if len(args) > 0 {
		return usage(words.Errorf("version takes no %q", args[0]))
	}
	fmt.Println(version(ctx, layout.Root))
	return nil
}

// version names the course's version, the clone's commit where it has one, the Go and the machine.
func version(ctx context.Context, root string) string {
	parts := []string{"vaelab " + vaelib.Version}
	if commit := describe(ctx, root); commit != "" {
		parts = append(parts, "commit "+commit)
	}
	parts = append(parts, runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH)
	return strings.Join(parts, ", ")
}

// describe is the clone's commit, with a + where files differ from it; nothing in a copy without git.
func describe(ctx context.Context, root string) string {
	out, err := exec.CommandContext(ctx, "git", "-C", root, "describe", "--always", "--dirty=+").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
