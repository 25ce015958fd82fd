package setup

import (
	"context"
	"maps"

	"vaelab/vaelib/engine/program"
)

// BuildTrainer builds the program that trains, where it is missing or older than its sources: the one that cells use.
func (lab *Lab) BuildTrainer(ctx context.Context, tell Teller) (string, error) {
	env := Environ(lab.TrainerEnv())
	path, ready, err := program.Find(lab.Root, env)
	if ready || err != nil {
		return path, err
	}
	_, err = lab.runSteps(ctx, []*Step{{
		Name: "vaetrain", Title: "The program that trains", Products: []string{path}, Always: true,
		Make: func(ctx context.Context, _ *Log) error {
			_, err := program.Ready(ctx, []string{lab.Host.Go.Path}, lab.Root, env)
			return err
		},
	}}, tell)
	return path, err
}

// TrainerEnv is the environment in which the trainer is built and run: as a cell's, so that both share what is
// compiled.
func (lab *Lab) TrainerEnv() map[string]string {
	env := maps.Clone(lab.CellEnv(lab.Host, lab.Backend))
	delete(env, "PATH")
	return env
}
