package datasets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// ErrSum is wrapped by the error about a sound file whose contents are not the data set's.
var ErrSum = words.Errorf("not the expected contents")

// read opens the set's four files in a folder, checks them and makes the images of them.
func (s set) read(folder fs.FS) (Dataset, error) {
	names, err := s.find(folder)
	if err != nil {
		return Dataset{}, err
	}
	data := Dataset{Name: s.name, Title: words.Text(s.title), Digest: s.digest()}
	if data.Train, err = s.readPart(folder, names, trainImages, trainLabels); err != nil {
		return Dataset{}, err
	}
	if data.Test, err = s.readPart(folder, names, testImages, testLabels); err != nil {
		return Dataset{}, err
	}
	return data, nil
}

// readPart reads images and their labels.
func (s set) readPart(folder fs.FS, names [4]string, images, labels int) (part Images, err error) {
	err = s.files[images].open(folder, names[images], func(r io.Reader) (err error) {
		part, err = parseImages(r)
		return err
	})
	if err != nil {
		return Images{}, err
	}
	part.Classes = slices.Clone(s.classes)
	err = s.files[labels].open(folder, names[labels], func(r io.Reader) (err error) {
		part.Labels, err = parseLabels(r, len(s.classes))
		return err
	})
	if err != nil {
		return Images{}, err
	}
	return part, part.countsMatch()
}

// open hands the uncompressed contents of a file to parse, which must read them to their end, and then compares
// their sum with the catalogue's. What parse has to say comes first: it tells more than a wrong sum.
func (f file) open(folder fs.FS, name string, parse func(io.Reader) error) error {
	opened, err := folder.Open(name)
	if err != nil {
		return words.Errorf("%s can't be opened: %w", name, cause(err))
	}
	defer opened.Close()
	sum := sha256.New()
	contents, err := uncompressed(opened)
	if err == nil {
		err = parse(io.TeeReader(contents, sum))
	}
	if err != nil {
		return withPath(cause(err), name)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != f.sum {
		return words.Errorf("%s: %w", name, f.otherSum(got))
	}
	return nil
}

// otherSum says what contents of another sum are.
func (f file) otherSum(sum string) error {
	for _, s := range catalog {
		for _, known := range s.files {
			if known.sum == sum {
				return words.Errorf("%w: it is %s of %s", ErrSum, known.name, s.name)
			}
		}
	}
	return words.Errorf("%w: the SHA-256 of its uncompressed contents is %s and not %s", ErrSum, sum, f.sum)
}

// find gives each of the set's files the name that it has in the folder: with .gz or without, and with the dot
// that some programs put where the first hyphen of idx3-ubyte's is.
func (s set) find(folder fs.FS) (names [4]string, err error) {
	if _, err := fs.Stat(folder, "."); err != nil {
		return names, words.Errorf("it can't be opened: %w", cause(err))
	}
	var missing missingFiles
	for i, f := range s.files {
		if names[i] = f.find(folder); names[i] == "" {
			missing = append(missing, f.name)
		}
	}
	if missing != nil {
		return names, missing
	}
	return names, nil
}

// missingFiles are the names of the files that a folder lacks.
type missingFiles []string

func (m missingFiles) Error() string {
	return words.Say("it lacks %s (with .gz or without)", strings.Join(m, ", "))
}

func (m missingFiles) Is(target error) bool { return target == fs.ErrNotExist }

func (f file) find(folder fs.FS) string {
	dotted := strings.Replace(f.name, "-idx", ".idx", 1)
	for _, name := range []string{f.name, f.name + ".gz", dotted, dotted + ".gz"} {
		if info, err := fs.Stat(folder, name); err == nil && !info.IsDir() {
			return name
		}
	}
	return ""
}

// digest stands for the contents of the four files. It is what
//
//	sha256sum train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte | sha256sum
//
// prints for the uncompressed files.
func (s set) digest() string {
	sum := sha256.New()
	for _, f := range s.files {
		fmt.Fprintf(sum, "%s  %s\n", f.sum, f.name)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// cause drops the operation and the path from a file system's error: our sentence has already named the file.
func cause(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
