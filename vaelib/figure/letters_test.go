package figure

import (
	"errors"
	"image/color"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"

	"vaelab/vaelib/places"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// inChinese are figures as a learner in China draws them: Latin beside Chinese letters on one line, subscripts, signs, titles, names that
// are too long for their room.
func inChinese() map[string]Figure {
	codes, labels := gaussian(1, 100, 1.5)
	clothes := []string{"T 恤/上衣", "裤子", "套头衫", "连衣裙", "外套", "凉鞋", "衬衫", "运动鞋", "包", "短靴"}
	long := strings.Repeat("一条名字很长的曲线，", 7)
	return map[string]Figure{
		"zh-map": LatentMap(codes, labels, clothes, Title("KL 权重 1（β-VAE）")),
		"zh-plot": Plot(Line("近似后验 q(z|x)", bell(1, 0.6), -4, 4), Path("路径：z₁₂ = −3，β = 0.5", []float64{-3, 0, 2}, []float64{0.1, 0.5, 0.2}),
			Line(long, math.Sin, -4, 4), Upright(1, "均值 μ₁"), Level(0.4, "《上界》"), X("潜变量 z"), Y("概率密度（奈特/张）"), Title("前向 KL 散度：KL(q‖p)")),
		"zh-bars": Bars([]Bar{{"罚单", []float64{1.1, 0.2}}, {"另一张罚单", []float64{0, 3}}}, Labels([]string{"关于 μ", "关于 σ"}), X("KL 项，奈特/张"), Title("镶嵌的窗棂")),
	}
}

func TestEachLetterIsInTheFirstFontThatHasIt(t *testing.T) {
	for line, want := range map[string]string{
		"":                "",
		"KL weight 1":     "KL weight 1",
		"编码器":             "编码器",
		"KL 散度：β = −3，z₁": "KL |散度：|β = −3|，|z₁",
		"“后验”坍塌……":        "“|后验|”|坍塌|……",
		"图棂像":             "图|棂|像", // the second is in no catalogue
	} {
		var parts []string
		width := vg.Length(0)
		for _, p := range handler.pieces(line, body.Font) {
			parts = append(parts, p.text)
			width += p.face.Width(p.text)
		}
		if got := strings.Join(parts, "|"); got != want || width != body.Width(line) {
			t.Errorf("%s is drawn as %s, %v wide, want %s, %v wide", line, got, width, want, body.Width(line))
		}
	}
	if got, want := body.Width("潜变量"), 3*body.Font.Size; math.Abs(float64(got-want)) > 1e-6 {
		t.Errorf("three Chinese letters are %v wide, want %v", got, want)
	}
	if h := body.Height("潜变量"); h != body.Height("z") {
		t.Errorf("a Chinese line is %v high, a Latin one %v: figures would have other measures", h, body.Height("z"))
	}
}

// Titles are bold, in whatever letters.
func TestChineseTitlesAreBold(t *testing.T) {
	ink := func(f Figure) (sum int) {
		img := picture(t, f)
		for y := range 60 { // a title's or a header's line
			for x := range img.Rect.Dx() {
				sum += 255 - int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
			}
		}
		return sum
	}
	rule := Level(0, "")
	bold := ink(Plot(rule, Path("", []float64{0, 1}, []float64{0, 1}), Title("编码均值")))
	plain := ink(Plot(rule, Dots("编码均值", []float64{0, 1}, []float64{0, 1})))
	if ratio := float64(bold) / float64(plain); ratio < 1.25 {
		t.Errorf("a title has %.2f times the ink of a name", ratio)
	}
}

// unread has fonts that nobody has read, in a clone with these files.
func unread(t *testing.T, files map[string]string) {
	t.Helper()
	root := t.TempDir()
	files["go.mod"] = "module vaelab\n"
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(places.RootEnv, root)
	before := chinese
	chinese = fonts{{name: before[0].name}, {name: before[1].name}}
	t.Cleanup(func() { chinese = before })
}

func TestFontThatCannotBeRead(t *testing.T) {
	unread(t, map[string]string{})
	if err := Images(plain(2), Title("Restored: μ₁ ≠ −3 “σ”…")).Err(); err != nil {
		t.Errorf("an English figure asks for a Chinese font: %v", err)
	}
	err := Images(plain(2), Title("编码器")).Err()
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), `'编', as in "编码器", is in a font of the course that can't be read`) {
		t.Errorf("a font is missing: %v", err)
	}
	unread(t, map[string]string{"vaelib/figure/fonts/course.otf": "no font"})
	if err := Images(plain(2), Title("编码器")).Err(); err == nil || !strings.Contains(err.Error(), "course.otf is damaged") {
		t.Errorf("a font is damaged: %v", err)
	}
}

// Figures may be drawn at once, and the first to need a font read it.
func TestFontsAreReadByWhoeverComesFirst(t *testing.T) {
	before := chinese
	chinese = fonts{{name: before[0].name}, {name: before[1].name}}
	t.Cleanup(func() { chinese = before })
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got, err := Plot(Line("窗棂的图像", math.Sin, 0, 1), Title("编码均值")).PNG(); err != nil || len(got) == 0 {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	all.Wait()
}

// The fonts have what they are named for, and carry their licence.
func TestFonts(t *testing.T) {
	var buf sfnt.Buffer
	count := map[string]int{}
	for _, file := range chinese {
		f, err := file.open()
		if err != nil {
			t.Fatal(err)
		}
		for r := '\u4e00'; r <= '\u9fff'; r++ {
			if has(f, &buf, r) {
				count[file.name]++
			}
		}
		if licence, err := f.Name(&buf, sfnt.NameIDLicense); err != nil || !strings.Contains(licence, "SIL Open Font License, Version 1.1") {
			t.Errorf("%s has the licence %q, %v", file.name, licence, err)
		}
		for _, r := range "，。：；？！（）《》、【】％ＡＺ" {
			if !has(f, &buf, r) {
				t.Errorf("%s has no %q", file.name, r)
			}
		}
	}
	if all := count["gb2312.otf"]; all < 6763 {
		t.Errorf("gb2312.otf has %d ideographs, GB 2312 has 6763", all)
	}
	if some := count["course.otf"]; some < 100 || some > 3000 {
		t.Errorf("course.otf has %d ideographs: it has those of the catalogues, and loads at once", some)
	}
}

// What is taken for Latin without a look is in Liberation.
func TestLiberationHasWhatIsLatin(t *testing.T) {
	var buf sfnt.Buffer
	for _, style := range []text.Style{body, heading, variable} {
		face := handler.Cache().Lookup(style.Font, style.Font.Size)
		for r := ' '; r < firstNotLatin; r++ {
			if unicode.IsPrint(r) && !has(face.Face, &buf, r) {
				t.Errorf("%s has no %q", face.Name(), r)
			}
		}
	}
}

// What a figure costs with and without Chinese letters, and what their font costs once.
func BenchmarkLetters(b *testing.B) {
	draw := func(name string, f func() Figure) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := f().PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	plot := func(q, p, x, y, title string) func() Figure {
		return func() Figure {
			return Plot(Line(q, bell(1, 0.6), -4, 4), Line(p, bell(0, 1), -4, 4), Upright(1, q), X(x), Y(y), Title(title))
		}
	}
	draw("English", plot("posterior", "prior", "latent variable", "density", "Forward divergence"))
	draw("Chinese", plot("近似后验分布", "先验分布", "潜变量", "概率密度", "前向散度与反向散度的比较"))
	for _, file := range chinese {
		b.Run(file.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := (&fontFile{name: file.name}).open(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
