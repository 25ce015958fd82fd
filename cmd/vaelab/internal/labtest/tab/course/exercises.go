package course

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Exercises checks answers: right, wrong, without end, ended, and unwritten; and finds what was done after a reload.
func Exercises(t *testing.T, v *tab.Visitor) {
	check := "%%\nexercise.KLInOneDimension.Check(KL)"
	imports := "import (\n\t\"math\"\n\t\"vaelab/vaelib/exercise\"\n)\n\n"
	answer := func(body string) string { return imports + "func KL(mu, sigma float64) float64 {\n\t" + body + "\n}" }
	cases := []struct{ name, body, want string }{
		{"wrong", "return mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)", "twice"},
		{"without end", "for mu < 100 {\n\t}\n\treturn 0", "no answer in time"},
		{"ended", "println(\"x\")\n\tpanic(\"stop\")", "stopped by a panic"},
		{"a call of itself", "return KL(mu, sigma) + 1", "no verdict"},
		{"right", "return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma))", "right"},
	}
	var cells []string
	for _, c := range cases {
		cells = append(cells, answer(c.body), check, imports+"%%\nexercise.Progress()")
	}
	v.Write("exercise.ipynb", cells...)
	for i, c := range cases {
		outputs := v.Run(3*i, 3*i+3)
		if said := tab.Text(outputs[1]); !strings.Contains(said, c.want) {
			t.Errorf("%s: the check says %s", c.name, said)
		}
		if done := strings.Contains(tab.Text(outputs[2]), "1 of "); done != (c.name == "right") {
			t.Errorf("%s: the progress says %s", c.name, tab.Text(outputs[2]))
		}
	}
	v.Write("later.ipynb", imports+"%%\nexercise.Progress()")
	if said := tab.Text(v.Run(0, 1)[0]); !strings.Contains(said, "1 of ") {
		t.Errorf("after a reload: %s", said)
	}
	v.Clean()
}
