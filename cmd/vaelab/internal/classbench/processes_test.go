package classbench

import (
	"os"
	"runtime"
	"testing"
	"testing/fstest"
)

func TestKindOf(t *testing.T) {
	for line, want := range map[string]Kind{
		"/clone/.vaelab/bin/gonb\x00-kernel\x00f.json\x00":           Kernel,
		"/clone/.vaelab/kernel/gopls\x00-mode=stdio\x00":             Gopls,
		"/tmp/gonb_1a2b/gonb_1a2b.program\x00":                       Cell,
		"/clone/.vaelab/worker/vaecompute\x00":                       Computing,
		"go\x00build\x00-o\x00/tmp/x.program\x00":                    Building,
		"/usr/local/go/pkg/tool/linux_amd64/link\x00-o\x00a.out\x00": Building,
		"/clone/.vaelab/bin/goimports\x00-w\x00main.go\x00":          Building,
		"/clone/.vaelab/venv/bin/python\x00-c\x00print('gopls')\x00": Client,
		"/bin/sh\x00-c\x00exec /clone/.vaelab/bin/gonb\x00":          Other,
		"": Other,
	} {
		if got := kindOf(line); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}

func TestReadProcess(t *testing.T) {
	proc := fstest.MapFS{
		"7/stat": {Data: []byte("7 (a (b) c 1 2) R 3 7 7 0 -1 4194304 99 0 0 0 100 20 3 4 20 0 1 0 7247975 3133440 358\n")},
		"8/stat": {Data: []byte("8 (cut of")}, "9/stat": {Data: []byte("9 (short) R 1 2\n")}, "10/stat": {},
		"vmstat": {Data: []byte("oom_kills 9\noom_kill 2\n")}, "meminfo": {Data: []byte("MemTotal:  1000000 kB\nMemFree: 5 kB\n")},
	}
	want := process{parent: 3, name: "a (b) c 1 2", started: 7247975, own: 1.2, waited: 0.07}
	if p, ok := readProcess(proc, 7); !ok || p != want {
		t.Errorf("%+v, %v; want %+v", p, ok, want)
	}
	for pid := 8; pid <= 11; pid++ {
		if p, ok := readProcess(proc, pid); ok {
			t.Errorf("%d is read as %+v", pid, p)
		}
	}
	if n := counter(proc, "vmstat", "oom_kill"); n != 2 {
		t.Errorf("%d were killed", n)
	}
	if m := Memory(proc); m != 1024 {
		t.Errorf("the machine has %v MB", m)
	}
	if share(proc, 7) != 0 {
		t.Error("a process that has ended has memory")
	}
}

// The system's own /proc has what is read.
func TestThisProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has such a /proc")
	}
	proc := os.DirFS("/proc")
	p, ok := readProcess(proc, os.Getpid())
	if !ok || p.parent != os.Getppid() || p.started == 0 {
		t.Errorf("%+v, %v", p, ok)
	}
	if mb := share(proc, os.Getpid()); mb < 0.1 || mb > Memory(proc) {
		t.Errorf("this test has %v MB of %v", mb, Memory(proc))
	}
}
