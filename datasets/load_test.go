package datasets

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLoadUnknownName(t *testing.T) {
	_, err := Load(context.Background(), "cifar", Options{})
	if err == nil || !strings.Contains(err.Error(), `no data set "cifar": choose one of fashion-mnist-sample, fashion-mnist, mnist`) {
		t.Errorf("error %v", err)
	}
}

func TestLoadSample(t *testing.T) {
	data, err := Load(context.Background(), FashionSample, Options{})
	if err != nil || data.Train.Len() != 10000 {
		t.Errorf("%d images, error %v", data.Train.Len(), err)
	}
	if _, err := Load(context.Background(), FashionSample, Options{Dir: "x"}); err == nil || !strings.Contains(err.Error(), "not read from the folder x") {
		t.Errorf("with a folder: error %v", err)
	}
}

// Every way in which people name and pack the four files is understood.
func TestReadFindsFiles(t *testing.T) {
	s, contents := tiny()
	for name, rename := range map[string]func(string) string{
		"plain":         func(name string) string { return name },
		"gzip":          func(name string) string { return name + ".gz" },
		"dotted":        func(name string) string { return strings.Replace(name, "-idx", ".idx", 1) },
		"dotted, gzip":  func(name string) string { return strings.Replace(name, "-idx", ".idx", 1) + ".gz" },
		"gzip, no .gz ": func(name string) string { return name },
	} {
		t.Run(name, func(t *testing.T) {
			packed := map[string][]byte{}
			for file, data := range contents {
				if strings.Contains(name, "gzip") {
					data = zip(data)
				}
				packed[rename(file)] = data
			}
			got, err := s.read(folderOf(packed))
			if err != nil {
				t.Fatal(err)
			}
			if got.Train.Len() != 50 || got.Test.Len() != 20 || got.Train.Height != 40 || got.Train.Width != 30 {
				t.Errorf("%d + %d images of %d × %d", got.Train.Len(), got.Test.Len(), got.Train.Height, got.Train.Width)
			}
			if !bytes.Equal(got.Test.Pixels, contents["t10k-images-idx3-ubyte"][16:]) ||
				!bytes.Equal(got.Train.Labels, contents["train-labels-idx1-ubyte"][8:]) {
				t.Error("pixels or labels changed")
			}
			if !slices.Equal(got.Train.Classes, abc) || !slices.Equal(got.Test.Classes, abc) {
				t.Errorf("classes %v and %v", got.Train.Classes, got.Test.Classes)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(files map[string][]byte)
		kind   error
		want   string
	}{
		"nothing there": {func(files map[string][]byte) { clear(files) }, fs.ErrNotExist,
			"it lacks train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with"},
		"one missing": {func(files map[string][]byte) { delete(files, "t10k-labels-idx1-ubyte") }, fs.ErrNotExist,
			": it lacks t10k-labels-idx1-ubyte (with"},
		"truncated": {func(files map[string][]byte) {
			files["train-images-idx3-ubyte"] = files["train-images-idx3-ubyte"][:20000]
		}, ErrFormat, "train-images-idx3-ubyte: not a whole IDX file: it is cut off after 16 of its 50 images"},
		"empty": {func(files map[string][]byte) { files["t10k-images-idx3-ubyte"] = nil }, ErrFormat,
			"t10k-images-idx3-ubyte: not a whole IDX file: it is empty"},
		"swapped": {func(files map[string][]byte) {
			files["train-images-idx3-ubyte"], files["train-labels-idx1-ubyte"] =
				files["train-labels-idx1-ubyte"], files["train-images-idx3-ubyte"]
		}, ErrFormat, "train-images-idx3-ubyte: not a whole IDX file of images: it holds labels"},
		"wrong label": {func(files map[string][]byte) { files["train-labels-idx1-ubyte"][10] = 3 }, ErrFormat,
			"train-labels-idx1-ubyte: not a whole IDX file: label 2 (counted from 0) is 3"},
		"another pixel": {func(files map[string][]byte) { files["train-images-idx3-ubyte"][777] ^= 1 }, ErrSum,
			"train-images-idx3-ubyte: not the expected contents: the SHA-256"},
		"another label": {func(files map[string][]byte) {
			label := &files["t10k-labels-idx1-ubyte"][9]
			*label = (*label + 1) % 3
		}, ErrSum, "t10k-labels-idx1-ubyte: not the expected contents"},
	} {
		t.Run(name, func(t *testing.T) {
			s, files := tiny()
			test.damage(files)
			dir := t.TempDir()
			write(t, dir, files)
			_, err := s.load(context.Background(), Options{Dir: dir})
			if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), dir) {
				t.Errorf("error %q, want %q that names the folder and says %q", err, test.kind, test.want)
			}
			var failed *LoadError
			if !errors.As(err, &failed) || !strings.Contains(failed.Help, "put the files train-images-idx3-ubyte,") ||
				!strings.HasSuffix(failed.Help, "or ask a friend.") {
				t.Errorf("the error does not say what to do: %q", err)
			}
		})
	}
}

// A folder that was named is the only place: nothing else stands in for it.
func TestLoadLooksOnlyIntoDir(t *testing.T) {
	s, files := tiny()
	t.Setenv("VAELAB_CACHE", t.TempDir())
	cache, _ := CacheDir("tiny")
	write(t, cache, files)
	if _, err := s.load(context.Background(), Options{Dir: filepath.Join(t.TempDir(), "none")}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want that the folder doesn't exist", err)
	}
	dir := t.TempDir()
	write(t, dir, files)
	data, err := s.load(context.Background(), Options{Dir: dir})
	if err != nil || data.Source != "from "+dir {
		t.Errorf("source %q, error %v", data.Source, err)
	}
}

// The cache comes before the system's folder, which stands in for a damaged cache.
func TestLoadOrder(t *testing.T) {
	s, files := tiny()
	t.Setenv("VAELAB_CACHE", t.TempDir())
	cache, _ := CacheDir("tiny")
	system := t.TempDir()
	s.system = []string{filepath.Join(t.TempDir(), "none"), system}
	write(t, cache, files)
	write(t, system, files)
	load := func() (Dataset, error) { return s.load(context.Background(), Options{Offline: true}) }

	if data, err := load(); err != nil || data.Source != "from "+cache {
		t.Errorf("source %q, error %v; want the cache", data.Source, err)
	}
	os.Truncate(filepath.Join(cache, "train-images-idx3-ubyte"), 99)
	if data, err := load(); err != nil || data.Source != "from "+system {
		t.Errorf("source %q, error %v; want the system's folder", data.Source, err)
	}
	os.Remove(filepath.Join(system, "t10k-labels-idx1-ubyte"))
	_, err := load()
	if err == nil {
		t.Fatal("no error though both folders are damaged")
	}
	for _, want := range []string{cache, system, "cut off", "it lacks", "Offline", "ask a friend"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not mention %q:\n%v", want, err)
		}
	}
}

