package site

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// patch is a change to a source of Go's that makes its compiler or linker smaller or faster in a page, and changes nothing of what
// they write.
type patch struct {
	file    string      // below GOROOT/src
	changes [][2]string // a text and what takes its place
	cuts    [][2]string // what lies between two texts is left out, the first of them included
}

// apply gives the patched text; not ok where a text isn't as the patch expects.
func (p patch) apply(text string) (changed string, ok bool) {
	for _, c := range p.changes {
		if strings.Count(text, c[0]) != 1 {
			return "", false
		}
		text = strings.Replace(text, c[0], c[1], 1)
	}
	for _, c := range p.cuts {
		from, to := strings.Index(text, c[0]), strings.Index(text, c[1])
		if from < 0 || to <= from {
			return "", false
		}
		text = text[:from] + text[to:]
	}
	return text, true
}

// machines are the packages for processors that nothing is compiled for in a page: without them the compiler is a quarter smaller.
var machines = []string{"amd64", "arm", "arm64", "loong64", "mips", "mips64", "ppc64", "riscv64", "s390x", "x86"}

// without are the changes that leave out a program's imports of these packages.
func without(folder string) (changes [][2]string) {
	for _, m := range machines {
		changes = append(changes, [2]string{"\t\"" + folder + m + "\"\n", ""})
	}
	return changes
}

