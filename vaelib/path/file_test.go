package path_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vaelab/vaelib/path"
)

func ExampleWrite() {
	shown, _ := path.Teacher{Share: 1, Scene: path.Standard()}.Demonstrations(2)
	var file bytes.Buffer
	if err := path.Write(&file, shown); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(file.String()) {
		fmt.Printf("%.90s\n", strings.TrimSpace(line))
	}
	_, err := path.Read(bytes.NewReader(file.Bytes()[:500]))
	fmt.Println(err)
	// Output:
	// {"format": "vaelab paths 1", "paths": [
	// {"scene":{"start":[0.5,0.05],"goal":[0.5,0.95],"obstacle":[0.5,0.5,0.15]},"points":[[0.5,0
	// {"scene":{"start":[0.5,0.05],"goal":[0.5,0.95],"obstacle":[0.5,0.5,0.15]},"points":[[0.5,0
	// ]}
	// a file of paths: it ends in the middle: it was cut, take another copy
}

// What is written is read again, number for number.
func TestFilesKeepEveryNumber(t *testing.T) {
	name := filepath.Join(t.TempDir(), "paths.json")
	for _, n := range []int{1, 30} {
		list := shown(t, path.Teacher{Share: 0.5, Spread: 1, Seed: 9, Varied: true}, n)
		if err := path.WriteFile(name, list); err != nil {
			t.Fatal(err)
		}
		back, err := path.ReadFile(name)
		if err != nil || !reflect.DeepEqual(back, list) {
			t.Errorf("%d demonstrations come back as %d, %v", n, len(back), err)
		}
	}
	if err := path.WriteFile(name, nil); err != nil {
		t.Fatal(err)
	}
	if back, err := path.ReadFile(name); err != nil || len(back) != 0 {
		t.Errorf("a file without paths has %v, %v", back, err)
	}
}

// A file cut anywhere is refused, whole: no part of it is taken for all.
func TestCutFilesAreRefused(t *testing.T) {
	var file bytes.Buffer
	if err := path.Write(&file, shown(t, path.Teacher{Scene: path.Standard()}, 2)); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	for n := range len(whole) - 2 { // without its last line's end it is whole
		list, err := path.Read(bytes.NewReader(whole[:n]))
		if list != nil {
			t.Fatalf("%d of %d bytes give %d demonstrations", n, len(whole), len(list))
		}
		want := "it was cut"
		if n == 0 {
			want = "it is empty"
		}
		if e := says[*path.FileError](t, err, want); e == nil || e.Path != 0 {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

func TestFilesThatHoldNoPaths(t *testing.T) {
	scene := `"scene":{"start":[0.5,0.05],"goal":[0.5,0.95],"obstacle":[0.5,0.5,0.15]}`
	points := func(n int, of string) string {
		return `"points":[` + strings.TrimSuffix(strings.Repeat(of+",", n), ",") + `]`
	}
	file := func(paths string) string { return `{"format":"vaelab paths 1","paths":[` + paths + `]}` }
	good := func() string {
		var file bytes.Buffer
		if err := path.Write(&file, shown(t, path.Teacher{Scene: path.Standard()}, 1)); err != nil {
			t.Fatal(err)
		}
		return strings.Split(file.String(), "\n")[1]
	}()
	for name, c := range map[string]struct {
		text string
		path int
		want string
	}{
		"blank":              {" \n", 0, "it is empty"},
		"no JSON":            {"paths!", 0, "it is no JSON"},
		"a picture":          {"\x89PNG\r\n", 0, "it is no JSON"},
		"two files":          {file(good) + file(good), 0, "it is no JSON"},
		"another format":     {`{"format":"vaelab paths 2","paths":[]}`, 0, `its format is "vaelab paths 2", and this program reads "vaelab paths 1" only`},
		"another's JSON":     {`{"epochs": 3}`, 0, "its format is <nil>"},
		"a number as format": {`{"format": 1, "paths":[]}`, 0, "its format is 1"},
		"a list":             {`[1, 2]`, 0, "it is no JSON"},
		"words for numbers":  {file(`{` + scene + `,` + points(20, `["a","b"]`) + `}`), 0, "isn’t written as format"},
		"null for a number":  {file(`{` + scene + `,` + points(20, `[null,0.5]`) + `}`), 0, "null stands where a number must"},
		"too large a number": {file(`{` + scene + `,` + points(20, `[1e999,0.5]`) + `}`), 0, "isn’t written as format"},
		"no scene":           {file(good + `,{` + points(20, `[0.1,0.1]`) + `}`), 2, "demonstration 2: the start of its scene has 0 numbers"},
		"no radius":          {file(`{"scene":{"start":[0.5,0.05],"goal":[0.5,0.95],"obstacle":[0.5,0.5]},` + points(20, `[0.1,0.1]`) + `}`), 1, "the obstacle of its scene has 2 numbers, and must have 3"},
		"large radius":       {file(`{"scene":{"start":[0.5,0.05],"goal":[0.5,0.95],"obstacle":[0.5,0.5,0.5]},` + points(20, `[0.1,0.1]`) + `}`), 1, "Radius is 0.5"},
		"19 points":          {file(good + "," + good + `,{` + scene + `,` + points(19, `[0.1,0.1]`) + `}`), 3, "demonstration 3: the path has 19 points"},
		"three numbers":      {file(`{` + scene + `,` + points(20, `[0.1,0.1,0]`) + `}`), 1, "point 1 of its path has 3 numbers, and must have 2"},
		"outside":            {file(`{` + scene + `,` + points(20, `[0.1,1.1]`) + `}`), 1, "point 1 of the path is (0.1, 1.1): it lies outside"},
		"from elsewhere":     {file(`{` + scene + `,` + points(20, `[0.1,0.1]`) + `}`), 1, "must begin at the start"},
		"null for a path":    {file("null"), 1, "has 0 numbers"},
		"too long":           {file(good) + strings.Repeat(" ", 16<<20), 0, "more than the 16777216 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := path.Read(strings.NewReader(c.text))
			if list != nil {
				t.Errorf("it gives %d demonstrations", len(list))
			}
			if e := says[*path.FileError](t, err, c.want); e != nil && e.Path != c.path {
				t.Errorf("the error is about path %d, want %d", e.Path, c.path)
			}
		})
	}
	if list, err := path.Read(strings.NewReader(file(good))); err != nil || len(list) != 1 {
		t.Errorf("the good one gives %d, %v", len(list), err)
	}
}

// What can't be written leaves the file as it was, and errors name it.
func TestAFileStaysWhereWritingFails(t *testing.T) {
	name := filepath.Join(t.TempDir(), "paths.json")
	good := shown(t, path.Teacher{Scene: path.Standard()}, 2)
	if err := path.WriteFile(name, good); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(name)
	err := path.WriteFile(name, append(good, path.Demonstration{Scene: path.Standard()}))
	if e := says[*path.FileError](t, err, name+": demonstration 3: the path has 0 points"); e != nil && (e.Name != name || e.Path != 3) {
		t.Errorf("the error is about path %d of %s", e.Path, e.Name)
	}
	says[*path.PathError](t, err, "has 0 points")
	if after, _ := os.ReadFile(name); !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
	says[*path.FileError](t, path.WriteFile(filepath.Join(name, "below"), good), name)
	if _, err := path.ReadFile(name + ".not"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that isn't there gives %v", err)
	}
	says[*path.FileError](t, path.Write(full{}, good), "the disk is full")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
