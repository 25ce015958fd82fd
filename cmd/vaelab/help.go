package main

import (
	"flag"
	"fmt"
	"strings"

	"vaelab/vaelib/words"
)

// explained are the commands as the help tells of them. Their flags tell of themselves.
var explained = []struct {
	call, does string
	flags      flagged
}{
	{"[flags]", words.Mark("makes what is missing under .vaelab (a few minutes the first time, a moment afterwards) and opens JupyterLab on notebooks/. Ctrl-C ends it."), &labFlags{}},
	{"exec NOTEBOOK… [flags]", words.Mark("executes notebooks from top to bottom with the real kernel and stops at the first cell that fails."), &execFlags{}},
	{"train [flags]", words.Mark("trains a model without a browser; go run ./cmd/vaelab train -h lists its flags."), nil},
	{"study FILE [flags]", words.Mark("trains the runs that a study's FILE names, on this machine or as an array job of Slurm's, and makes tables of them; go run ./cmd/vaelab study -h lists its flags. See docs/cluster.md."), nil},
	{"export RUN -out DIR [-replace]", words.Mark("writes a finished run's encoder and decoder as ONNX models, which other programs compute with. RUN is its folder. See docs/export.md."), &exportFlags{}},
	{"import FILE -like RUN", words.Mark("keeps weights that were trained elsewhere, in a safetensors file with the arrays' names and shapes that RUN has, as a run of its own. See docs/export.md."), &importFlags{}},
	{"setup [flags]", words.Mark("only makes what is missing."), &setupFlags{}},
	{"bench [training] [sweep] [estimators] [cells] [go] [flags]", words.Mark("measures how fast the course is, in turns with JAX and NumPy where they are installed; what a warm cell takes, where the lab is set up; and pure Go beside XLA. Without a name all of them. See docs/performance.md."), &benchFlags{}},
	{"bench start [flags]", words.Mark("opens the lab as a newcomer does, in a fresh copy of the clone with empty caches, and looks at it in a browser: when the address, the start page, the first figure of notebook 01 and the first trained picture are there. Takes some minutes, 3 GB in the folder for temporary files ($TMPDIR), and a network."), &startFlags{}},
	{"bench class [flags]", words.Mark("lets several learners at once work through a notebook with the real kernel, and prints what a cell takes, and what memory and processor all together need. Linux only. See docs/performance.md."), &classFlags{}},
	{"nbgrader DIR [WORDS]", words.Mark("for teachers: makes DIR a course of nbgrader's, with the notebooks that have exercises, and runs nbgrader WORDS in it, such as generate_assignment or autograde. See docs/teachers.md."), nil},
	{"site -out DIR [flags]", words.Mark("makes the course as a folder of plain files for any web server: the notebooks in JupyterLite, whose cells are compiled and run in the page. See docs/browser.md."), &siteFlags{}},
	{"notebooks [flags]", words.Mark("for authors: makes the learners' notebooks from notebooks/solutions, and notebooks and documents in the course's other languages from their catalogues."), &notebooksFlags{}},
	{"claims [NN…] [flags]", words.Mark("for authors: executes notebooks with the full budget and holds what their texts claim against what their cells show. See CONTRIBUTING.md."), &claimsFlags{}},
	{"version", words.Mark("prints which version this is, for whoever reports a fault."), nil},
}

// help explains the whole command.
func help() string {
	var b strings.Builder
	b.WriteString(words.Say("vaelab is a course in notebooks: what KL divergence does in a variational autoencoder.") + "\n")
	for _, c := range explained {
		fmt.Fprintf(&b, "\n  go run ./cmd/vaelab %s\n%s", c.call, wrapped(6, words.Text(c.does)))
		if c.flags != nil {
			explainFlags(&b, c.flags, "backend")
		}
	}
	b.WriteString("\n" + words.Say("All that compute take") + "\n")
	explainFlags(&b, &backendFlag{}, "")
	b.WriteString("\n" + words.Say("Delete .vaelab to undo everything. More: docs/setup.md; when something goes wrong: docs/troubleshooting.md.") + "\n")
	return b.String()
}

// explainFlags writes a line or more for each flag but one, from what it says of itself.
func explainFlags(b *strings.Builder, of flagged, but string) {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	of.declare(set)
	set.VisitAll(func(f *flag.Flag) {
		if f.Name == but {
			return
		}
		value, says := flag.UnquoteUsage(f)
		name := "-" + f.Name
		if value != "" {
			name += " " + value
		}
		text := wrapped(26, says)
		fmt.Fprintf(b, "        %-17s %s", name, strings.TrimLeft(text, " "))
	})
}
