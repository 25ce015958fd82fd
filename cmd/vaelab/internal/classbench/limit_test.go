package classbench

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

func TestSize(t *testing.T) {
	for text, want := range map[string]Size{"4G": 4 << 30, "512M": 512 << 20, "1.5G": 3 << 29, "64K": 64 << 10} {
		var s Size
		if err := s.Set(text); err != nil || s != want {
			t.Errorf("%s is %d, %v", text, int64(s), err)
		}
		if s.String() != text {
			t.Errorf("%s is written %s", text, s.String())
		}
	}
	for _, text := range []string{"", "4", "G", "-1G", "0G", "NaNG", "InfG", "4g", "4GB", "1e30G"} {
		var s Size
		if s.Set(text) == nil {
			t.Errorf("%q is %d", text, int64(s))
		}
	}
}

func TestScope(t *testing.T) {
	if got := Scope(fstest.MapFS{}, 4<<30, true, "vaelab"); got != nil {
		t.Errorf("without systemd: %q", got)
	}
	with := fstest.MapFS{"run/systemd/system/x": {}}
	got := strings.Join(Scope(with, 4<<30, true, "vaelab", "-memory", "4G"), " ")
	if !strings.HasPrefix(got, "systemd-run --scope ") || !strings.Contains(got, " -p MemoryMax=4294967296 -p MemorySwapMax=0 ") ||
		!strings.HasSuffix(got, " -- vaelab -memory 4G") || strings.Contains(got, "--user") {
		t.Error(got)
	}
	if got := Scope(with, 1, false, "vaelab"); !slices.Contains(got[:slices.Index(got, "--")], "--user") {
		t.Errorf("who isn't root asks the system's own systemd: %q", got)
	}
}

// Enter writes what the two versions of cgroups want. Folders stand for them here: a real one belongs to whoever manages it.
func TestEnter(t *testing.T) {
	const limit = "4294967296"
	for name, c := range map[string]struct {
		files []string
		want  map[string]string
	}{
		"the second version":       {[]string{"memory.max", "memory.swap.max"}, map[string]string{"memory.max": limit, "memory.swap.max": "0"}},
		"the second, without swap": {[]string{"memory.max"}, map[string]string{"memory.max": limit}},
		"the first version":        {[]string{"memory.limit_in_bytes", "memory.memsw.limit_in_bytes"}, map[string]string{"memory.limit_in_bytes": limit, "memory.memsw.limit_in_bytes": limit}},
		"the first, without swap":  {[]string{"memory.limit_in_bytes"}, map[string]string{"memory.limit_in_bytes": limit}},
		"none that counts memory":  {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range append(c.files, "cgroup.procs") {
				if err := os.WriteFile(filepath.Join(dir, file), nil, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			err := Enter(dir, 4<<30)
			if (err != nil) != (c.want == nil) {
				t.Fatal(err)
			}
			if c.want != nil {
				c.want["cgroup.procs"] = strconv.Itoa(os.Getpid())
			} else {
				c.want = map[string]string{"cgroup.procs": ""} // nobody goes where no limit holds
			}
			for file, want := range c.want {
				if got, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(got) != want {
					t.Errorf("%s: %q, %v", file, got, err)
				}
			}
		})
	}
	if Enter(filepath.Join(t.TempDir(), "missing"), 1<<30) == nil {
		t.Error("a cgroup that isn't there can be entered")
	}
}