// The digest is what a shell prints for the same files.
func TestDigest(t *testing.T) {
	s, files := tiny()
	data, err := s.read(folderOf(files))
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, name := range []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"} {
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	sum := sha256.Sum256([]byte(lines.String()))
	if want := hex.EncodeToString(sum[:]); data.Digest != want {
		t.Errorf("digest %s, want %s", data.Digest, want)
	}
}

// The catalogue itself: sizes follow from the numbers of images, sums are sums, mirrors are folders on the web.
func TestCatalog(t *testing.T) {
	if got := Names(); !slices.Equal(got, []string{"fashion-mnist-sample", "fashion-mnist", "mnist"}) {
		t.Errorf("names %v", got)
	}
	for _, s := range catalog {
		train, test := int64(60000), int64(10000)
		if s.name == FashionSample {
			train, test = 10000, 2000
		}
		for i, want := range []int64{16 + 784*train, 8 + train, 16 + 784*test, 8 + test} {
			if s.files[i].size != want {
				t.Errorf("%s: %s has %d bytes, want %d", s.name, s.files[i].name, s.files[i].size, want)
			}
			if sum, err := hex.DecodeString(s.files[i].sum); err != nil || len(sum) != 32 {
				t.Errorf("%s: %s has the sum %q", s.name, s.files[i].name, s.files[i].sum)
			}
		}
		for _, mirror := range s.mirrors {
			if !strings.HasPrefix(mirror, "http") || !strings.HasSuffix(mirror, "/") {
				t.Errorf("%s: the mirror %s is no folder on the web", s.name, mirror)
			}
		}
		if len(s.classes) != 10 {
			t.Errorf("%s: %d classes", s.name, len(s.classes))
		}
	}
}
