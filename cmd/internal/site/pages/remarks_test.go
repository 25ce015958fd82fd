package pages

import (
	"fmt"
	"testing"

	"vaelab/vaelib/words"
)

// TestRemarksInChinese: what the library says in Chinese about whoever executed a notebook is found, by the course's own catalogue.
func TestRemarksInChinese(t *testing.T) {
	w, err := (&common{files: map[string][]byte{}}).edition(words.Languages[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := words.While(words.Languages[1], func() error {
		loaded := words.Say("Loaded: trained before with %s, %d epochs on %s. Kept in %s.", "XLA", 10, "Fashion-MNIST，10,000 张", "/home/x.y/runs/a")
		stills := words.Say("These are stills, because no page answers here. In JupyterLab, run the cell, and sliders move the picture.")
		hint, done := words.Say("For a hint: %s", "exercise.KL.Hint()"), words.Say("%d of %d exercises done", 21, 26)+"  ○●"
		for in, want := range map[string]string{
			`<div style="font-size:13px">` + loaded + `</div>`:                         `<div class="note">用 XLA 训练，10 轮，数据是 Fashion-MNIST，10,000 张。</div>`,
			`<div style="font-size:13px">` + stills + `</div>`:                         ``,
			`<div style="font-size:13px">两条曲线。</div>`:                                  `<div class="note">两条曲线。</div>`,
			fmt.Sprintf(`<div role="status"><div>✓ KL</div><div>%s</div></div>`, hint): `<div class="right"><div>✓ KL</div></div>`,
			fmt.Sprintf(`<div role="status"><div>✓ KL</div><div>%s</div></div>`, done): `<div class="right"><div>✓ KL</div></div>`,
		} {
			if got, err := w.shown(in); err != nil || got != want {
				t.Errorf("%s becomes %s, %v", in, got, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
