package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// apart is a step that makes a Python environment of its own under .vaelab, from the lock file of its name. The lab's
// stays as small as learners need it. Its products are told from its folder and from
// the one where its packages lie.
func (l Layout) apart(name, title string, p Python, modules []string, products func(dir, lib string) []string) (*Step, error) {
	list := l.lockFile(name + ".txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	lib, err := filepath.Rel(l.Venv(), l.sitePackages(p))
	if err != nil {
		return nil, err
	}
	dir := l.Under(name)
	return &Step{
		Name:     name,
		Title:    title,
		Inputs:   []string{l.Root, p.Path, p.Version, string(pins)},
		Products: products(dir, filepath.Join(dir, lib)),
		Check:    imports(filepath.Join(dir, "bin", "python"), modules...),
		Make: func(ctx context.Context, log *Log) error {
			if err := log.run(ctx, l.Root, Environ(nil), p.Path, "-I", "-m", "venv", "--clear", dir); err != nil {
				return err
			}
			return l.pipOf(ctx, log, filepath.Join(dir, "bin", "python"), "install", "-r", list)
		},
	}, nil
}

// buildApart makes such an environment if it is missing. While another process does, it waits.
func (lab *Lab) buildApart(ctx context.Context, s *Step, what string, tell Teller) error {
	unlock, err := lab.lock(ctx, s.Name, func() { tell.Say("Another vaelab is setting up " + what + ": waiting until it is done.") })
	if err != nil {
		return err
	}
	defer unlock()
	_, err = lab.runSteps(ctx, []*Step{s}, tell)
	return err
}
