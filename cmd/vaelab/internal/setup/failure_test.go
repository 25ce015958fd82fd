package setup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	for said, want := range map[string]string{
		"OSError: [Errno 28] No space left on device":                                            "the disk is full (“OSError: [Errno 28] No space left on device”)",
		"go: github.com/x/y@v1: Get \"https://…\": dial tcp: lookup proxy on …: no such host":    "registries can't be reached",
		"Failed to establish a new connection: [Errno -2] Name or service not known":             "registries can't be reached",
		"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.":              "not the one that this clone pins",
		"verifying github.com/x/y@v1: checksum mismatch":                                         "not the one that this clone pins",
		"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate": "certificate",
		"ERROR: No matching distribution found for pyzmq==27.0":                                  "the package index doesn't have a package",
		"mkdir /root/go: permission denied":                                                      "something isn't allowed (“mkdir /root/go: permission denied”)",
		"go: x@v1: module lookup disabled by GOPROXY=off":                                        "GOPROXY is off",
		"compiling\nERROR: something odd happened.\nnotice: a new pip is out":                    "ERROR: something odd happened",
		"fork/exec: cannot allocate memory":                                                      "there was too little memory",
	} {
		f := explain("JupyterLab", &toolError{tool: "pip", said: said, err: errors.New("exit status 1")}, ".vaelab/logs/jupyter.log")
		if !strings.Contains(f.What, want) {
			t.Errorf("%q is told as %q; want %q in it", said, f.What, want)
		}
		if !strings.HasPrefix(f.Error(), "JupyterLab can't be set up: ") || !strings.HasSuffix(f.Error(), "is in .vaelab/logs/jupyter.log.") || f.Do == "" {
			t.Errorf("not a sentence with what to do and where to look: %q", f)
		}
	}
	if f := explain("The folder", &fsError{syscall.ENOSPC}, ""); !strings.Contains(f.What, "disk is full") || !errors.Is(f, syscall.ENOSPC) {
		t.Errorf("a full disk is told as %q", f)
	}
}

type fsError struct{ error }

func (e *fsError) Unwrap() error { return e.error }

// A tool that was killed is not said to have lacked memory, unless the system has killed for it.
func TestExplainAKill(t *testing.T) {
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	killed := log.run(t.Context(), "/", os.Environ(), "/bin/sh", "-c", "kill -9 $$")
	if f := explain("The kernel", killed, ""); !strings.Contains(f.What, "ended from outside (killed)") || strings.Contains(f.Error(), "memory") {
		t.Errorf("it is told as %q", f)
	}
	if f := explain("The kernel", &toolError{tool: "go", said: "compile: signal: killed", memory: true, err: errors.New("exit status 1")}, ""); !strings.Contains(f.What, "for want of memory") {
		t.Errorf("it is told as %q", f)
	}
}
