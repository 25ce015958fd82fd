package course

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// picture is one in what a cell has shown.
var picture = regexp.MustCompile(`data:image/png;base64,([A-Za-z0-9+/=]+)`)

// Chinese is the lab in Chinese: a notebook from the top to its first figure, whose letters are the lab's own; an exercise with a mistake
// that is told, and right; and the way to the English lab.
func Chinese(t *testing.T, v *tab.Visitor, site *tab.Served) {
	const name = "02_kl_divergence.ipynb"
	native := drawnNatively(t, "zh/"+name, "wire", "imports", "area-plot")

	v.Show("zh/lab/index.html?path=zh/" + name)
	v.Opened("zh/" + name)
	v.Wait("JupyterLab's menu in Chinese", `/文件/.test(document.querySelector(".lm-MenuBar")?.innerText)`)
	outputs := v.Run(0, 3)[2]
	tab.Says(t, "the first figure", outputs, "两条钟形曲线", "奈特")
	var here []string
	for _, o := range outputs {
		for _, m := range picture.FindAllStringSubmatch(o.HTML, -1) {
			here = append(here, m[1])
		}
	}
	if len(native) == 0 || strings.Join(here, " ") != strings.Join(native, " ") {
		t.Errorf("the cell has drawn %d pictures in the tab and %d outside, and they are not the same", len(here), len(native))
	}
	if site.Asked("/vaelab/words-zh-course-") == 0 {
		t.Error("the figure was drawn without the course's Chinese letters")
	}
	v.Screenshot("figure.png")

	for _, c := range []struct{ answer, want string }{
		{"return mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)", "两倍"},
		{"return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma))", "34 个练习已完成 1 个"},
	} {
		answer := v.Rewrite("ex-kl-in-one-dimension", "func KL(mu, sigma float64) float64 {\n\t"+c.answer+"\n}")
		tab.Says(t, c.answer, v.Run(answer, answer+2)[1], "一维的 KL 散度", c.want)
	}

	v.Eval(`document.querySelector("#vaelab-languages a[hreflang=en]").click(), true`, new(bool))
	v.Wait("the English notebook", `document.documentElement.lang === "en" && globalThis.jupyterapp?.shell?.currentWidget?.context?.path === "`+name+`"`)
	v.Opened(name) // beside the Chinese one, which JupyterLab opens again: each has a kernel of its own
	var menu string
	if v.Eval(`document.querySelector(".lm-MenuBar").innerText`, &menu); !strings.Contains(menu, "File") {
		t.Errorf("the English lab has the menu %s", menu)
	}
	for _, o := range v.Run(0, 2)[1] {
		t.Errorf("the first cells say in the English notebook: %s", o.Text)
	}
	v.Clean()
}

// drawnNatively are the pictures that cells of a notebook draw in the lab.
func drawnNatively(t *testing.T, book string, ids ...string) (list []string) {
	t.Helper()
	path, out := filepath.Join(t.TempDir(), filepath.Base(book)), t.TempDir()
	labtest.SomeCells(t, book, path, ids...)
	if stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", path, "-out", out)); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	for _, m := range picture.FindAllStringSubmatch(labtest.Outputs(t, filepath.Join(out, filepath.Base(book))), -1) {
		list = append(list, m[1])
	}
	return list
}
