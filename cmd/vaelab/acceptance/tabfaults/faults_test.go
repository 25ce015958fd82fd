// Package tabfaults has cells fail in a browser's tab, and be stopped.
package tabfaults

import (
	"fmt"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

// TestWhatGoesWrong has cells fail in every way that somebody can write, and go on afterwards.
func TestWhatGoesWrong(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	cases := []struct {
		name, cell string
		want       []string
	}{
		{"a mistake of the compiler's", "func f() int {\n\treturn \"a\"\n}", []string{"line 2:9:", "cannot use \"a\""}},
		{"what is undefined", "%%\nfmt.Println(1)\nx := undefinedThing", []string{"line 3:6: undefined: undefinedThing"}},
		{"of the syntax", "%%\nfmt.Println(", []string{"line "}},
		{"a panic", "func g() {\n\tpanic(\"oh no\")\n}\n\n%%\nfmt.Println(\"before\")\ng()", []string{"before", "panic: oh no", "line 2", "line 7", "exit status 2"}},
		{"an index", "%%\na := []int{1}\ni := 3\nfmt.Println(a[i])", []string{"index out of range [3] with length 1", "line 4"}},
		{"an exit", "%%\nfmt.Println(\"so far\")\nos.Exit(3)", []string{"so far", "exit status 3"}},
		{"a call of itself without end", "func h(n int) int { return h(n+1) + 1 }\n\n%%\nfmt.Println(h(0))", []string{"stack"}},
		{"memory without end", "%%\nvar all [][]byte\nfor {\n\tb := make([]byte, 64<<20)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\tall = append(all, b)\n}", []string{"out of memory"}},
		{"a package that isn't here", "import \"net/http\"\n\n%%\nhttp.Get(\"x\")", []string{"line 1: package net/http isn't part of this site"}},
		{"a shell", "!ls -l", []string{"There is no shell in the browser", "!ls -l"}},
		{"ten million letters", "%%\nfor range 100000 {\n\tfmt.Println(strings.Repeat(\"x\", 99))\n}", []string{"the rest isn't shown"}},
		{"nothing wrong", "%%\nfmt.Println(6 * 7)", []string{"42"}},
	}
	var cells []string
	for _, c := range cases {
		cells = append(cells, c.cell, "%%\nfmt.Println(\"and\", \"on\")")
	}
	v.Write("wrong.ipynb", cells...)
	for i, c := range cases {
		outputs := v.Run(2*i, 2*i+2)
		said := tab.Text(outputs[0])
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is missing in\n%.2000s", c.name, want, said)
			}
		}
		if !strings.Contains(tab.Text(outputs[1]), "and on") {
			t.Errorf("%s: the next cell says %s", c.name, tab.Text(outputs[1]))
		}
	}
	v.Clean()
}

// TestDeclarationsOfAFailedCellAreNotKept: what doesn't compile leaves nothing, what does is there although it panics.
func TestDeclarationsOfAFailedCellAreNotKept(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("kept.ipynb", "var a = 1", "var a = \"text\"\nvar b int = a", "%%\nfmt.Println(a + 1)", "var c = 5\n\n%%\npanic(1)", "%%\nfmt.Println(c)")
	cells := v.Run(0, 5)
	if got := tab.Text(cells[2]) + tab.Text(cells[4]); got != "2\n5\n" {
		t.Errorf("afterwards: %q; before: %s", got, tab.Text(cells[1]))
	}
	v.Clean()
}

func TestInterrupt(t *testing.T) { course.Interrupt(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

func TestTraining(t *testing.T) { course.Training(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

// TestRestartLeavesNothingBehind: whatever a kernel was doing when it is restarted, its workers end.
func TestRestartLeavesNothingBehind(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Before(`globalThis.workers = new Set();
globalThis.Worker = class extends Worker {
	constructor(script, options) {
		super(script, options);
		workers.add(this);
	}
	terminate() {
		workers.delete(this);
		super.terminate();
	}
}`)
	v.Write("restart.ipynb", append(tab.Training("2"), "%%\nfmt.Println(6 * 7)")...)
	idle := func() (count int) {
		v.Run(2, 3)
		v.Wait("the next cell's tools", `[...vaelabPage.kernels.values()].every((k) => k.toolchain.builder.linker?.ready)`)
		v.Eval(`new Promise((done) => setTimeout(() => done(workers.size), 2500))`, &count)
		return count
	}
	v.Run(0, 1) // what the cell that trains needs
	want := idle()
	restart := func(when, meanwhile string) {
		v.Eval(`(async () => {
	const {content, sessionContext} = jupyterapp.shell.currentWidget;
	content.activeCellIndex = 1;
	void jupyterapp.commands.execute("notebook:run-cell");
	`+meanwhile+`
	return true;
})()`, new(bool))
		v.Run(0, 1)
		idle()
		// Unpacking isn't the kernel's and may take its time; what was left behind stays.
		v.Wait(fmt.Sprintf("no more than %d workers after a restart %s", want, when), fmt.Sprintf("workers.size <= %d", want))
	}
	// While something comes for which the kernel waits: the program that computes, and whatever comes before a cell's program. These
	// come first: once the cell has trained, it loads its run and asks for nothing that computes.
	for _, waits := range []string{"kernel.toolchain.computing", "kernel.toolchain.vectors"} {
		restart("while it waits for "+waits, `const [kernel] = vaelabPage.kernels.values();
	const had = `+waits+`;
	let come;
	const asked = new Promise((done) => {
		`+waits+` = async (...args) => {
			done();
			await new Promise((go) => (come = go));
			return had.apply(kernel.toolchain, args);
		};
	});
	await Promise.race([asked, new Promise((_, fail) => setTimeout(() => fail(new Error("nobody has asked for it")), 120000))]);
	await sessionContext.session.kernel.restart();
	come();`)
	}
	for _, after := range []int{50, 600, 1200, 5000} { // milliseconds: while the cell is built, linked, trains
		restart(fmt.Sprintf("at %d ms", after), fmt.Sprintf(`await new Promise((done) => setTimeout(done, %d));
	await sessionContext.session.kernel.restart();`, after))
	}
	v.Clean()
}
