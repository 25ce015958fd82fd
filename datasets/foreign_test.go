package datasets

import (
	"archive/tar"
	archive "archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// little is data with its first words turned round.
func little(data []byte, words int) []byte {
	data = bytes.Clone(data)
	for i := range words {
		slices.Reverse(data[4*i : 4*i+4])
	}
	return data
}

func written(t *testing.T, write func(w io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipOf(t *testing.T, name string) []byte {
	return written(t, func(w io.Writer) error {
		z := archive.NewWriter(w)
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		fmt.Fprint(f, "contents")
		return z.Close()
	})
}

func utf16With(order binary.AppendByteOrder, words string) (b []byte) {
	for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(words))...) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

// What is no IDX file of images is called what it is, with what was expected; whole, in gzip, and byte by byte.
func TestForeignFiles(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 3, 2))
	images := encode(magicImages, noise(5*3*2, 256), 5, 3, 2)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"signed bytes", encode(0x903, make([]byte, 30), 5, 3, 2), "it is an IDX file of signed bytes in 3 dimensions (5 × 3 × 2)"},
		{"int16", encode(0xb03, make([]byte, 60), 5, 3, 2), "IDX file of 16-bit integers in 3 dimensions"},
		{"int32", encode(0xc01, make([]byte, 20), 5), "IDX file of 32-bit integers in 1 dimension (5)"},
		{"float32", encode(0xd03, make([]byte, 120), 5, 3, 2), "IDX file of 32-bit floating-point numbers in 3 dimensions"},
		{"float64", encode(0xe03, make([]byte, 240), 5, 3, 2), "IDX file of 64-bit floating-point numbers in 3 dimensions"},
		{"flat images", encode(0x802, make([]byte, 30), 5, 6), "IDX file of unsigned bytes in 2 dimensions (5 × 6)"},
		{"with channels", encode(0x804, make([]byte, 30), 5, 1, 3, 2), "IDX file of unsigned bytes in 4 dimensions (5 × 1 × 3 × 2)"},
		{"sizes cut off", encode(0x804, nil, 5, 1), "IDX file of unsigned bytes in 4 dimensions; "},
		{"little-endian", little(images, 4), "IDX file of unsigned bytes in 3 dimensions (5 × 3 × 2), written little-endian; write its header big-endian"},
		{"twice", zip(images), "it is compressed twice with gzip; unpack it once with gunzip"},
		{"three times", zip(zip(images)), "it is compressed 3 times with gzip; unpack it 2 times"},
		{"web page", []byte("\r\n\t <!DOCTYPE HTML PUBLIC>\n<title>404</title>"), "it is a web page (HTML); download"},
		{"web page with BOM", []byte("\ufeff<!doctype html><p>"), "it is a web page (HTML)"},
		{"web page of old", []byte("<HTML><BODY>Not found"), "it is a web page (HTML)"},
		{"web page with a comment", []byte("<!-- hello -->\n<html>"), "it is a web page (HTML)"},
		{"web page in UTF-16", utf16With(binary.LittleEndian, "<html>ö</html>"), "it is a web page (HTML)"},
		{"web page in UTF-16, big-endian", utf16With(binary.BigEndian, "<html>ö</html>"), "it is a web page (HTML)"},
		{"XML", []byte(`<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>`), "it is an XML document"},
		{"JSON", []byte(`{"message": "Not Found"}`), `it is text that looks like JSON, and begins with "{\"message\"`},
		{"text", []byte("Sorry, there is nothing here. Come again."), `it is text, and begins with "Sorry, there is nothing here. Come again…"`},
		{"blank", []byte(" \n\n\n "), "it holds nothing but blank space"},
		{"long text, cut in a letter", []byte("a" + strings.Repeat("ö", looked)), "it is text, and begins"},
		{"CSV", []byte("label,1x1,1x2\n5,0,0\n"), "it is a table in text (CSV)"},
		{"numbers with semicolons", []byte("5; 0; 0; 255\r\n1; 2; 3; 4"), "it is a table in text (CSV)"},
		{"TSV", []byte("5\t0\t0\n"), "it is a table in text (CSV)"},
		{"LFS", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"), "it is a Git LFS pointer, which stands for the file; fetch the file itself with `git lfs pull`"},
		{"annex", []byte("/annex/objects/SHA256E-s9--abc.gz\n"), "it is a git-annex pointer"},
		{"zip", zipOf(t, "train-images-idx3-ubyte"), "it is a zip archive; unpack it"},
		{"npz", zipOf(t, "x_train.npy"), "it is an archive of NumPy arrays (.npz)"},
		{"heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "it is a HEIF picture"},
		{"avif", []byte("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1"), "it is an AVIF picture"},
		{"npy", []byte("\x93NUMPY\x01\x00v\x00{'descr': '|u1'}"), "it is a NumPy array (.npy)"},
		{"png", written(t, func(w io.Writer) error { return png.Encode(w, picture) }), "it is a PNG picture"},
		{"jpeg", written(t, func(w io.Writer) error { return jpeg.Encode(w, picture, nil) }), "it is a JPEG picture"},
		{"gif", written(t, func(w io.Writer) error { return gif.Encode(w, picture, nil) }), "it is a GIF picture"},
		{"bzip2", []byte("BZh91AY&SY"), "it is compressed with bzip2; unpack it with bunzip2"},
		{"xz", []byte("\xfd7zXZ\x00\x00\x04"), "it is compressed with xz"},
		{"zstd", []byte("\x28\xb5\x2f\xfd\x04\x00"), "it is compressed with Zstandard"},
		{"7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), "it is a 7z archive"},
		{"tar", written(t, func(w io.Writer) error {
			a := tar.NewWriter(w)
			return errors.Join(a.WriteHeader(&tar.Header{Name: "x", Mode: 0o644}), a.Close())
		}), "it is a tar archive"},
		{"Parquet", []byte("PAR1\x15\x04\x15"), "it is a Parquet table"},
		{"HDF5", []byte("\x89HDF\r\n\x1a\n\x00"), "it is an HDF5 file"},
		{"pickle", []byte("\x80\x04\x95\x10"), "it looks like a Python pickle"},
		{"unknown", []byte{0xca, 0xfe, 0xba, 0xbe, 0}, "it starts with the bytes ca fe ba be, which nothing starts with that is known here"},
		{"four bytes", []byte{0x81, 0x82, 0x83, 0x84}, "it starts with the bytes 81 82 83 84"},
	} {
		for how, r := range map[string]io.Reader{
			"plain": bytes.NewReader(c.data), "in gzip": bytes.NewReader(zip(c.data)), "byte by byte": iotest.OneByteReader(bytes.NewReader(zip(c.data))),
		} {
			if how == "plain" && bytes.HasPrefix(c.data, gzipMagic) {
				continue // is read
			}
			_, err := ReadIDXImages(r)
			var e *FormatError
			if !errors.As(err, &e) || !errors.Is(err, ErrFormat) {
				t.Errorf("%s, %s: the error is %v, want a FormatError", c.name, how, err)
				continue
			}
			if !strings.Contains(err.Error(), c.want) || e.Expected != "an IDX file of images (unsigned bytes in 3 dimensions)" || !strings.HasPrefix(e.Found, "it ") {
				t.Errorf("%s, %s: the error is %q with %+v, want %q", c.name, how, err, *e, c.want)
			}
		}
	}
}

// Sizes over a limit name it, and those in the other byte order are told.
func TestSizesOverALimit(t *testing.T) {
	for _, c := range []struct {
		count, height, width uint32
		want                 string
	}{
		{1, 5000, 2, "1 images of 5000 × 2 pixels, which can't be right: the limit is 4096 pixels a side"},
		{1 << 20, 4096, 4096, "the limit is 1073741824 bytes of pixels in all"},
		{bits.ReverseBytes32(60000), 28 << 24, 28 << 24, "in the other byte order it would be 60000 images of 28 × 28"},
		{5, 0, 2, "a side needs at least 1 pixel"},
	} {
		_, err := ReadIDXImages(bytes.NewReader(encode(magicImages, nil, c.count, c.height, c.width)))
		var e *FormatError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want %q", err, c.want)
		}
	}
	if _, err := ReadIDXLabels(bytes.NewReader(encode(magicLabels, nil, 1<<31)), 10); err == nil || !strings.Contains(err.Error(), "the limit is 1073741824") {
		t.Errorf("the error is %v", err)
	}
}

