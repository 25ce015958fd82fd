package setup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// pip runs the environment's pip on packages that are pinned by their hashes: no source is built, nothing is
// resolved, and a file that isn't the pinned one is refused.
func (l Layout) pip(ctx context.Context, log *Log, command string, args ...string) error {
	return l.pipOf(ctx, log, l.Python(), command, args...)
}

// pipOf runs the pip of any environment in the same way. Why it finds a package nowhere, pip tells its own log alone, among
// all that it looked at for all packages; the log of the step gets what concerns that package.
func (l Layout) pipOf(ctx context.Context, log *Log, python, command string, args ...string) error {
	details := log.Path + ".pip"
	defer os.Remove(details)
	all := append([]string{"-I", "-m", "pip", "--log", details, "--disable-pip-version-check", "--no-input", command,
		"--require-hashes", "--no-deps", "--only-binary", ":all:", "--progress-bar", "off"}, args...)
	err := log.run(ctx, l.Root, pipEnv(ctx, python), python, all...)
	tool := (*toolError)(nil)
	if !errors.As(err, &tool) {
		return err
	}
	if text, readErr := os.ReadFile(details); readErr == nil {
		last := lastSearch(text)
		_, _ = log.Write(last)
		tool.said = strings.Join(pipsReasons(tool.said, string(last)), "\n")
	}
	return err
}

// lastSearch is the part of pip's log that begins where pip looked for the last package.
func lastSearch(text []byte) []byte {
	at := bytes.LastIndex(text, []byte(" location(s) to search for versions of "))
	if at < 0 {
		return nil
	}
	return text[bytes.LastIndexByte(text[:at], '\n')+1:]
}

// notFound is pip's last word on a package that it finds nowhere, whatever the reason.
var notFound = regexp.MustCompile(`No matching distribution found for ([^\s=]+)==(\S+)`)

// pipsReasons are the lines that tell why pip failed, out of all that it said. Those of its errors; but where it has found a
// package nowhere, first those that say what became of this package's own files, else of the pages that should list them.
// What it says of other versions, of other packages and of attempts that it has repeated is no reason.
func pipsReasons(said, search string) []string {
	var reasons []string
	for line := range strings.Lines(said) {
		own := line == strings.TrimLeft(line, " \t") // else a step of a traceback, or more about an error
		if strings.HasPrefix(line, "ERROR: ") || len(reasons) > 0 && own && !strings.HasPrefix(line, "WARNING: ") {
			reasons = append(reasons, strings.TrimSpace(line))
		}
	}
	wanted := notFound.FindStringSubmatch(strings.Join(reasons, "\n"))
	if wanted == nil {
		return reasons
	}
	var files, pages []string
	for line := range strings.Lines(search) {
		switch line = strings.TrimSpace(stamped.ReplaceAllString(line, "")); {
		case skippedLink.MatchString(line) && isFileOf(skippedLink.FindStringSubmatch(line)[1], wanted[1], wanted[2]):
			files = append(files, line)
		case unreadPage.MatchString(line):
			pages = append(pages, line)
		}
	}
	return slices.Concat(files, pages, reasons)
}

var (
	stamped     = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\S+ `) // when pip wrote it
	skippedLink = regexp.MustCompile(`Skipping link: .*: (\S+) \(from `)
	unreadPage  = regexp.MustCompile(`Could not fetch URL |Skipping page |is not a trusted or secure host`)
)

// isFileOf says whether a link leads to a file of a package in a version: NAME-VERSION-….whl, NAME-VERSION.tar.gz.
func isFileOf(link, name, version string) bool {
	file := path.Base(link)
	if len(file) <= len(name) || !strings.EqualFold(oneName.Replace(file[:len(name)]), oneName.Replace(name)) {
		return false
	}
	rest, ok := strings.CutPrefix(file[len(name):], "-"+version)
	return ok && (strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, ".tar") || strings.HasPrefix(rest, ".zip"))
}

// oneName makes one of the ways to write a package's name.
var oneName = strings.NewReplacer("-", "_", ".", "_")
