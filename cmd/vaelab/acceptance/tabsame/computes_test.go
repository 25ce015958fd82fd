package tabsame

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// TestComputesAsTheNativeBackend: the vector instructions of the tab give what GoMLX's Go backend gives in a program for this machine,
// but for rounding, which training then enlarges; and a loss of one's own is known by the same fingerprint.
func TestComputesAsTheNativeBackend(t *testing.T) {
	cells := []string{`import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/training"

	"github.com/gomlx/gomlx/core/graph"
)

func squared(p model.Pass) *graph.Node {
	off := graph.Sub(p.Images, model.Paint(p.Logits))
	return graph.Add(graph.MulScalar(graph.ReduceSum(graph.Square(off), -1), 10), model.KL(p))
}`, `%%
data := show.Must(datasets.Sample())
data.Train, data.Test = data.Train.First(1280), data.Test.First(200)
config := run.Default()
config.Hidden, config.Epochs = 64, 2
m := show.Must(lab.Train(config, data))
last := m.Last()
fmt.Println("measured", show.Must(training.Fingerprint(config, 784, squared)), last.Train.Reconstruction, last.Train.KL, last.Test.Reconstruction, last.Test.KL)`}
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("same.ipynb", cells...)
	here := measured(t, tab.Text(v.Run(0, 2)[1]))
	v.Clean()

	book, out := filepath.Join(t.TempDir(), "same.ipynb"), t.TempDir()
	labtest.Write(t, book, cells...)
	cmd := labtest.Command(t, "exec", book, "-out", out)
	cmd.Env = append(cmd.Env, "GOMLX_BACKEND=go", "VAELAB_RUNS="+t.TempDir())
	if stdout, stderr, code := labtest.Outcome(t, cmd); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	native := measured(t, labtest.Outputs(t, filepath.Join(out, "same.ipynb")))
	if here[0] != native[0] {
		t.Errorf("the loss's fingerprint is %s in the tab and %s outside", here[0], native[0])
	}
	for i := 1; i < 5; i++ {
		var a, b float64
		fmt.Sscan(here[i], &a)
		fmt.Sscan(native[i], &b)
		if b == 0 || math.Abs(a/b-1) > 1e-5 {
			t.Errorf("number %d is %v in the tab and %v outside", i, a, b)
		}
		t.Logf("%d: %v in the tab, %v outside", i, a, b)
	}
}

// measured are the words behind "measured" in a cell's text.
func measured(t *testing.T, text string) []string {
	t.Helper()
	_, after, ok := strings.Cut(text, "measured ")
	words := strings.Fields(after)
	if !ok || len(words) < 5 {
		t.Fatalf("nothing was measured: %s", text)
	}
	return words[:5]
}
