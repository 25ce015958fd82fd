package setup

import (
	"context"
	"maps"
	"path/filepath"
)

// BuildTrainer builds the program that trains. Whether anything needs compiling is for Go's own cache to say, so it
// is built each time; where all is cached, that takes a second.
func (lab *Lab) BuildTrainer(ctx context.Context, tell Teller) (string, error) {
	program := filepath.Join(lab.Bin(), "vaetrain")
	env := lab.TrainerEnv()
	s := &Step{
		Name: "vaetrain", Title: "The program that trains", Products: []string{program}, Always: true,
		Make: func(ctx context.Context, log *Log) error {
			return log.run(ctx, lab.Root, Environ(env), lab.Host.Go.Path, "build", "-o", program, "./cmd/vaetrain")
		},
	}
	// Building beside a running trainer, or twice at once, must not harm: go build replaces the file.
	_, err := lab.runSteps(ctx, []*Step{s}, tell)
	return program, err
}

// TrainerEnv is the environment in which the trainer is built and run: as a cell's, so that both share what is
// compiled.
func (lab *Lab) TrainerEnv() map[string]string {
	env := maps.Clone(lab.CellEnv(lab.Host, lab.Backend))
	delete(env, "PATH")
	return env
}
