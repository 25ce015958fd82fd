package setup

import (
	"errors"
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

var causes = []cause{
	{
		[]string{"no space left on device", "disk quota exceeded", "errno 28"},
		"the disk is full",
		"Free some space (the whole set-up takes about 3 GB with Go's caches) and run the command again",
	},
	{
		[]string{"certificate_verify_failed", "x509:", "certificate verify failed"},
		"a certificate on the way to the package registry isn't trusted",
		"On a network that inspects traffic, set SSL_CERT_FILE and PIP_CERT to the network's certificate and run the command again",
	},
	{
		[]string{"do not match the hashes", "checksum mismatch", "security error"},
		"a downloaded package is not the one that this clone pins",
		"Try again on another network; if it stays so, report it and don't use the package",
	},
	{
		[]string{"permission denied", "read-only file system", "operation not permitted"},
		"a file or folder can't be written",
		"Make sure that the clone, and Go's caches (go env GOCACHE GOMODCACHE), belong to you, and run the command again",
	},
	{
		[]string{
			"no such host", "name or service not known", "temporary failure in name resolution", "nodename nor servname",
			"failed to establish a new connection", "network is unreachable", "i/o timeout", "connection refused",
			"connection reset", "proxyconnect", "read timed out", "connection timed out", "tls handshake timeout",
			"module lookup disabled by goproxy=off", "failed to resolve", "server misbehaving",
		},
		"the package registries can't be reached",
		"Check the network (behind a proxy, set HTTPS_PROXY; with mirrors of your own, GOPROXY and PIP_INDEX_URL) and run the command again: what is done is kept",
	},
	{
		[]string{"no matching distribution found", "is not a supported wheel"},
		"a package has no build for this system or this Python",
		"Try another Python (3.10 to 3.14)",
	},
	{
		[]string{"signal: killed", "cannot allocate memory", "out of memory"},
		"a tool was killed, most likely for want of memory",
		"Close other programs and run the command again: what is done is kept",
	},
}

// explain turns an error into a Failure: the cause if it is a known one, else the last thing that the tool said.
func explain(what string, err error, log string) *Failure {
	text := err.Error()
	var tool *toolError
	if errors.As(err, &tool) {
		text = tool.said + "\n" + text
	}
	f := &Failure{Log: log, Err: err}
	low := strings.ToLower(text)
	for _, c := range causes {
		for _, sign := range c.signs {
			if strings.Contains(low, sign) {
				f.What, f.Do = what+" can't be set up: "+c.why, c.do
				return f
			}
		}
	}
	f.What, f.Do = what+" can't be set up: "+lastWords(text), "Run the command again; if it stays so, delete .vaelab and try once more"
	return f
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
