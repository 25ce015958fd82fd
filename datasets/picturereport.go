package datasets

import (
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

func (l LeftOut) String() string { return words.Say("%s: %s", shown(l.Path), l.Why) }

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
	lines := []string{words.Say("%s of %d×%d pixels from %s: %s to train on, %s to test on.",
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
		return []string{words.Say("They are one class, %s. (Each subfolder with pictures would be one.)", shown(r.Classes[0].Name))}
	}
	var each []string
	lonely := 0
	for _, c := range r.Classes {
		each = append(each, shown(c.Name)+" "+words.Thousands(c.Pictures))
		if c.Pictures == 1 {
			lonely++
		}
	}
	line := words.Say("They are %d classes: %s.", len(r.Classes), words.List(each, mostNamed))
	if lonely > 0 {
		line = words.Sentences(line, words.Count(lonely, "class has a single picture: it is trained on, and none is left to test on.",
			"classes have a single picture: it is trained on, and none is left to test on."))
	}
	return []string{line}
}

// passedOver tells of files and folders that gave no picture.
func (r PictureReport) passedOver() (lines []string) {
	if n := len(r.LeftOut); n > 0 {
		lines = append(lines, words.Say("Left out: %s.", words.Thousands(n)))
		for _, l := range r.LeftOut[:min(n, mostNamed)] {
			lines = append(lines, "  - "+l.String())
		}
		if n > mostNamed {
			lines = append(lines, "  - "+words.Say("and %s more", words.Thousands(n-mostNamed)))
		}
	}
	var skipped []string
	if r.Hidden > 0 {
		skipped = append(skipped, words.Say("%s hidden", words.Thousands(r.Hidden)))
	}
	var kinds []string
	others := 0
	for _, ending := range slices.Sorted(maps.Keys(r.Others)) {
		n := r.Others[ending]
		others += n
		if ending == "" {
			ending = words.Say("no ending")
		}
		kinds = append(kinds, shown(ending)+" "+words.Thousands(n))
	}
	if others > 0 {
		skipped = append(skipped, words.Say("%s neither .png nor .jpg nor .jpeg (%s)", words.Thousands(others), words.List(kinds, mostNamed)))
	}
	if skipped != nil {
		lines = append(lines, words.Say("Passed over: %s.", strings.Join(skipped, words.Say(", "))))
	}
	return lines
}

// done tells what was done to the pictures, and what was not.
func (r PictureReport) done() (lines []string) {
	for _, did := range []struct {
		n    int
		says string
	}{
		{r.Cropped, words.Count(r.Cropped, "picture isn't square: its middle is taken.", "pictures aren't square: their middle is taken.")},
		{r.Enlarged, r.enlarged()},
		{r.Turned, words.Count(r.Turned, "photograph is turned as its camera has noted.", "photographs are turned as their cameras have noted.")},
		{r.Transparent, words.Count(r.Transparent, "picture is transparent in parts: they are black.", "pictures are transparent in parts: these are black.")},
		{r.Plain, words.Count(r.Plain, "picture is of one tone all over.", "pictures are of one tone all over.")},
	} {
		if did.n > 0 {
			lines = append(lines, did.says)
		}
	}
	taken := 0
	for _, c := range r.Classes {
		taken += c.Pictures
	}
	if taken == 0 {
		return lines
	}
	return append(lines, r.tones(taken))
}

func (r PictureReport) enlarged() string {
	if r.Enlarged == 1 {
		return words.Say("1 picture is smaller than %d×%d, and enlarged.", r.Size, r.Size)
	}
	return words.Say("%s pictures are smaller than %d×%d, and enlarged.", words.Thousands(r.Enlarged), r.Size, r.Size)
}

// tones tells what became of light and dark, and whether that looks right.
func (r PictureReport) tones(taken int) string {
	edges, all, many := words.Thousands(r.LightEdges), words.Thousands(taken), 2*r.LightEdges > taken
	switch {
	case r.Inverted && many:
		return words.Say("Light and dark are inverted, as you wished; but %s of %s now have light edges: were they light on dark before? "+
			"The course's pictures are.", edges, all)
	case r.Inverted:
		return words.Say("Light and dark are inverted, as you wished.")
	case many:
		return words.Say("Light and dark are as in the files; %s of %s now have light edges. "+
			"If they show dark things on light ground, invert them: the course's pictures are light on black.", edges, all)
	}
	return words.Say("Light and dark are as in the files.")
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
	text := words.Say("the folder %s can't be made a data set: %s", shown(e.Dir), e.What)
	for _, line := range e.Report.passedOver() {
		text += "\n" + line
	}
	return text
}

// Unwrap is what the file system says, if it was that.
func (e *PictureError) Unwrap() error { return e.cause }
