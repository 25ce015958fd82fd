package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"vaelab/datasets"
	"vaelab/vaelib/words"
)

// ownPictures are the flags about a folder of the caller's own pictures.
type ownPictures struct {
	dir          string
	options      datasets.PictureOptions
	named, batch bool // whether -pictures and -batch are given
}

func (p *ownPictures) declare(f *flag.FlagSet) {
	f.StringVar(&p.dir, "pictures", "", words.Text("`folder` of your own PNG and JPEG files, in the place of -data; its subfolders are classes. See docs/own-pictures.md"))
	f.IntVar(&p.options.Size, "size", datasets.DefaultSide, words.Text("of -pictures: pixels on each side, to which they are cropped and scaled"))
	f.BoolVar(&p.options.Invert, "invert", false, words.Text("of -pictures: make light what is dark, for dark drawings on white paper"))
}

// check reports flags that don't go together.
func (p *ownPictures) check(f *flag.FlagSet) error {
	given := map[string]bool{}
	f.Visit(func(f *flag.Flag) { given[f.Name] = true })
	p.named, p.batch = given["pictures"], given["batch"]
	for _, name := range []string{"data", "data-dir"} {
		if p.named && given[name] {
			return words.Errorf("-pictures and -%s each name what to train on: give one of them", name)
		}
	}
	for _, name := range []string{"size", "invert"} {
		if !p.named && given[name] {
			return words.Errorf("-%s is about pictures of your own: name their folder with -pictures", name)
		}
	}
	wrong := (*datasets.OptionError)(nil)
	switch err := p.options.Validate(); {
	case errors.As(err, &wrong):
		return words.Errorf("-size is %v: %s", wrong.Value, wrong.Want)
	case p.options.Size == 0: // the package's way to ask for the usual size
		return words.Errorf("-size is 0: choose %d, or what you wish", datasets.DefaultSide)
	}
	return nil
}

// open brings in the data, and says what became of pictures. A batch that nobody has asked for is made no larger than they allow.
func (s *settings) open(ctx context.Context) (datasets.Dataset, error) {
	if !s.pictures.named {
		return datasets.Load(ctx, s.data, datasets.Options{Dir: s.dir, Progress: os.Stderr})
	}
	s.pictures.options.Progress = os.Stderr
	data, report, err := datasets.Pictures(ctx, s.pictures.dir, s.pictures.options)
	if err != nil {
		return data, err
	}
	fmt.Println(report)
	if n := data.Train.Len(); !s.pictures.batch && n < s.config.Batch {
		fmt.Println(words.Say("Note: each step takes all %s, since they are fewer than %d. A smaller -batch makes more steps.",
			words.Count(n, "training picture", "training pictures"), s.config.Batch))
		s.config.Batch = n
	}
	return data, nil
}
