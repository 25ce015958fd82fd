package setup

import (
	"context"
	"maps"
	"unicode"
	"unicode/utf8"

	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// Build builds one of the programs that link GoMLX, where it is missing or older than its sources.
func (lab *Lab) Build(ctx context.Context, p program.Program, tell Teller) (string, error) {
	env := Environ(lab.TrainerEnv())
	path, ready, err := p.Find(lab.Root, env)
	if ready || err != nil {
		return path, err
	}
	_, err = lab.runSteps(ctx, []*Step{{
		Name: p.Name, Title: title(p), Products: []string{path}, Always: true,
		Make: func(ctx context.Context, _ *Log) error {
			_, err := p.Ready(ctx, []string{lab.Host.Go.Path}, lab.Root, env)
			return err
		},
	}}, tell)
	return path, err
}

// title is what a program is, as the beginning of a line.
func title(p program.Program) string {
	says := words.Text(p.Words)
	first, size := utf8.DecodeRuneInString(says)
	return string(unicode.ToUpper(first)) + says[size:]
}

// TrainerEnv is the environment in which such programs are built and run: as a cell's, so that both share what is
// compiled.
func (lab *Lab) TrainerEnv() map[string]string {
	env := maps.Clone(lab.CellEnv(lab.Host, lab.Backend))
	delete(env, "PATH")
	return env
}
