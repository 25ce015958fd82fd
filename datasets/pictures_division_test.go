package datasets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// writeAll puts files on the disk, one by one in a random order.
func writeAll(t *testing.T, dir string, files map[string][]byte, seed uint64) {
	t.Helper()
	names := slices.Sorted(maps.Keys(files))
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		write(t, filepath.Join(dir, filepath.Dir(name)), map[string][]byte{filepath.Base(name): files[name]})
	}
}

// The same pictures are the same data set, in whatever order they came to the disk and whatever they and their folder are called.
func TestPicturesAreKnownByWhatTheyHold(t *testing.T) {
	files, renamed := map[string][]byte{}, map[string][]byte{}
	for i, class := range []string{"cats", "dogs"} {
		for name, contents := range several(t, "", 12, uint64(i+1)) {
			files[class+"/"+name] = contents
			renamed[fmt.Sprintf("%s of mine/photo %d.jpeg", class, rand.Uint64())] = contents
		}
	}
	a, b, c := filepath.Join(t.TempDir(), "pets"), filepath.Join(t.TempDir(), "other name"), filepath.Join(t.TempDir(), "third")
	writeAll(t, a, files, 1)
	writeAll(t, b, files, 2)
	writeAll(t, c, renamed, 3)
	first, report, err := Pictures(t.Context(), a, PictureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{a, b, c} {
		for _, cores := range []int{1, 4} {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			same, err := Folder(dir, PictureOptions{Size: 28})
			if err != nil || same.Name != first.Name || same.Digest != first.Digest || same.Fingerprint() != first.Fingerprint() {
				t.Errorf("in %s it is another data set: %v", dir, err)
			}
		}
	}
	if first.Title != "Pictures from pets" || first.Source != "from "+a || report.Dir != a || first.Digest != first.Fingerprint() {
		t.Errorf("it is %q, %q", first.Title, first.Source)
	}
	if first.Train.Validate() != nil || first.Test.Validate() != nil || first.Train.Len() != report.Train || first.Test.Len() != report.Test {
		t.Errorf("it has %d and %d images, the report says %+v", first.Train.Len(), first.Test.Len(), report)
	}
	for name, o := range map[string]PictureOptions{"seed": {Seed: 1}, "size": {Size: 12}, "share": {Test: 0.5}, "inverted": {Invert: true}} {
		if other, err := Folder(a, o); err != nil || other.Fingerprint() == first.Fingerprint() {
			t.Errorf("with another %s it is the same data set, %v", name, err)
		}
	}
}

// Each class is divided in the share that was asked for, in mixed order; no image is in both parts, and none is lost.
func TestDivision(t *testing.T) {
	files := several(t, "a/", 60, 1)
	maps.Copy(files, several(t, "b/", 12, 2))
	maps.Copy(files, several(t, "c/", 1, 3))
	maps.Copy(files, several(t, "d/", 2, 4))
	for share, want := range map[float64][4]int{0: {10, 2, 0, 1}, 0.25: {15, 3, 0, 1}, 0.001: {1, 1, 0, 1}, 0.999: {59, 11, 0, 1}} {
		data, report, err := readFolder(folderOf(files), PictureOptions{Size: 12, Test: share})
		if err != nil {
			t.Fatal(err)
		}
		var test [4]int
		for _, label := range data.Test.Labels {
			test[label]++
		}
		if test != want || fmt.Sprint(report.Classes) != "[{a 60} {b 12} {c 1} {d 2}]" {
			t.Errorf("with a share of %v there are %v, want %v, of %v", share, test, want, report.Classes)
		}
		seen := map[string]bool{}
		for _, part := range []Images{data.Train, data.Test} {
			for i := range part.Len() {
				seen[string(part.Image(i))] = true
			}
		}
		if len(seen) != 75 {
			t.Errorf("of 75 pictures there are %d", len(seen))
		}
		if share == 0 && slices.IsSorted(data.Train.Labels) {
			t.Error("the training images are not mixed")
		}
		if !strings.Contains(report.String(), "1 class has a single picture: it is trained on, and none is left to test on.") {
			t.Errorf("the report is\n%s", report)
		}
	}
	if fewer, more := forTesting(3, 1./6), forTesting(2, 0.9); fewer != 1 || more != 1 || forTesting(1, 0.5) != 0 {
		t.Errorf("%d, %d", fewer, more)
	}
}

// A picture more moves none of the others from one part to the other but the one whose place it takes.
func TestDivisionIsSteady(t *testing.T) {
	files := several(t, "", 60, 1)
	before, _, err := readFolder(folderOf(files), PictureOptions{Size: 12})
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := readFolder(folderOf(with(files, "new.png", pngOf(t, speckled(12, 99)))), PictureOptions{Size: 12})
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for i := range before.Test.Len() {
		if !bytes.Contains(after.Test.Pixels, before.Test.Image(i)) {
			moved++
		}
	}
	if moved > 1 {
		t.Errorf("%d pictures were moved", moved)
	}
}

// The same picture twice is there once, also in another format, under another size or in another class.
func TestDuplicates(t *testing.T) {
	img := drawn(24, 24, func(x, y int) uint8 { return uint8(40 * (x / 8 * (1 + y/8))) })
	twice := drawn(48, 48, func(x, y int) uint8 { return img.GrayAt(x/2, y/2).Y })
	files := several(t, "cats/", 6, 1)
	maps.Copy(files, several(t, "dogs/", 6, 2))
	files["cats/a.png"], files["cats/copy.png"] = pngOf(t, img), pngOf(t, img)
	files["cats/b.jpg"] = jpegOf(t, img)
	files["dogs/large.png"] = pngOf(t, twice)
	_, report, err := readFolder(folderOf(files), PictureOptions{Size: 24})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range report.LeftOut {
		got = append(got, l.String())
	}
	want := []string{
		"cats/b.jpg: at 24×24 it is the same picture as cats/a.png",
		"cats/copy.png: at 24×24 it is the same picture as cats/a.png",
		"dogs/large.png: at 24×24 it is the same picture as cats/a.png, which is of another class",
	}
	if !slices.Equal(got, want) || report.Train+report.Test != 13 {
		t.Errorf("left out is %q, of %d", got, report.Train+report.Test)
	}
}

// Folders on the disk that can't be read at all.
func TestFoldersThatCannotBeRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cat.png")
	if err := os.WriteFile(file, pngOf(t, speckled(9, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		"":                                    `the folder "" can't be made a data set: no folder is named`,
		filepath.Join(file, "below"):          "can't be made a data set: it can't be opened: not a directory",
		filepath.Join(t.TempDir(), "nowhere"): "can't be made a data set: there is no such folder",
		file:                                  "cat.png can't be made a data set: it is a file: name the folder that it lies in",
		"a\x00b":                              "can't be made a data set: it can't be opened: invalid argument",
		"~/nowhere":                           "there is no such folder: ~ is a shell's word, so write the whole path",
		"nowhere":                             "there is no such folder in " + here,
		t.TempDir():                           "there are no pictures in it",
	} {
		data, err := Folder(dir, PictureOptions{})
		var e *PictureError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), want) || data.Name != "" {
			t.Errorf("%q: the error is %v, want %q", dir, err, want)
		}
		if missing := errors.Is(err, fs.ErrNotExist); missing != (dir == "" || strings.HasSuffix(dir, "nowhere")) {
			t.Errorf("%q: that it is missing is %v", dir, missing)
		}
	}
}

func TestPictureOptionsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		o      PictureOptions
		option string
		want   string
	}{
		{PictureOptions{Size: 7}, "Size", "Size is 7: choose from 8 to 128 pixels"},
		{PictureOptions{Size: 129}, "Size", "Size is 129"},
		{PictureOptions{Size: -28}, "Size", "Size is -28"},
		{PictureOptions{Size: math.MaxInt}, "Size", "choose from"},
		{PictureOptions{Test: 1}, "Test", "Test is 1: choose a share between 0 and 1"},
		{PictureOptions{Test: -0.1}, "Test", "Test is -0.1"},
		{PictureOptions{Test: math.NaN()}, "Test", "Test is NaN"},
		{PictureOptions{Test: math.Inf(1)}, "Test", "Test is +Inf"},
	} {
		_, err := Folder("/nowhere", c.o)
		var e *OptionError
		if !errors.As(err, &e) || e.Option != c.option || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: the error is %v, want %q", c.o, err, c.want)
		}
	}
	for _, size := range []int{8, 128} {
		data, _, err := readFolder(folderOf(several(t, "", 3, 1)), PictureOptions{Size: size})
		if err != nil || data.Train.Width != size || data.Train.Height != size || len(data.Train.Pixels) != 2*size*size {
			t.Errorf("of %d pixels: %v", size, err)
		}
	}
}

// Reading stops when it is told to.
func TestPicturesAreStopped(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	stop(why)
	_, _, err := readPictures(ctx, folderOf(several(t, "", 9, 1)), "cats", PictureOptions{}.orDefault())
	if !errors.Is(err, why) || !strings.Contains(err.Error(), "reading the pictures in cats was stopped") {
		t.Errorf("the error is %v", err)
	}
}

// slow is a folder on a slow disk.
type slow struct{ fs.FS }

func (s slow) Open(name string) (fs.File, error) {
	time.Sleep(20 * time.Millisecond)
	return s.FS.Open(name)
}

func TestProgressOfPictures(t *testing.T) {
	var told bytes.Buffer
	o := PictureOptions{Progress: &told}.orDefault()
	o.limits.silent = time.Millisecond
	if _, _, err := readFolder(slow{folderOf(several(t, "", 9, 1))}, o); err != nil || !strings.Contains(told.String(), " of 9 pictures are read\n") {
		t.Errorf("%v, told is %q", err, told.String())
	}
}

// Reports of any numbers can be read.
func TestHostileReports(t *testing.T) {
	for _, r := range []PictureReport{
		{},
		{Train: -1, Classes: []ClassCount{{}}, LeftOut: []LeftOut{{}}, Others: map[string]int{"": -3}},
		{Dir: "a\nb", Classes: make([]ClassCount, 300), LeftOut: make([]LeftOut, 300), LightEdges: 1 << 40, Inverted: true},
	} {
		text := r.String()
		if lines := strings.Count(text, "\n"); lines > 30 || (&PictureError{Report: r}).Error() == "" {
			t.Errorf("the report has %d lines:\n%s", lines, text)
		}
	}
}
