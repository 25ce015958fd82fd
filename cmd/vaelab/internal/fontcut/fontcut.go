// Package fontcut makes the fonts in which figures draw Chinese letters, and knows which letters they must have.
//
//	NotoSansCJK-Regular.ttc ──▶ gb2312.otf ──▶ course.otf
//	     19 MB, elsewhere        in the clone     in the clone: the letters of the catalogues
//
// So a catalogue's new letter needs nothing but the clone. [cut.py] does the work, with fontTools.
//
// [cut.py]: cut.py
package fontcut

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"vaelab/cmd/vaelab/internal/document"
	"vaelab/vaelib/words"

	"golang.org/x/image/font/sfnt"
)

// The fonts' files in [Folder].
const (
	Course = "course.otf"
	GB2312 = "gb2312.otf"
)

// Folder is where a clone has the fonts.
func Folder(root string) string { return filepath.Join(root, "vaelib", "figure", "fonts") }

// marks are what Chinese texts are punctuated with, needed or not: catalogues change.
const marks = "　、。〈〉《》「」『』【】〔〕〖〗！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～￥"

// Letters are those of a clone's catalogues that the fonts are for, in order: of notebooks, and of what the library says. No figure is in
// the words of a document, of the command or of a site's pages.
func Letters(root string) (string, error) {
	files, err := filepath.Glob(words.File(root, "*", "*"))
	if err != nil || len(files) == 0 {
		return "", errors.Join(fmt.Errorf("no catalogue is found in %s", root), err)
	}
	letters := []rune(marks)
	for _, file := range files {
		if slices.Contains(document.Of(root).Pages, document.Page(strings.TrimSuffix(filepath.Base(file), ".po"))) {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		entries, err := words.Entries(text)
		if err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		for _, e := range entries {
			if !slices.ContainsFunc(e.Notes, inFigures) {
				continue
			}
			for _, r := range strings.Join(e.Texts, "") {
				if chinese(r) {
					letters = append(letters, r)
				}
			}
		}
	}
	slices.Sort(letters)
	return string(slices.Compact(letters)), nil
}

// inFigures reports whether a message is one that a figure may have, by a note on it.
func inFigures(note string) bool {
	return note == "#. "+string(words.Typed) || strings.HasPrefix(note, "#: vaelib/") || strings.HasPrefix(note, "#: datasets/")
}

// chinese are the letters and marks that only a Chinese font has; signs such as ✓, of which pages have some, are in no figure.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || '\u3000' <= r && r <= '\u303f' || '\uff01' <= r && r <= '\uff5e' || r == '￥'
}

// Lacking are those of the letters that a font doesn't have.
func Lacking(path, letters string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	var buf sfnt.Buffer
	var lacking strings.Builder
	for _, r := range letters {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
			lacking.WriteRune(r)
		}
	}
	return lacking.String(), nil
}

//go:embed cut.py
var script string

// Cutter is what cuts: a Python, and the folder in which it finds fontTools.
type Cutter struct{ Python, FontTools string }

// All makes gb2312.otf from the font that it comes from; letters of the catalogues that GB 2312 lacks are in it as well.
func (c Cutter) All(ctx context.Context, root, source, letters string) error {
	return c.cut(ctx, source, filepath.Join(Folder(root), GB2312), letters, "gb2312")
}

// Course makes course.otf from gb2312.otf.
func (c Cutter) Course(ctx context.Context, root, letters string) error {
	return c.cut(ctx, filepath.Join(Folder(root), GB2312), filepath.Join(Folder(root), Course), letters)
}

func (c Cutter) cut(ctx context.Context, source, target, letters string, more ...string) error {
	made := target + ".made" // a font is there whole or as it was
	defer os.Remove(made)
	cmd := exec.CommandContext(ctx, c.Python, append([]string{"-I", "-c", script, c.FontTools, source, made}, more...)...)
	cmd.Stdin = strings.NewReader(letters)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s can't be cut from %s: %w: %s", filepath.Base(target), source, err, strings.TrimSpace(string(said)))
	}
	return os.Rename(made, target)
}
