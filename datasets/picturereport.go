package datasets

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// PictureReport says what became of the files of a folder. The zero value is that of a folder that has not been looked at.
type PictureReport struct {
	Dir         string
	Size        int          // of a side of the images, in pixels
	Train, Test int          // pictures to train on and to test on; 0 where there is no data set
	Classes     []ClassCount // in the order of their labels

	LeftOut []LeftOut      // what might have been meant as a picture: files in the order of their paths, behind folders
	Hidden  int            // files and folders whose names begin with a dot
	Others  map[string]int // files of other kinds, by ending: ".heic", ".txt"

	Cropped     int  // pictures that weren't square: their middle was taken
	Enlarged    int  // pictures that were smaller than the images
	Turned      int  // photographs that were set upright, as the camera has noted
	Transparent int  // pictures that have transparent parts, which became black
	Plain       int  // images that are of one tone all over
	Inverted    bool // dark was made light, since the caller wished so: nothing is guessed
	LightEdges  int  // images whose edge is rather light than dark, as paper is
}

// ClassCount is a class and how many pictures it has, those for testing included.
type ClassCount struct {
	Name     string
	Pictures int
}

// LeftOut is a file or a folder that gave no picture.
type LeftOut struct {
	Path string // below the folder
	Why  string // "it is a JPEG picture that is cut off"
}

func (l LeftOut) String() string { return shown(l.Path) + ": " + l.Why }

// describe notes what was done to a picture.
func (r *PictureReport) describe(p picture, size int) {
	for count, is := range map[*int]bool{
		&r.Cropped: p.cropped, &r.Enlarged: p.enlarged, &r.Turned: p.turned, &r.Transparent: p.transparent,
		&r.Plain: slices.Min(p.pixels) == slices.Max(p.pixels), &r.LightEdges: lightEdge(p.pixels, size),
	} {
		if is {
			*count++
		}
	}
}

// lightEdge reports whether the outermost pixels are, on average, nearer to white.
func lightEdge(pixels []uint8, size int) bool {
	sum, n := 0, 0
	for i, v := range pixels {
		if x, y := i%size, i/size; x == 0 || y == 0 || x == size-1 || y == size-1 {
			sum, n = sum+int(v), n+1
		}
	}
	return sum >= 128*n
}

// mostNamed is how many files, kinds or classes the report names.
const mostNamed = 10

// String is the report in a few lines: what there is, what was left out, what was passed over, and what was done.
func (r PictureReport) String() string {
	pictures := r.Train + r.Test
	lines := []string{fmt.Sprintf("%s of %d×%d pixels from %s: %s to train on, %s to test on.",
		words.Count(pictures, "picture", "pictures"), r.Size, r.Size, shown(r.Dir), words.Thousands(r.Train), words.Thousands(r.Test))}
	lines = append(lines, r.classes()...)
	lines = append(lines, r.passedOver()...)
	return strings.Join(append(lines, r.done()...), "\n")
}

func (r PictureReport) classes() []string {
	switch len(r.Classes) {
	case 0:
		return nil
	case 1:
		return []string{fmt.Sprintf("They are one class, %s. (Each subfolder with pictures would be one.)", shown(r.Classes[0].Name))}
	}
	var each []string
	lonely := 0
	for _, c := range r.Classes {
		each = append(each, shown(c.Name)+" "+words.Thousands(c.Pictures))
		if c.Pictures == 1 {
			lonely++
		}
	}
	line := fmt.Sprintf("They are %d classes: %s.", len(r.Classes), words.List(each, mostNamed))
	if lonely > 0 {
		line += " " + words.Count(lonely, "class has a single picture", "classes have a single picture") + ": it is trained on, and none is left to test on."
	}
	return []string{line}
}

// passedOver tells of files and folders that gave no picture.
func (r PictureReport) passedOver() (lines []string) {
	if n := len(r.LeftOut); n > 0 {
		lines = append(lines, "Left out: "+words.Thousands(n)+".")
		for _, l := range r.LeftOut[:min(n, mostNamed)] {
			lines = append(lines, "  - "+l.String())
		}
		if n > mostNamed {
			lines = append(lines, "  - and "+words.Thousands(n-mostNamed)+" more")
		}
	}
	var skipped []string
	if r.Hidden > 0 {
		skipped = append(skipped, words.Thousands(r.Hidden)+" hidden")
	}
	var kinds []string
	others := 0
	for _, ending := range slices.Sorted(maps.Keys(r.Others)) {
		n := r.Others[ending]
		others += n
		if ending == "" {
			ending = "no ending"
		}
		kinds = append(kinds, shown(ending)+" "+words.Thousands(n))
	}
	if others > 0 {
		skipped = append(skipped, fmt.Sprintf("%s neither .png nor .jpg nor .jpeg (%s)", words.Thousands(others), words.List(kinds, mostNamed)))
	}
	if skipped != nil {
		lines = append(lines, "Passed over: "+strings.Join(skipped, ", ")+".")
	}
	return lines
}

// done tells what was done to the pictures, and what was not.
func (r PictureReport) done() (lines []string) {
	size := fmt.Sprintf(" %d×%d", r.Size, r.Size)
	for _, did := range []struct {
		n            int
		one, several string
	}{
		{r.Cropped, "picture isn't square: its middle is taken.", "pictures aren't square: their middle is taken."},
		{r.Enlarged, "picture is smaller than" + size + ", and enlarged.", "pictures are smaller than" + size + ", and enlarged."},
		{r.Turned, "photograph is turned as its camera has noted.", "photographs are turned as their cameras have noted."},
		{r.Transparent, "picture is transparent in parts: they are black.", "pictures are transparent in parts: these are black."},
		{r.Plain, "picture is of one tone all over.", "pictures are of one tone all over."},
	} {
		if did.n > 0 {
			lines = append(lines, words.Count(did.n, did.one, did.several))
		}
	}
	taken := 0
	for _, c := range r.Classes {
		taken += c.Pictures
	}
	if taken == 0 {
		return lines
	}
	inverted := "Light and dark are as in the files"
	if r.Inverted {
		inverted = "Light and dark are inverted, as you wished"
	}
	edges := fmt.Sprintf("%s of %s now have light edges", words.Thousands(r.LightEdges), words.Thousands(taken))
	switch {
	case 2*r.LightEdges <= taken:
		return append(lines, inverted+".")
	case r.Inverted:
		return append(lines, inverted+"; but "+edges+": were they light on dark before? The course's pictures are.")
	}
	return append(lines, inverted+"; "+edges+". If they show dark things on light ground, invert them: the course's pictures are light on black.")
}

// shown is a name that keeps to its line.
func shown(name string) string {
	if quoted := strconv.Quote(name); name == "" || strings.Contains(quoted, `\`) {
		return quoted
	}
	return name
}

// PictureError says why a folder's pictures can't be a data set.
type PictureError struct {
	Dir    string
	What   string        // "there is no such folder"
	Report PictureReport // of what was found before

	cause error // of the file system
}

func (e *PictureError) Error() string {
	text := fmt.Sprintf("the folder %s can't be made a data set: %s", shown(e.Dir), e.What)
	for _, line := range e.Report.passedOver() {
		text += "\n" + line
	}
	return text
}

// Unwrap is what the file system says, if it was that.
func (e *PictureError) Unwrap() error { return e.cause }
