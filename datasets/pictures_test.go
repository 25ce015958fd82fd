package datasets

import (
	"bytes"
	"errors"
	"fmt"
	"image/gif"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// What can't be read is left out with a sentence, and the rest of the folder is a data set all the same.
func TestPicturesThatAreLeftOut(t *testing.T) {
	good := pngOf(t, speckled(30, 7))
	photo := jpegOf(t, speckled(30, 8))
	damaged := bytes.Clone(good)
	damaged[40] ^= 255
	inJPEG := bytes.Clone(photo)
	inJPEG[2+1] = 0x01 // a marker that can't stand there
	arithmetic := bytes.Replace(photo, []byte{0xff, 0xc0}, []byte{0xff, 0xc9}, 1)
	for _, c := range []struct {
		name     string
		contents []byte
		want     string
	}{
		{"empty.png", nil, "the file is empty"},
		{"text.png", []byte("My cat is called Tom."), `it is no PNG or JPEG picture: it is text, and begins with "My cat`},
		{"page.jpg", []byte("<!doctype html><p>"), "it is no PNG or JPEG picture: it is a web page (HTML)"},
		{"bytes.jpg", []byte{0xca, 0xfe, 0xba, 0xbe, 1}, "it is no PNG or JPEG picture: it starts with the bytes ca fe ba be"},
		{"byte.jpg", []byte{0xca}, "it is no PNG or JPEG picture: it starts with the bytes ca"},
		{"gif.jpeg", written(t, func(w io.Writer) error { return gif.Encode(w, speckled(9, 1), nil) }), "it is no PNG or JPEG picture: it is a GIF picture"},
		{"phone.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "it is a HEIF picture"},
		{"cut.png", good[:len(good)/2], "it is a PNG picture that is cut off"},
		{"start.png", good[:10], "it is a PNG picture that is cut off"},
		{"cut.jpg", photo[:len(photo)/2], "it is a JPEG picture that is cut off"},
		{"start.jpg", photo[:3], "it is a JPEG picture that is cut off"},
		{"damaged.png", damaged, "it is a damaged PNG picture ("},
		{"damaged.jpg", inJPEG, "it is a damaged JPEG picture ("},
		{"odd.jpg", arithmetic, "it is a JPEG picture of a kind that isn't read ("},
		{"huge.png", claiming(t, 20_000, 20_000), "it has 20000 × 20000 pixels, and at most 100 million are read"},
		{"wide.png", claiming(t, 1<<31-1, 1<<31-1), "picture"}, // in Go's words
		{"flat.png", claiming(t, 0, 7), "it is a damaged PNG picture (png: invalid format: non-positive dimension)"},
		{"LOUD.PNG", []byte("no"), "it is no PNG or JPEG picture"},
		{"two\nlines.png", []byte("no"), "it is no PNG or JPEG picture"},
	} {
		_, report, err := readFolder(folderOf(with(several(t, "", 5, 1), c.name, c.contents)), PictureOptions{Size: 12})
		if err != nil || report.Train+report.Test != 5 || len(report.LeftOut) != 1 {
			t.Errorf("%q: %v, %+v", c.name, err, report)
			continue
		}
		left := report.LeftOut[0]
		if left.Path != c.name || !strings.Contains(left.Why, c.want) {
			t.Errorf("%q is left out since %q, want %q", c.name, left.Why, c.want)
		}
		if text := report.String(); !strings.Contains(text, "Left out: 1.\n  - ") || !strings.Contains(text, left.Why) || strings.Contains(text, "two\n") {
			t.Errorf("%q: the report is\n%s", c.name, text)
		}
	}
}

// A file of many bytes or pixels is left out before it costs memory.
func TestPicturesOverALimit(t *testing.T) {
	files := several(t, "", 5, 1)
	files["large.png"] = append(pngOf(t, speckled(12, 99)), make([]byte, 5000)...)
	o := PictureOptions{Size: 12}.orDefault()
	o.limits.file = 4000
	_, report, err := readFolder(folderOf(files), o)
	if err != nil || len(report.LeftOut) != 1 || !strings.Contains(report.LeftOut[0].Why, "the file has 0 MB, and at most 0 are read") {
		t.Errorf("%v, %+v", err, report)
	}
	bomb := folderOf(map[string][]byte{"a.png": claiming(t, 1<<15, 1<<15)})
	if used := allocated(func() { _, _, err = readFolder(bomb, PictureOptions{}) }); err == nil || used > 1<<20 {
		t.Errorf("a header alone costs %d bytes, and the error is %v", used, err)
	}
	o = PictureOptions{Size: 12}.orDefault()
	o.limits.bytes = 4*144 + 143
	if _, _, err = readFolder(folderOf(several(t, "", 5, 1)), o); err == nil || !strings.Contains(err.Error(),
		"there are 5 pictures in it, and of 12×12 at most 4 are read: take fewer, or a smaller size") {
		t.Errorf("the error is %v", err)
	}
}

// The content says what a file is, and not its name.
func TestPicturesUnderWrongNames(t *testing.T) {
	files := map[string][]byte{"a.png": jpegOf(t, speckled(30, 1)), "b.JPeG": pngOf(t, speckled(30, 2)), "c.JPG": jpegOf(t, speckled(30, 3)), "d.PNG": pngOf(t, speckled(30, 4))}
	_, report, err := readFolder(folderOf(files), PictureOptions{})
	if err != nil || report.Train+report.Test != 4 || len(report.LeftOut) > 0 {
		t.Errorf("%v, %+v", err, report)
	}
}

// A folder that is no data set is an error that says so, with what was found.
func TestFoldersThatAreNoDataSet(t *testing.T) {
	many := map[string][]byte{}
	for i := range 257 {
		for n := range 2 {
			many[fmt.Sprintf("%03d/%d.png", i, n)] = pngOf(t, speckled(8, uint64(2*i+n)))
		}
	}
	same := pngOf(t, speckled(9, 1))
	for name, c := range map[string]struct {
		files map[string][]byte
		want  []string
	}{
		"empty":               {nil, []string{"the folder /home/me/cats can't be made a data set: there are no pictures in it: files that end in .png, .jpg or .jpeg are read"}},
		"others":              {map[string][]byte{"a.heic": nil, "b.HEIC": nil, "README": nil, ".hidden.png": nil}, []string{"no pictures in it", "Passed over: 1 hidden, 3 neither .png nor .jpg nor .jpeg (no ending 1, .heic 2)."}},
		"empty subfolders":    {map[string][]byte{"cats/notes.txt": nil, "dogs/.x.png": nil}, []string{"no pictures in it", "cats: no pictures are in this folder", "dogs: no pictures"}},
		"too deep":            {map[string][]byte{"a/b/c.png": same}, []string{"no pictures in it", "a/b: this folder lies too deep"}},
		"broken alone":        {map[string][]byte{"a.png": nil, "b.png": []byte("no")}, []string{"0 of its 2 pictures can be taken", "a.png: the file is empty", "b.png: it is no PNG"}},
		"two":                 {several(t, "", 2, 1), []string{"2 of its 2 pictures can be taken, which is too few to divide: at least 2"}},
		"one in each class":   {map[string][]byte{"a/1.png": pngOf(t, speckled(9, 1)), "b/1.png": pngOf(t, speckled(9, 2)), "c/1.png": pngOf(t, speckled(9, 3))}, []string{"a class with a single picture leaves none to test on"}},
		"the same":            {map[string][]byte{"a.png": same, "b.png": same, "c.png": same}, []string{"1 of its 3 pictures can be taken", "b.png: at 28×28 it is the same picture as a.png"}},
		"more than 256 kinds": {many, []string{"it has 257 subfolders with pictures, and at most 256 classes can be told apart"}},
	} {
		data, report, err := readFolder(folderOf(c.files), PictureOptions{})
		var e *PictureError
		if !errors.As(err, &e) || e.Dir != "/home/me/cats" || len(e.Report.LeftOut) != len(report.LeftOut) || data.Train.Len() > 0 || report.Train+report.Test > 0 {
			t.Errorf("%s: %v, %+v", name, err, report)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error is\n%v\nwant %q", name, err, want)
			}
		}
	}
}

// What lies about in a folder and is no picture, a link or a pipe among it, is passed over and told.
func TestWhatElseLiesInAFolder(t *testing.T) {
	folder := folderOf(several(t, "cats/", 4, 1))
	for name, contents := range several(t, "dogs/", 3, 2) {
		folder[name] = &fstest.MapFile{Data: contents}
	}
	good := pngOf(t, speckled(12, 77))
	folder["beside.png"] = &fstest.MapFile{Data: good}
	folder["cats/link.png"] = &fstest.MapFile{Data: []byte("../beside.png"), Mode: fs.ModeSymlink}
	folder["linked"] = &fstest.MapFile{Data: []byte("cats"), Mode: fs.ModeSymlink}
	folder["cats/pipe.png"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	folder["cats/deeper/a.png"] = &fstest.MapFile{Data: good}
	folder[".git/a.png"] = &fstest.MapFile{Data: good}
	folder["dogs/._000.png"] = &fstest.MapFile{Data: good}
	folder["dogs/list.txt"] = &fstest.MapFile{}
	folder["__MACOSX/._a.png"] = &fstest.MapFile{}
	folder["dogs/\xe4.png"] = &fstest.MapFile{Data: good}
	data, report, err := readFolder(folder, PictureOptions{Size: 12})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"beside.png":    "it lies beside the subfolders, which are the classes",
		"cats/link.png": "it is a symbolic link, and these are not followed",
		"linked":        "it is a symbolic link, and these are not followed",
		"cats/pipe.png": "it is no file, but a pipe or a device",
		"cats/deeper":   "this folder lies too deep: only the first subfolders are classes",
		"__MACOSX":      "no pictures are in this folder",
		"dogs/\xe4.png": "its name is not in UTF-8, and so can't be opened here: rename it",
	}
	for _, l := range report.LeftOut {
		if want[l.Path] != l.Why {
			t.Errorf("%s is left out since %q, want %q", l.Path, l.Why, want[l.Path])
		}
		delete(want, l.Path)
	}
	if len(want) > 0 || report.Hidden != 3 || report.Others[".txt"] != 1 || len(report.Others) != 1 {
		t.Errorf("missing are %v of %+v", want, report)
	}
	if got := fmt.Sprint(report.Classes, data.Train.Classes, data.Test.Classes); got != "[{cats 4} {dogs 3}] [cats dogs] [cats dogs]" {
		t.Errorf("the classes are %s", got)
	}
}

// Pictures beside subfolders that hold none are a class all the same.
func TestPicturesBesideEmptySubfolders(t *testing.T) {
	_, report, err := readFolder(folderOf(with(several(t, "", 4, 1), "notes/a.txt", nil)), PictureOptions{})
	if err != nil || fmt.Sprint(report.Classes) != "[{cats 4}]" || len(report.LeftOut) != 1 {
		t.Errorf("%v, %+v", err, report)
	}
	if text := report.String(); !strings.Contains(text, "They are one class, cats.") {
		t.Errorf("the report is\n%s", text)
	}
}

// A folder of broken files alone gives no class, and the others keep their order.
func TestClassesOfBrokenPictures(t *testing.T) {
	files := with(several(t, "c/", 3, 1), "a/broken.png", nil)
	for name, contents := range several(t, "b/", 3, 2) {
		files[name] = contents
	}
	data, report, err := readFolder(folderOf(files), PictureOptions{})
	if err != nil || fmt.Sprint(report.Classes) != "[{b 3} {c 3}]" || fmt.Sprint(data.Train.Classes) != "[b c]" {
		t.Errorf("%v, %+v", err, report)
	}
}

// forbidden is a folder in which something can't be opened.
type forbidden struct {
	fs.FS
	path string
}

func (f forbidden) Open(name string) (fs.File, error) {
	if name == f.path {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.FS.Open(name)
}

func TestPicturesThatMayNotBeOpened(t *testing.T) {
	folder := folderOf(several(t, "cats/", 4, 1))
	folder["dogs/a.png"] = &fstest.MapFile{}
	for path, want := range map[string]string{
		"cats/002.png": "it can't be opened: permission denied",
		"dogs":         "this folder can't be read: permission denied",
	} {
		_, report, err := readFolder(forbidden{folder, path}, PictureOptions{})
		found := false
		for _, l := range report.LeftOut {
			found = found || l == LeftOut{path, want}
		}
		if err != nil || !found {
			t.Errorf("%s: %v, %+v", path, err, report)
		}
	}
	_, _, err := readFolder(forbidden{folder, "."}, PictureOptions{})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "it can't be read: permission denied") {
		t.Errorf("the error is %v", err)
	}
}