// The linker reads some 70 MB for a cell. As Go's syscall package reads, each piece goes through an array of JavaScript's that is
// made for it, and through the page's loop: a third of the linker's time. The module's memory grows by what is asked for, in
// thousands of steps. And the linker gives every function a name that -s then leaves out, and grows a buffer for each.
var patches = []patch{
	{file: "cmd/compile/main.go", changes: without("cmd/compile/internal/"), cuts: [][2]string{{"\t\"386\":      x86.Init,\n", "\t\"wasm\":     wasm.Init,\n"}}},
	{file: "cmd/compile/internal/ssa/config.go", cuts: [][2]string{{"\tcase \"amd64\":\n", "\tcase \"wasm\":\n"}}},
	// The linker loads what a cell will probably need before there is a cell, and waits where it opens that: see linker.js.
	{file: "cmd/link/internal/ld/main.go", changes: [][2]string{
		{"\tdefault:\n\t\taddlibpath(ctxt, \"command line\", \"command line\", flag.Arg(0), \"main\", \"\", zerofp)\n",
			"\tdefault:\n\t\tbefore, _ := os.ReadFile(\"before\")\n\t\tfor _, pkg := range strings.Fields(string(before)) {\n\t\t\taddlibpath(ctxt, \"command line\", \"command line\", ctxt.PackageFile[pkg], pkg, \"\", zerofp)\n\t\t}\n\t\taddlibpath(ctxt, \"command line\", \"command line\", flag.Arg(0), \"main\", \"\", zerofp)\n"},
	}},
	{file: "cmd/link/internal/ld/lib.go", changes: [][2]string{
		{"\t\t\t\tctxt.Logf(\"autolib: %s (from %s)\\n\", lib.File, lib.Objref)\n\t\t\t}\n",
			"\t\t\t\tctxt.Logf(\"autolib: %s (from %s)\\n\", lib.File, lib.Objref)\n\t\t\t}\n\t\t\tif lib.Pkg == \"main\" && i > 0 {\n\t\t\t\tctxt.loader.PreloadSyms()\n\t\t\t}\n"},
	}},
	{file: "cmd/link/internal/loader/loader.go", changes: [][2]string{
		{"type Loader struct {\n", "type Loader struct {\n\tearly *loadState\n\tearlyObjs int // whose symbols are there\n\n"},
		{"\t// Allocate space for symbols, making a guess as to how much space we need.\n", "\tl.PreloadSyms()\n\tst := l.early\n\tfor _, vr := range st.linknameVarRefs {\n\t\tl.checkLinkname(vr.pkg, vr.name, vr.sym)\n\t}\n\tl.finishSyms(arch)\n}\n\n// PreloadSyms adds the symbols of the objects that have come since it was last called.\nfunc (l *Loader) PreloadSyms() {\n\tobjs := l.objs[goObjStart+l.earlyObjs:]\n\tl.earlyObjs += len(objs)\n\tif l.early == nil {\n\t\tl.early = l.startSyms()\n\t}\n\tfor _, r := range objs {\n\t\tl.early.preloadSyms(r, pkgDef)\n\t}\n\tfor _, r := range objs {\n\t\tl.early.preloadSyms(r, hashed64Def)\n\t\tl.early.preloadSyms(r, hashedDef)\n\t\tl.early.preloadSyms(r, nonPkgDef)\n\t}\n}\n\nfunc (l *Loader) startSyms() *loadState {\n\t// Allocate space for symbols, making a guess as to how much space we need.\n"},
		{"\tst := loadState{\n", "\treturn &loadState{\n"},
		{"\tl.nhashedsyms = len(st.hashed64Syms) + len(st.hashedSyms)\n", "}\n\nfunc (l *Loader) finishSyms(arch *sys.Arch) {\n\tl.nhashedsyms = len(l.early.hashed64Syms) + len(l.early.hashedSyms)\n"},
	}, cuts: [][2]string{{"\n\tfor _, r := range l.objs[goObjStart:] {\n\t\tst.preloadSyms(r, pkgDef)\n", "}\n\nfunc (l *Loader) finishSyms("}}},
	{file: "cmd/link/main.go", changes: without("cmd/link/internal/"), cuts: [][2]string{{"\tcase \"386\":\n", "\tcase \"wasm\":\n"}}},
	{file: "syscall/fs_js.go", changes: [][2]string{
		{"import (\n", "import (\n\t\"unsafe\"\n"},
		{"\tbuf := uint8Array.New(len(b))\n\tn, err := fsCall(\"read\", fd, buf, 0, len(b), nil)\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\tjs.CopyBytesToGo(b, buf)\n\n\tn2 := n.Int()\n\tf.pos += int64(n2)\n\treturn n2, err\n}\n",
			"\tif len(b) == 0 {\n\t\treturn 0, nil\n\t}\n\tn := int(pageRead(int32(fd), unsafe.Pointer(&b[0]), int32(len(b)), -1))\n\tf.pos += int64(n)\n\treturn n, nil\n}\n\n//go:wasmimport vaelab read\n//go:noescape\nfunc pageRead(fd int32, p unsafe.Pointer, n int32, offset int64) int32\n"},
		{"\tbuf := uint8Array.New(len(b))\n\tn, err := fsCall(\"read\", fd, buf, 0, len(b), offset)\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\tjs.CopyBytesToGo(b, buf)\n\treturn n.Int(), nil\n",
			"\tif len(b) == 0 {\n\t\treturn 0, nil\n\t}\n\treturn int(pageRead(int32(fd), unsafe.Pointer(&b[0]), int32(len(b)), offset)), nil\n"},
	}},
	{file: "runtime/mem_wasm.go", changes: [][2]string{
		{"\t\tgrow := (bl + n - blocMax) / physPageSize\n", "\t\tgrow := (bl+n-blocMax)/physPageSize + 512\n"},
		{"\t\tblocMax = bl + n\n", "\t\tblocMax = bl + n + 512*physPageSize\n"},
	}},
	{file: "cmd/link/internal/wasm/asm.go", changes: [][2]string{
		{"\t\t\tP := ldr.Data(fn)\n\t\t\toff := int32(0)\n", "\t\t\tP := ldr.Data(fn)\n\t\t\twfn.Grow(len(P) + 10*relocs.Count())\n\t\t\toff := int32(0)\n"},
		{"\t\tname := nameRegexp.ReplaceAllString(ldr.SymName(fn), \"_\")\n", "\t\tname := \"\"\n\t\tif !*ld.FlagS {\n\t\t\tname = nameRegexp.ReplaceAllString(ldr.SymName(fn), \"_\")\n\t\t}\n"},
		// Zeros are looked for by eights: a shorter run is written as it is.
		{"\t\t\t\t\t// look for beginning of zeroes\n\t\t\t\t\tfor segmentEnd < dataLen && data[segmentEnd] != 0 {\n\t\t\t\t\t\tsegmentEnd++\n\t\t\t\t\t}\n",
			"\t\t\t\t\t// look for beginning of zeroes, by their last\n\t\t\t\t\tfor segmentEnd+segmentOverhead <= dataLen && data[segmentEnd+segmentOverhead-1] != 0 {\n\t\t\t\t\t\tsegmentEnd += segmentOverhead\n\t\t\t\t\t}\n\t\t\t\t\tfor segmentEnd < dataLen && data[segmentEnd] != 0 {\n\t\t\t\t\t\tsegmentEnd++\n\t\t\t\t\t}\n"},
		// A program that allocates without end is told so by Go itself, before it takes all of the page's memory.
		{"\tctxt.Out.WriteByte(0x00)                         // no maximum memory size\n\twriteUleb128(ctxt.Out, initialSize/wasmPageSize) // minimum (initial) memory size\n",
			"\tctxt.Out.WriteByte(0x01)                         // a maximum\n\twriteUleb128(ctxt.Out, initialSize/wasmPageSize) // minimum (initial) memory size\n\twriteUleb128(ctxt.Out, 1<<30/wasmPageSize)       // 1 GB\n"},
	}},
}

// overlay writes the patched sources and gives the file for -overlay. A source that isn't as the patch expects, of another Go,
// stays as it is, and is named.
func overlay(root, folder string) (path string, skipped []string, err error) {
	replace := map[string]string{}
	for _, p := range patches {
		source := filepath.Join(root, "src", filepath.FromSlash(p.file))
		text, err := os.ReadFile(source)
		if err != nil {
			return "", nil, err
		}
		changed, ok := p.apply(string(text))
		if !ok {
			skipped = append(skipped, p.file)
			continue
		}
		to := filepath.Join(folder, strings.ReplaceAll(p.file, "/", "_"))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return "", nil, err
		}
		if err := os.WriteFile(to, []byte(changed), 0o644); err != nil {
			return "", nil, err
		}
		replace[source] = to
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", nil, err
	}
	path = filepath.Join(folder, "overlay.json")
	return path, skipped, os.WriteFile(path, text, 0o644)
}