// In a folder, the error has the file's name, and a whole file of another set is called by its own.
func TestForeignFilesInAFolder(t *testing.T) {
	s, files := tiny()
	files["t10k-images-idx3-ubyte"] = []byte("<html>")
	_, err := s.read(folderOf(files))
	var e *FormatError
	if !errors.As(err, &e) || e.Path != "t10k-images-idx3-ubyte" || !strings.HasPrefix(err.Error(), "t10k-images-idx3-ubyte: not an IDX file of images") {
		t.Errorf("the error is %v", err)
	}
	s, files = tiny()
	sample, err := os.ReadFile("sample/train-images-idx3-ubyte")
	if err != nil {
		t.Fatal(err)
	}
	files["train-images-idx3-ubyte"] = sample
	if _, err = s.read(folderOf(files)); !errors.Is(err, ErrSum) || !strings.Contains(err.Error(), "it is train-images-idx3-ubyte of fashion-mnist-sample") {
		t.Errorf("the error is %v", err)
	}
}

func TestLabelsThatStartAtOne(t *testing.T) {
	letters := encode(magicLabels, []uint8{23, 7, 1, 26, 15}, 5)
	_, err := ReadIDXLabels(bytes.NewReader(letters), 26)
	var e *LabelError
	if !errors.As(err, &e) || *e != (LabelError{At: 3, Label: 26, Classes: 26, Least: 1, Most: 26}) || !errors.Is(err, ErrFormat) ||
		!strings.Contains(err.Error(), "they seem to start at 1") {
		t.Errorf("the error is %v", err)
	}
	labels, err := ReadIDXLabels(bytes.NewReader(letters), 27)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := LabelsFrom(1, labels); err != nil || !slices.Equal(got, []uint8{22, 6, 0, 25, 14}) || labels[0] != 23 {
		t.Errorf("from 0 they are %v, %v", got, err)
	}
	if _, err := LabelsFrom(2, labels); err == nil || !strings.Contains(err.Error(), "label 2 (counted from 0) is 1") {
		t.Errorf("the error is %v", err)
	}
	if _, err := ReadIDXLabels(bytes.NewReader(letters), 10); err == nil || !strings.Contains(err.Error(), "give the names of 27 classes") {
		t.Errorf("the error is %v", err)
	}
}

// EMNIST's letters: images that lie on their side, and labels that start at 1.
func ExampleLabelsFrom() {
	labels, err := LabelsFrom(1, []uint8{1, 2, 26})
	fmt.Println(labels, err)
	// Output: [0 1 25] <nil>
}

func TestReadIDXOfNothing(t *testing.T) {
	if _, err := ReadIDX(nil, nil, nil); err == nil || !strings.Contains(err.Error(), "the reader is nil") {
		t.Errorf("the error is %v", err)
	}
}
