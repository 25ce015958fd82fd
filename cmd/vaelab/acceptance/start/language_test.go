package start

import (
	"fmt"
	"os"
	"testing"

	"vaelab/cmd/vaelab/internal/start"
)

// TestStartPageInChinese changes the language on the page, and back: page, menus and notebooks follow, and what is done is done in both.
func TestStartPageInChinese(t *testing.T) {
	lab := newStartLab(t)
	course, err := start.Of(lab.made.Root)
	if err != nil {
		t.Fatal(err)
	}
	english, chinese := course.Editions[0], course.Editions[1]
	if err := os.WriteFile(lab.progress, fmt.Appendf(nil, `{%q: {"done": true}}`, english.Notebooks[0].Exercises[0]), 0o644); err != nil {
		t.Fatal(err)
	}
	page, _ := lab.open(1400, 1000)
	page.wait("the English page", says(english.Words["lead"]))
	page.wait("an exercise", says(fmt.Sprintf("1 of %d exercises done", len(english.Notebooks[0].Exercises))))
	const menu = `(document.querySelector('#jp-MainMenu')?.innerText ?? '').includes`
	page.wait("English menus", menu+`('File')`)

	page.must(page.Click(".vaelab-start-languages a"))
	page.wait("the Chinese page", says(chinese.Words["lead"]))
	for _, n := range chinese.Notebooks {
		page.wait(n.Title, says(n.Title))
	}
	page.wait("the same exercise", `[...document.querySelectorAll('.vaelab-start progress')].length == 1`)
	page.wait("Chinese menus", menu+`('文件')`)
	page.wait("where to begin", `document.querySelector('.vaelab-start-next')?.dataset.path == 'zh/01_autoencoder_to_vae.ipynb'`)
	page.wait("what language it is", `document.querySelector('.vaelab-start').lang == 'zh-CN'`)
	page.screenshot("chinese.png")
	page.must(page.Resize(600, 900))
	page.wait("a narrow page", `document.querySelector('.vaelab-start-page').scrollWidth <= document.querySelector('.vaelab-start').clientWidth`)
	page.screenshot("chinese-narrow.png")
	page.must(page.Resize(1400, 1000))

	page.must(page.Click(".vaelab-start-languages a"))
	page.wait("the English page again", says(english.Words["lead"])+` && `+menu+`('File')`)
}
