package hub

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// update has the owner bring the clone up to date while a learner's cell runs: the cell goes on, its kernel runs further cells, and a
// fresh kernel has what is new.
func (c *class) update(t *testing.T, s *served) {
	learner := c.who(ann)
	signal := filepath.Join(learner.home, "the-update-is-done")
	running := s.enter(t, learner, "").Open(t, func(path string) {
		labtest.Write(t, path, fmt.Sprintf(`import (
	"fmt"
	"os"
	"time"
	"vaelab/vaelib/kl"
)

var answer = "of before"

%%%%
fmt.Println("waits")
for {
	if _, err := os.Stat(%q); err == nil {
		break
	}
	time.Sleep(50 * time.Millisecond)
}
fmt.Printf("went on, %%v\n", kl.LogSpaced(1, 100, 3))`, signal), `%%
fmt.Printf("the next cell: %s, %v\n", answer, kl.LogSpaced(1, 100, 3))`, `import (
	"fmt"
	"vaelab/vaelib/kl"
)

%%
fmt.Println("a fresh kernel has", kl.Update())`)
	})
	running.RunCell()
	running.Wait("the cell", says("waits"))

	c.change("vaelib/kl/update.go", "package kl\n\n// Update came while a kernel ran.\nfunc Update() string { return \"what is new\" }\n")
	begin := time.Now()
	c.root(only(t, "update"))
	t.Logf("brought up to date in %v", time.Since(begin).Round(time.Second))
	if err := os.WriteFile(signal, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	running.Wait("the cell's end", says("went on, [1 10 100]"))
	running.Next()
	running.Wait("the next cell", says("the next cell: of before, [1 10 100]"))
	running.Clean()

	running.Restart()
	running.Next()
	running.Wait("what is new", says("a fresh kernel has what is new"))
	running.Clean()
}
