package setup

import (
	"context"

	"vaelab/vaelib/words"
)

// apart is a step that makes a Python environment of its own under .vaelab, from the lock file of its name. The lab's
// stays as small as learners need it. With compile it is compiled at once, so that its first start is as quick as the next.
// Its products are told from its folder and from the one where its packages lie.
func (l Layout) apart(name, title string, p Python, compile bool, modules []string, products func(dir, lib string) []string) (*Step, error) {
	list, pins, err := l.pins(name + ".txt")
	if err != nil {
		return nil, err
	}
	dir := l.Under(name)
	return &Step{
		Name:     name,
		Title:    title,
		Inputs:   []string{l.Root, p.Path, p.Version, pins},
		Products: products(dir, p.packages(dir)),
		Check:    imports(pythonIn(dir), modules...),
		Make: func(ctx context.Context, log *Log) error {
			empty := func() error { return l.newEnvironment(ctx, log, p, dir) }
			if err := empty(); err != nil {
				return err
			}
			return l.fill(ctx, log, pythonIn(dir), list, compile, empty)
		},
	}, nil
}

// buildApart makes such an environment if it is missing. While another process does, it waits.
func (lab *Lab) buildApart(ctx context.Context, s *Step, what string, tell Teller) error {
	unlock, err := lab.lock(ctx, s.Name, func() { tell.Say(words.Say("Another vaelab is setting up %s: waiting until it is done.", what)) })
	if err != nil {
		return err
	}
	defer unlock()
	_, err = lab.runSteps(ctx, []*Step{s}, tell)
	return err
}
