package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// drawPictures fills a folder with drawings of two classes, circles and bars, dark on white, and a file that is none.
func drawPictures(t *testing.T, dir string, each int) {
	t.Helper()
	for class, dark := range map[string]func(x, y, i int) bool{
		"bars":    func(x, _, i int) bool { return x > 2*i && x < 2*i+14 },
		"circles": func(x, y, i int) bool { d := (x-40)*(x-40) + (y-32)*(y-32); return d > i*i && d < (i+8)*(i+8) },
	} {
		if err := os.MkdirAll(filepath.Join(dir, class), 0o755); err != nil {
			t.Fatal(err)
		}
		for i := range each {
			img := image.NewGray(image.Rect(0, 0, 80, 64))
			for at := range img.Pix {
				if x, y := at%80, at/80; !dark(x, y, i) {
					img.SetGray(x, y, color.Gray{Y: 255})
				}
			}
			file, err := os.Create(filepath.Join(dir, class, fmt.Sprintf("%d.png", i)))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(file, img); err != nil {
				t.Fatal(err)
			}
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "bars", "notes.png"), []byte("to do"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A folder of one's own is trained on, with a report; a copy of it under another name is the same run.
func TestOwnPictures(t *testing.T) {
	runs, out := t.TempDir(), t.TempDir()
	flags := []string{"-backend", "go", "-hidden", "8", "-epochs", "1", "-size", "16", "-invert", "-json", "-out", out}
	for i, name := range []string{"drawings", "a copy"} {
		dir := filepath.Join(t.TempDir(), name)
		drawPictures(t, dir, 24)
		stdout, stderr, code := vaetrain(t, runs, append(flags, "-pictures", dir)...)
		if code != 0 || stderr != "" {
			t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
		}
		for _, want := range []string{
			"48 pictures of 16×16 pixels from " + dir + ": 40 to train on, 8 to test on.",
			"They are 2 classes: bars 24, circles 24.",
			"Left out: 1.\n  - bars/notes.png: it is no PNG or JPEG picture: it is text, and begins with \"to do\"",
			"48 pictures aren't square: their middle is taken.",
			"Light and dark are inverted, as you wished.",
			"Note: each step takes all 40 training pictures, since they are fewer than 128.",
		} {
			if !strings.Contains(stdout, want) {
				t.Errorf("the output lacks %q:\n%s", want, stdout)
			}
		}
		if last := lastLine(t, stdout); last["loaded"] != (i == 1) || !strings.Contains(last["run_dir"].(string), "-pictures-") {
			t.Errorf("%s: the last line says %v", name, last)
		}
		picturesAreThere(t, out)
	}
}

// A batch that was asked for isn't changed, only refused.
func TestOwnPicturesInABatchTooLarge(t *testing.T) {
	dir := t.TempDir()
	drawPictures(t, dir, 6)
	_, stderr, code := vaetrain(t, t.TempDir(), "-backend", "go", "-pictures", dir, "-batch", "11")
	if code != 1 || !strings.Contains(stderr, "-batch is 11, but there are only 10 training images") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}
