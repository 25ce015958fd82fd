package atomicfile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vaelab/vaelib/internal/atomicfile"
)

// A file is replaced, or stays as it was where writing fails; nothing is left beside it.
func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	says := func(word string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, word)
			return err
		}
	}
	for _, write := range []func(string, func(io.Writer) error) error{atomicfile.Write, atomicfile.WriteSoon} {
		if err := errors.Join(write(path, says("one")), write(path, says("two"))); err != nil {
			t.Fatal(err)
		}
		broken := errors.New("broken")
		if err := write(path, func(w io.Writer) error { return errors.Join(says("three")(w), broken) }); !errors.Is(err, broken) {
			t.Errorf("the error is %v", err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != "two" {
			t.Errorf("the file says %q, %v", text, err)
		}
		if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
			t.Errorf("%v is left", files)
		}
		if err := write(filepath.Join(path, "below"), says("no")); err == nil {
			t.Error("a file below a file is no error")
		}
	}
}

// A file that waits beside its place takes nobody else's, and leaves nothing.
func TestPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	says := func(word string) *atomicfile.File {
		f, err := atomicfile.Beside(path, true, func(w io.Writer) error {
			_, err := io.WriteString(w, word)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	one, two := says("one"), says("two")
	if err := one.Place(); err != nil {
		t.Fatal(err)
	}
	if err := two.Place(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	one.Drop()
	two.Drop()
	if text, err := os.ReadFile(path); err != nil || string(text) != "one" {
		t.Errorf("the file says %q, %v", text, err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%v is left", files)
	}
}
