package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/claim"
	"vaelab/vaelib/words"
)

// claimsFlags are the flags of claims.
type claimsFlags struct {
	write   bool
	seeds   int
	backend backendFlag
}

func (x *claimsFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.write, "write", false, words.Text("write what was measured into the text and the files of claims"))
	f.IntVar(&x.seeds, "seeds", 0, words.Text("add `N` to every seed of the settings, to see how far the claims' numbers vary"))
	x.backend.declare(f)
}

// claims executes notebooks with the full budget, and holds what their texts claim against what their cells show.
func claims(ctx context.Context, layout setup.Layout, args []string) error {
	var x claimsFlags
	names, err := parse("claims", &x, args)
	if err != nil {
		return err
	}
	pairs, err := notebook.Pairs(layout.Notebooks())
	if err != nil {
		return err
	}
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: true}, newConsole())
	if err != nil {
		return err
	}
	env, err := made.Unattended(made.JupyterEnv())
	if err != nil {
		return err
	}
	untrue := 0
	for i, p := range pairs {
		number := fmt.Sprintf("%02d", i+1)
		asked := func(name string) bool { return strings.HasPrefix(filepath.Base(name), number) }
		if len(names) > 0 && !slices.ContainsFunc(names, asked) {
			continue
		}
		faults, err := claimsOf(ctx, layout, p, i+1, x, env)
		if err != nil {
			return err
		}
		untrue += len(faults)
		for _, fault := range faults {
			fmt.Printf("  ✗ %s: %s\n", number, fault)
		}
	}
	if untrue > 0 {
		return fmt.Errorf("%s what cells show", words.Count(untrue, "sentence is not", "sentences are not"))
	}
	return nil
}

// claimsFile is where it stands what a notebook claims.
func claimsFile(layout setup.Layout, number int) string {
	return filepath.Join(layout.Root, "vaelib", "claim", filepath.FromSlash(claim.File(number)))
}

// claimsAbout are what a notebook claims, by its file, and the notebook with solutions, whose text claims it.
func claimsAbout(layout setup.Layout, p notebook.Pair, number int) (file *claim.Book, source *notebook.Book, err error) {
	path := claimsFile(layout, number)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	if file, err = claim.Read(text); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	source, err = notebook.Read(p.Source)
	return file, source, err
}

// claimsOf executes one notebook.
func claimsOf(ctx context.Context, layout setup.Layout, p notebook.Pair, number int, x claimsFlags, env []string) (faults []string, err error) {
	file, source, err := claimsAbout(layout, p, number)
	if err != nil {
		return nil, err
	}
	work := layout.Under("claims", fmt.Sprintf("seeds+%d", x.seeds))
	record := filepath.Join(work, fmt.Sprintf("%02d.jsonl", number))
	if err := os.MkdirAll(work, 0o755); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(record); err != nil {
		return nil, err
	}
	run := p.Source
	if x.seeds != 0 {
		other, trains := source.Reseeded(filepath.Join(work, "other", filepath.Base(p.Source)), x.seeds)
		if !trains {
			return nil, nil
		}
		if err := os.MkdirAll(filepath.Dir(other.Path), 0o755); err != nil {
			return nil, err
		}
		if err := other.Save(); err != nil {
			return nil, err
		}
		run = other.Path
	}
	r, err := notebook.Execute(ctx, run, notebook.Options{Python: layout.Python(), Out: work, Timeout: time.Hour,
		Env: append(env, claim.RecordEnv+"="+record, "VAELAB_BUDGET=full")}, newConsole().cell(run))
	if err != nil {
		return nil, err
	}
	values, err := notebook.Recorded(record)
	if err != nil {
		return nil, err
	}
	executed, err := notebook.Read(r.Copy)
	if err != nil {
		return nil, err
	}
	pictures, err := executed.Pictures()
	if err != nil {
		return nil, err
	}
	fmt.Printf("%s: %s and %s, executed in %s\n", filepath.Base(run), words.Count(len(file.Claims), "claim", "claims"),
		words.Count(len(file.Looks), "look", "looks"), words.Duration(r.Took))
	for _, c := range file.Claims {
		if list := values[c.Name]; len(list) > 0 {
			fmt.Printf("  %-28s %10.4g   %s   “%s”\n", c.Name, list[len(list)-1], c.Bounds(), c.Says)
		}
	}
	if x.write {
		if err := write(claimsFile(layout, number), file, source, x.seeds, values, pictures); err != nil {
			return nil, err
		}
		if _, err := p.Write(); err != nil {
			return nil, err
		}
	}
	if x.seeds != 0 {
		file.Looks = nil // other seeds, other pictures
		file.Claims = slices.DeleteFunc(file.Claims, func(c claim.Claim) bool { return c.Alone })
	}
	return notebook.Untrue(file, values, pictures), nil
}

// write puts what was measured into the file of claims and, with the course's own seeds, into the text.
func write(path string, file *claim.Book, source *notebook.Book, seeds int, values map[string][]float64, pictures map[string][]string) error {
	if seeds == 0 {
		for _, c := range file.Claims {
			if list := values[c.Name]; len(list) > 0 {
				source.Renew(c.Name, list[len(list)-1])
			}
		}
		if err := source.Save(); err != nil {
			return err
		}
	}
	source.Quote(file)
	for i := range file.Claims {
		c := &file.Claims[i]
		list := values[c.Name]
		switch {
		case len(list) == 0:
		case seeds == 0:
			c.Then = new(rounded(list[len(list)-1]))
		default:
			if c.Others == nil {
				c.Others = map[string]float64{}
			}
			c.Others[fmt.Sprintf("seeds + %d", seeds)] = rounded(list[len(list)-1])
		}
	}
	for i := range file.Looks {
		l := &file.Looks[i]
		if shown := pictures[l.Cell]; seeds == 0 && l.Signature == "" && l.Picture < len(shown) {
			l.Signature = shown[l.Picture] // of the picture that its author has looked at
		}
	}
	return os.WriteFile(path, file.Bytes(), 0o644)
}

// rounded keeps four significant digits: more differ from machine to machine.
func rounded(x float64) (y float64) {
	_, _ = fmt.Sscan(fmt.Sprintf("%.4g", x), &y)
	return y
}
