package datasets

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"vaelab/vaelib/words"
)

// A pictureFile is a file that, by its name, is a picture.
type pictureFile struct {
	path  string // in the folder
	class int    // index into the classes that were found
}

// foundPictures are the files of a folder, in the order of their paths, and the classes that they lie in.
type foundPictures struct {
	classes []string
	files   []pictureFile
}

// find looks for pictures in a folder and its subfolders, which are classes. Where no subfolder holds any, those in the folder
// itself are one class of the given name. What is passed over is in the report.
func (r *PictureReport) find(folder fs.FS, name string) (found foundPictures, err error) {
	own, subfolders, err := r.list(folder, ".")
	if err != nil {
		return found, err
	}
	for _, sub := range subfolders {
		files, deeper, err := r.list(folder, sub)
		switch {
		case err != nil:
			r.leaveOut(sub, words.Say("this folder can't be read: %v", cause(err)))
			continue
		case len(files) == 0:
			r.leaveOut(sub, words.Say("no pictures are in this folder"))
		default:
			for _, file := range files {
				found.files = append(found.files, pictureFile{file, len(found.classes)})
			}
			found.classes = append(found.classes, sub)
		}
		for _, deep := range deeper {
			r.leaveOut(deep, words.Say("this folder lies too deep: only the first subfolders are classes"))
		}
	}
	if len(found.classes) > 0 {
		for _, file := range own {
			r.leaveOut(file, words.Say("it lies beside the subfolders, which are the classes"))
		}
		return found, nil
	}
	found.classes = []string{name}
	for _, file := range own {
		found.files = append(found.files, pictureFile{path: file})
	}
	return found, nil
}

// list gives the paths of a folder's pictures and subfolders, each in sorted order, as fs.ReadDir has them.
func (r *PictureReport) list(folder fs.FS, dir string) (pictures, subfolders []string, err error) {
	entries, err := fs.ReadDir(folder, dir)
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		at, kind := path.Join(dir, entry.Name()), entry.Type()
		ending := strings.ToLower(path.Ext(entry.Name()))
		switch {
		case strings.HasPrefix(entry.Name(), "."):
			r.Hidden++
		case !utf8.ValidString(entry.Name()): // which fs.FS refuses
			r.leaveOut(at, words.Say("its name is not in UTF-8, and so can't be opened here: rename it"))
		case kind&fs.ModeSymlink != 0:
			r.leaveOut(at, words.Say("it is a symbolic link, and these are not followed"))
		case kind.IsDir():
			subfolders = append(subfolders, at)
		case !slices.Contains([]string{".png", ".jpg", ".jpeg"}, ending):
			r.skip(ending)
		case !kind.IsRegular():
			r.leaveOut(at, words.Say("it is no file, but a pipe or a device")) // reading it might wait for ever
		default:
			pictures = append(pictures, at)
		}
	}
	return pictures, subfolders, nil
}

// skip counts a file of another kind.
func (r *PictureReport) skip(ending string) {
	if r.Others == nil {
		r.Others = map[string]int{}
	}
	r.Others[ending]++
}

func (r *PictureReport) leaveOut(path, why string) {
	r.LeftOut = append(r.LeftOut, LeftOut{Path: path, Why: why})
}

// readFiles reads pictures on all cores, and gives them in the files' order.
func readFiles(ctx context.Context, folder fs.FS, files []pictureFile, o PictureOptions) ([]picture, error) {
	read := make([]picture, len(files))
	var next, done atomic.Int64
	var one sync.Mutex // large pictures
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(files) && ctx.Err() == nil; i = next.Add(1) - 1 {
				read[i] = readPicture(folder, files[i].path, o, &one)
				done.Add(1)
			}
		})
	}
	finished := make(chan struct{})
	go func() {
		workers.Wait()
		close(finished)
	}()
	for every := time.NewTicker(o.limits.silent); ; {
		select {
		case <-finished:
			every.Stop()
			return read, context.Cause(ctx)
		case <-every.C:
			if o.Progress != nil {
				fmt.Fprintln(o.Progress, words.Say("%d of %d pictures are read", done.Load(), len(files)))
			}
		}
	}
}
