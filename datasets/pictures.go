package datasets

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

// PictureOptions say how [Pictures] makes images of files. The zero value is what most callers want: images of 28 × 28, as
// light and as dark as the files are, and a sixth of each class kept for testing, in silence. [PictureOptions.Validate] says
// what can't be.
type PictureOptions struct {
	Size     int       // of a side of the images, in pixels, 8 to 128; 0: 28
	Invert   bool      // make light what is dark: for dark drawings on white paper, as the course's pictures are light on black
	Test     float64   // the share of each class that is kept for testing, between 0 and 1; 0: a sixth, as in the sample
	Seed     uint64    // of the division into training and test pictures: each seed is another data set
	Progress io.Writer // gets a line every few seconds while many files are read; nil: silent

	limits pictureLimits // tests have less
}

// The sides that images of pictures may have.
const (
	DefaultSide = 28
	minSide     = 8
	mostSide    = 128
)

// pictureLimits are what is read at most, and how long that is silent.
type pictureLimits struct {
	file   int64 // bytes of a file
	pixels int   // of a picture as it is in its file
	bytes  int   // of the images of all pictures together
	silent time.Duration
}

var usualLimits = pictureLimits{file: 200e6, pixels: 100e6, bytes: 256 << 20, silent: 3 * time.Second}

// OptionError is about an option of [Pictures] that can't be.
type OptionError struct {
	Option string // the field of PictureOptions: "Size", "Test"
	Value  any
	Want   string // "choose from 8 to 128 pixels"
}

func (e *OptionError) Error() string { return words.Say("%s is %v: %s", e.Option, e.Value, e.Want) }

// Validate reports an option that can't be as an [*OptionError].
func (o PictureOptions) Validate() error {
	switch {
	case o.Size != 0 && (o.Size < minSide || o.Size > mostSide):
		return &OptionError{"Size", o.Size, words.Say("choose from %d to %d pixels", minSide, mostSide)}
	case !(o.Test >= 0 && o.Test < 1): // a NaN, too
		return &OptionError{"Test", o.Test, words.Say("choose a share between 0 and 1")}
	}
	return nil
}

func (o PictureOptions) orDefault() PictureOptions {
	if o.Size == 0 {
		o.Size = DefaultSide
	}
	if o.Test == 0 {
		o.Test = 1. / 6
	}
	if o.limits == (pictureLimits{}) {
		o.limits = usualLimits
	}
	return o
}

// Pictures makes a data set of a folder of PNG and JPEG files, and tells in a report what became of them; the package comment
// says how. Each subfolder that holds pictures is a class; where none does, the folder's own pictures are one class.
// It stops when ctx is done. What keeps the folder from being a data set is a [*PictureError], which has the report, too.
//
// The same pictures give the same images in the same order, whatever the files and the folder are called, as long as the
// classes keep their order.
func Pictures(ctx context.Context, dir string, options PictureOptions) (Dataset, PictureReport, error) {
	if err := options.Validate(); err != nil {
		return Dataset{}, PictureReport{}, err
	}
	report := PictureReport{Dir: dir}
	fail := func(what string, cause error) (Dataset, PictureReport, error) {
		return Dataset{}, report, &PictureError{Dir: dir, What: what, Report: report, cause: cause}
	}
	info, err := os.Stat(dir)
	switch {
	case dir == "":
		return fail(words.Say("no folder is named"), fs.ErrNotExist)
	case errors.Is(err, fs.ErrNotExist):
		return fail(noSuchFolder(dir), err)
	case err != nil:
		return fail(words.Say("it can't be opened: %v", cause(err)), err)
	case !info.IsDir():
		return fail(words.Say("it is a file: name the folder that it lies in"), nil)
	}
	return readPictures(ctx, os.DirFS(dir), dir, options.orDefault())
}

// Folder is [Pictures] without the report, as a cell takes it:
//
//	func data() datasets.Dataset { return show.Must(datasets.Folder("/home/me/cats", datasets.PictureOptions{Size: 28})) }
func Folder(dir string, options PictureOptions) (Dataset, error) {
	data, _, err := Pictures(context.Background(), dir, options)
	return data, err
}

// readPictures makes the data set of a folder that dir is the name of.
func readPictures(ctx context.Context, folder fs.FS, dir string, o PictureOptions) (Dataset, PictureReport, error) {
	report := PictureReport{Dir: dir, Size: o.Size, Inverted: o.Invert}
	fail := func(what string, cause error) (Dataset, PictureReport, error) {
		return Dataset{}, report, &PictureError{Dir: dir, What: what, Report: report, cause: cause}
	}
	name := folderName(dir)
	found, err := report.find(folder, name)
	most := o.limits.bytes / (o.Size * o.Size)
	switch {
	case err != nil:
		return fail(words.Say("it can't be read: %v", cause(err)), err)
	case len(found.files) == 0:
		return fail(words.Say("there are no pictures in it: files that end in .png, .jpg or .jpeg are read, and so are those in its subfolders"), nil)
	case len(found.files) > most:
		return fail(words.Say("there are %d pictures in it, and of %d×%d at most %d are read: take fewer, or a smaller size",
			len(found.files), o.Size, o.Size, most), nil)
	}
	read, err := readFiles(ctx, folder, found.files, o)
	if err != nil {
		return Dataset{}, report, words.Errorf("reading the pictures in %s was stopped: %w", dir, err)
	}
	taken := report.take(found.files, read, o)
	classes := inUse(found.classes, taken)
	if len(classes) > 256 { // as many as a label can tell apart
		return fail(words.Say("it has %d subfolders with pictures, and at most 256 classes can be told apart", len(classes)), nil)
	}
	train, test := divide(taken, o)
	report.Classes = counts(classes, taken)
	if len(train) < 2 || len(test) < 1 {
		return fail(words.Say("%d of its %d pictures can be taken, which is too few to divide: at least 2 are needed to train on and 1 to test on, "+
			"and a class with a single picture leaves none to test on", len(taken), len(found.files)), nil)
	}
	report.Train, report.Test = len(train), len(test)
	// The name is part of a run's identity, so it says nothing of the folder: runs are told apart by what the pictures hold.
	data := Dataset{Name: "pictures", Title: words.Say("Pictures from %s", name), Source: words.Say("from %s", dir),
		Train: imagesOf(train, classes, o.Size), Test: imagesOf(test, classes, o.Size)}
	data.Digest = data.Fingerprint()
	return data, report, nil
}

// noSuchFolder says where a folder was looked for, too, where that isn't plain of its path.
func noSuchFolder(dir string) string {
	if strings.HasPrefix(dir, "~") {
		return words.Say("there is no such folder: ~ is a shell's word, so write the whole path")
	}
	if here, err := os.Getwd(); err == nil && !filepath.IsAbs(dir) {
		return words.Say("there is no such folder in %s", here)
	}
	return words.Say("there is no such folder")
}

// folderName is what people call the folder: its last name.
func folderName(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	if name := filepath.Base(dir); strings.Trim(name, `/\.`) != "" {
		return name
	}
	return "pictures"
}
