package datasets

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"vaelab/vaelib/words"
)

// A taken picture is one that comes into the data set.
type taken struct {
	pixels []uint8
	class  int
	key    [sha256.Size]byte // by which pictures are put in order: it mixes them, and depends on nothing but them and the seed
}

// take chooses what comes into the data set, in the files' order: each image once. Two files are the same picture when their
// images are, since a model can't tell them apart; if both stayed, one might be trained on and the other tested on.
func (r *PictureReport) take(files []pictureFile, read []picture, o PictureOptions) (list []taken) {
	first := map[[sha256.Size]byte]int{}
	for i, p := range read {
		if p.why != "" {
			r.leaveOut(files[i].path, p.why)
			continue
		}
		t := taken{pixels: p.pixels, class: files[i].class, key: sha256.Sum256(binary.BigEndian.AppendUint64(slices.Clone(p.pixels), o.Seed))}
		if at, twice := first[t.key]; twice {
			why := words.Say("at %d×%d it is the same picture as %s", o.Size, o.Size, shown(files[at].path))
			if files[at].class != files[i].class {
				why = words.Say("at %d×%d it is the same picture as %s, which is of another class", o.Size, o.Size, shown(files[at].path))
			}
			r.leaveOut(files[i].path, why)
			continue
		}
		first[t.key] = i
		list = append(list, t)
		r.describe(p, o.Size)
	}
	return list
}

// inUse drops classes of which nothing was taken, and numbers the others anew.
func inUse(classes []string, list []taken) (used []string) {
	number := make([]int, len(classes))
	for _, t := range list {
		number[t.class] = 1
	}
	for i, name := range classes {
		if number[i] > 0 {
			number[i] = len(used)
			used = append(used, name)
		}
	}
	for i := range list {
		list[i].class = number[list[i].class]
	}
	return used
}

func counts(classes []string, list []taken) []ClassCount {
	of := make([]ClassCount, len(classes))
	for i, name := range classes {
		of[i].Name = name
	}
	for _, t := range list {
		of[t.class].Pictures++
	}
	return of
}

// divide puts the pictures in the order of their keys, and keeps the first of each class for testing. So it is the same
// division whatever the files are called, and a picture more or less moves few of the others.
func divide(list []taken, o PictureOptions) (train, test []taken) {
	slices.SortFunc(list, func(a, b taken) int { return bytes.Compare(a.key[:], b.key[:]) })
	kept := map[int]int{} // for testing, by class
	for _, t := range list {
		kept[t.class]++
	}
	for class, n := range kept {
		kept[class] = forTesting(n, o.Test)
	}
	for _, t := range list {
		if kept[t.class] > 0 {
			kept[t.class]--
			test = append(test, t)
		} else {
			train = append(train, t)
		}
	}
	return train, test
}

// forTesting is how many of a class's n pictures are kept for testing: the share, but one at least, and never all.
func forTesting(n int, share float64) int {
	return min(n-1, max(1, int(math.Round(share*float64(n)))))
}

// imagesOf are the pictures as a set.
func imagesOf(list []taken, classes []string, size int) Images {
	s := Images{Width: size, Height: size, Classes: slices.Clone(classes),
		Pixels: make([]uint8, 0, len(list)*size*size), Labels: make([]uint8, 0, len(list))}
	for _, t := range list {
		s.Pixels = append(s.Pixels, t.pixels...)
		s.Labels = append(s.Labels, uint8(t.class))
	}
	return s
}
