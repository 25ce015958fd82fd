package setup

import (
	"errors"
	"regexp"
	"syscall"

	"vaelab/vaelib/words"
)

// cause is a kind of trouble: what to say of it, translated when it is said, and how it is known.
type cause struct {
	errs  []error        // what the system calls it
	signs *regexp.Regexp // how tools write it; a line of what they say has it
	why   string
	do    string
}

// clause matches a system's or a library's error as a clause of its own in a tool's line, after a colon or an error's number:
// not in a path, and not in quoted source.
func clause(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:: |\] |\('|, ')(?:` + alternatives + `)`)
}

func anywhere(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:` + alternatives + `)`)
}

var causes = []cause{
	{
		[]error{syscall.ENOSPC, syscall.EDQUOT},
		clause(`no space left on device|disk quota exceeded`),
		words.Mark("the disk is full"),
		words.Mark("Free some space (the whole set-up takes about 3 GB with Go's caches, and pip some in the folder for temporary files) and run the command again: what is done is kept"),
	},
	{
		nil,
		anywhere(`\bcertificate_verify_failed\b|: x509: `),
		words.Mark("a certificate on the way to the package registry isn't trusted"),
		words.Mark("On a network that inspects traffic, set SSL_CERT_FILE and PIP_CERT to the network's certificate; see that this machine's clock is right; and run the command again: what is done is kept"),
	},
	{
		nil,
		anywhere(`^error: these packages do not match the hashes|^(?:go: )?verifying .*: checksum mismatch|^security error$`),
		words.Mark("a downloaded package is not the one that this clone pins"),
		words.Mark("Try again on another network; if it stays so, report it and don't use the package"),
	},
	{
		nil,
		clause(`module lookup disabled by goproxy=off`),
		words.Mark("GOPROXY is off, and a module isn't in Go's cache"),
		words.Mark("Set GOPROXY to a proxy, or take it out of the environment, and run the command again: what is done is kept"),
	},
	{
		[]error{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ETIMEDOUT},
		clause(`no such host|name or service not known|temporary failure in name resolution|nodename nor servname|` +
			`failed to establish a new connection|failed to resolve |network is unreachable|no route to host|i/o timeout|` +
			`connection refused|connection reset|connection aborted|connection broken|connection timed out|read timed out|` +
			`connection to \S+ timed out|tls handshake timeout|server misbehaving|proxyconnect |cannot connect to proxy|` +
			`unable to connect to proxy|tunnel connection failed|could not resolve host|download failed after .* not enough bytes`),
		words.Mark("the package registries can't be reached"),
		words.Mark("Check the network (behind a proxy, set HTTPS_PROXY; with mirrors of your own, GOPROXY and PIP_INDEX_URL) and run the command again: what is done is kept"),
	},
	{
		nil,
		anywhere(`^error: .* is not a supported wheel|\bskipping link: .*: \S+ \(from `),
		words.Mark("a package has no build for this system or this Python"),
		words.Mark("Try another Python (3.10 to 3.14)"),
	},
	{
		nil,
		anywhere(`is not a trusted or secure host`),
		words.Mark("pip doesn't trust the package index, since its address isn't https"),
		words.Mark("Give pip an https address, or name the host in PIP_TRUSTED_HOST if you trust the network, and run the command again: what is done is kept"),
	},
	{
		nil,
		anywhere(`could not fetch url .*(?: 404 client error|no such file or directory)|^error: .*\bhttp error 404 |skipping page `),
		words.Mark("the package index doesn't have a package"),
		wholeIndex,
	},
	{
		nil,
		anywhere(`could not fetch url .*(?: client error: | server error: | error responses)|^error: .*\bhttp error \d+ `),
		words.Mark("the package index refuses to answer"),
		words.Mark("See that the address in PIP_INDEX_URL or pip's settings is an index's, and that you may use it, and run the command again: what is done is kept"),
	},
	{
		nil,
		anywhere(`^error: no matching distribution found`),
		words.Mark("the package index doesn't have a package"),
		wholeIndex,
	},
	{
		nil,
		clause(`reading https?://\S+: (?:4\d\d|5\d\d) `),
		words.Mark("a server of Go's packages refuses to answer"),
		words.Mark("See that the addresses in GOPROXY and GOSUMDB (go env GOPROXY GOSUMDB) are right, and run the command again: what is done is kept"),
	},
	{
		[]error{syscall.ENOMEM},
		anywhere(`: cannot allocate memory|^fatal error: runtime: (?:cannot allocate memory|out of memory)|^memoryerror\b`),
		words.Mark("there was too little memory"),
		words.Mark("Close other programs and run the command again: what is done is kept"),
	},
	{
		[]error{syscall.EACCES, syscall.EPERM, syscall.EROFS},
		clause(`permission denied|read-only file system|operation not permitted`),
		words.Mark("something isn't allowed"),
		words.Mark("Make sure that the clone, and Go's caches (go env GOCACHE GOMODCACHE), belong to you, and that programs may be run from where they lie, and run the command again: what is done is kept"),
	},
}

var wholeIndex = words.Mark("See that the address in PIP_INDEX_URL or pip's settings is a whole index's, and that nobody has to log in first, and run the command again: what is done is kept")

// named reports whether an error of the system's own is the cause.
func (c cause) named(err error) bool {
	for _, e := range c.errs {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
