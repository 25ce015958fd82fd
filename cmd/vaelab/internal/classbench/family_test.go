package classbench

import (
	"fmt"
	"maps"
	"math"
	"testing"
	"testing/fstest"
)

// machine is a made-up /proc.
type machine struct{ fstest.MapFS }

// set starts a process or changes it; the times are in hundredths of a second, memory in kB.
func (m machine) set(pid, parent int, command string, own, waited, pss int) {
	at := func(name, text string) {
		m.MapFS[fmt.Sprintf("%d/%s", pid, name)] = &fstest.MapFile{Data: []byte(text)}
	}
	name := command
	if len(name) > 15 {
		name = name[:15]
	}
	// Half of each time is the system's.
	at("stat", fmt.Sprintf("%d (%s) S %d 1 1 0 -1 0 0 0 0 0 %d %d %d %d 20 0 1 0 %d 0 0\n",
		pid, name, parent, own/2, own-own/2, waited/2, waited-waited/2, 1000+pid))
	at("cmdline", command+"\x00argument\x00")
	at("smaps_rollup", fmt.Sprintf("0-1 ---p 00000000 00:00 0 [rollup]\nRss: %d kB\nPss: %d kB\nPss_Dirty: 0 kB\n", 2*pss, pss))
}

// end removes a process.
func (m machine) end(pid int) {
	maps.DeleteFunc(m.MapFS, func(path string, _ *fstest.MapFile) bool {
		var of int
		_, err := fmt.Sscanf(path, "%d/", &of)
		return err == nil && of == pid
	})
}

func wantSeconds(t *testing.T, f *family, want map[Kind]float64) {
	t.Helper()
	for _, k := range Kinds {
		if math.Abs(f.seconds[k]-want[k]) > 1e-9 {
			t.Errorf("%s: %v s, want %v", k, f.seconds[k], want[k])
		}
	}
}

// classroom is one client with its kernel and its gopls, and a gopls of somebody else.
func classroom() (machine, *family) {
	m := machine{fstest.MapFS{}}
	m.set(10, 1, "vaelab", 500, 7, 1000)
	m.set(99, 1, "gopls", 5000, 0, 100000)
	f := newFamily(m, 10)
	m.set(30, 20, "/clone/.vaelab/bin/gonb", 10, 0, 2000) // seen before its parent
	m.set(20, 10, "python3", 50, 0, 3000)
	m.set(5, 30, "gopls", 20, 0, 4000)
	f.look()
	return m, f
}

func TestTheFamilyAlone(t *testing.T) {
	m, f := classroom()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.2})
	m.set(99, 1, "gopls", 9000, 0, 100000)
	m.set(5, 30, "gopls", 35, 0, 4000)
	m.set(98, 1, "go", 70, 0, 0) // a stranger who comes later
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.35})
	memory := f.memory()
	for k, kB := range map[Kind]float64{Client: 3000, Kernel: 2000, Gopls: 4000} {
		if math.Abs(memory[k]-kB*1024/1e6) > 1e-9 {
			t.Errorf("%s has %v MB of memory", k, memory[k])
		}
	}
	if len(memory) != 3 {
		t.Errorf("the memory is %v", memory)
	}
}

// A cell is built and run between few looks: each second counts once, as what it was as far as that can be known.
func TestShortLives(t *testing.T) {
	m, f := classroom()
	m.set(40, 30, "go", 4, 0, 0)
	m.set(41, 40, "/go/pkg/tool/compile", 6, 0, 0)
	f.look()
	m.end(41) // with 0.03 s more; and a linker that nobody has seen took 0.4 s
	m.set(40, 30, "go", 5, 49, 0)
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.2, Building: 0.54})
	m.end(40) // with 0.01 s more; its whole time is the kernel's to tell
	m.set(30, 20, "gonb", 12, 55, 0)
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.12, Gopls: 0.2, Building: 0.55})
	m.set(30, 20, "gonb", 12, 58, 0) // a program came and went
	f.look()
	m.set(42, 30, "sh", 0, 0, 0)
	f.look()
	m.set(42, 30, "/tmp/gonb_1/gonb_1.program", 8, 0, 0) // the script has become the program
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.12, Gopls: 0.2, Building: 0.55, Unseen: 0.03, Cell: 0.08})
}

// A child may end just after its parent was read, and one that nobody waits for is told by nobody.
func TestToldLateOrNever(t *testing.T) {
	m, f := classroom()
	m.set(40, 30, "go", 30, 0, 0)
	f.look()
	m.end(40)
	f.look()                            // the kernel hasn't been told yet
	m.set(30, 20, "gonb", 10, 32, 2000) // now it has
	f.look()
	want := map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.2, Building: 0.3, Unseen: 0.02}
	wantSeconds(t, f, want)
	m.end(5) // gopls is killed, and not waited for
	f.look()
	f.look()
	m.set(30, 20, "gonb", 10, 42, 2000)
	f.look()
	want[Unseen] += 0.1
	wantSeconds(t, f, want)
}

// Whoever is left by its parent stays in the family, a number that somebody else gets doesn't.
func TestLeftBehind(t *testing.T) {
	m, f := classroom()
	m.set(50, 30, "vaecompute", 10, 0, 0)
	f.look()
	m.end(30)
	m.set(50, 1, "vaecompute", 40, 0, 0)
	f.look()
	m.set(51, 50, "sh", 2, 0, 0)
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.2, Computing: 0.4, Other: 0.02})
	m.end(50)
	m.set(50, 1, "gopls", 1000, 0, 0)
	m.MapFS["50/stat"].Data = []byte("50 (gopls) S 1 1 1 0 -1 0 0 0 0 0 999 1 0 0 20 0 1 0 777777 0 0\n")
	f.look()
	f.look()
	wantSeconds(t, f, map[Kind]float64{Client: 0.5, Kernel: 0.1, Gopls: 0.2, Computing: 0.4, Other: 0.02})
}
