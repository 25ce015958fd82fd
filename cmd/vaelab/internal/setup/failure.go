package setup

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Failure is something that the set-up could not do, told to a person.
type Failure struct {
	What string // what could not be done, and why
	Do   string // what to do about it
	Log  string // where the tool's own words are, if it had any
	Err  error
}

func (f *Failure) Error() string {
	text := f.What + ". " + f.Do + "."
	if f.Log != "" {
		text += " What the tools said is in " + f.Log + "."
	}
	return text
}

func (f *Failure) Unwrap() error { return f.Err }

// cause is a kind of trouble, known by what tools print when they meet it.
type cause struct {
	signs []string
	why   string
	do    string
}

const again = " and run the command again: what is done is kept"

var causes = []cause{
	{
		[]string{"no space left on device", "disk quota exceeded", "errno 28"},
		"the disk is full",
		"Free some space (the whole set-up takes about 3 GB with Go's caches)" + again,
	},
	{
		[]string{"certificate_verify_failed", "x509:", "certificate verify failed"},
		"a certificate on the way to the package registry isn't trusted",
		"On a network that inspects traffic, set SSL_CERT_FILE and PIP_CERT to the network's certificate" + again,
	},
	{
		[]string{"do not match the hashes", "checksum mismatch", "security error"},
		"a downloaded package is not the one that this clone pins",
		"Try again on another network; if it stays so, report it and don't use the package",
	},
	{
		[]string{"module lookup disabled by goproxy=off"},
		"GOPROXY is off, and a module isn't in Go's cache",
		"Set GOPROXY to a proxy, or take it out of the environment," + again,
	},
	{
		[]string{
			"no such host", "name or service not known", "temporary failure in name resolution", "nodename nor servname",
			"failed to establish a new connection", "network is unreachable", "i/o timeout", "connection refused",
			"connection reset", "proxyconnect", "read timed out", "connection timed out", "tls handshake timeout",
			"failed to resolve", "server misbehaving",
		},
		"the package registries can't be reached",
		"Check the network (behind a proxy, set HTTPS_PROXY; with mirrors of your own, GOPROXY and PIP_INDEX_URL)" + again,
	},
	{
		[]string{"is not a trusted or secure host"},
		"pip doesn't trust the package index, since its address isn't https",
		"Give pip an https address, or name the host in PIP_TRUSTED_HOST if you trust the network," + again,
	},
	{
		[]string{" client error: ", " server error: ", " error responses"},
		"the package index refuses to answer",
		"See that the address in PIP_INDEX_URL or pip's settings is an index's" + again,
	},
	{
		[]string{"none of the wheel's tags", "is not a supported wheel", "requires-python"},
		"a package has no build for this system or this Python",
		"Try another Python (3.10 to 3.14)",
	},
	{
		[]string{"no matching distribution found"},
		"the package index doesn't have a package",
		"See that the address in PIP_INDEX_URL or pip's settings is a whole index's, and that nobody has to log in first," + again,
	},
	{
		[]string{"cannot allocate memory", "out of memory"},
		"there was too little memory",
		"Close other programs" + again,
	},
	{
		[]string{"permission denied", "read-only file system", "operation not permitted"},
		"something isn't allowed",
		"Make sure that the clone, and Go's caches (go env GOCACHE GOMODCACHE), belong to you, and that programs may be run from where they lie," + again,
	},
}

// explain turns an error into a Failure: the cause if it is a known one, with the line that tells of it, else the last
// thing that the tool said. Whether a tool was killed for want of memory, the system knows.
func explain(what string, err error, log string) *Failure {
	text := err.Error()
	var tool *toolError
	if errors.As(err, &tool) {
		text = tool.said + "\n" + text
	}
	f := &Failure{Log: log, Err: err}
	if tool != nil && strings.Contains(text, "signal: killed") {
		f.What, f.Do = what+" can't be set up: a tool was killed from outside", "Run the command again: what is done is kept"
		if tool.memory {
			f.What, f.Do = what+" can't be set up: the system killed a tool for want of memory", "Close other programs, or start with GOMAXPROCS=1,"+again
		}
		return f
	}
	lines := strings.Split(text, "\n")
	for _, c := range causes {
		for _, line := range lines {
			low := strings.ToLower(line)
			if slices.ContainsFunc(c.signs, func(sign string) bool { return strings.Contains(low, sign) }) {
				f.What, f.Do = fmt.Sprintf("%s can't be set up: %s (“%s”)", what, c.why, short(line)), c.do
				return f
			}
		}
	}
	f.What, f.Do = what+" can't be set up: "+lastWords(text), "Run the command again; if it stays so, delete .vaelab and try once more"
	return f
}

// short is a tool's line, without what would make a sentence hard to read.
func short(line string) string {
	letters := []rune(strings.Trim(strings.TrimSpace(line), "."))
	if len(letters) > 200 {
		letters = append(letters[:199], '…')
	}
	return string(letters)
}

// lastWords is the last line that says something.
func lastWords(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		low := strings.ToLower(line)
		if strings.HasPrefix(low, "error") || strings.HasPrefix(low, "go: ") || strings.Contains(low, "error:") {
			return strings.TrimSuffix(line, ".")
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(lines[len(lines)-1]), ".")
}
