package setup

import (
	"context"
	"path/filepath"
)

// TableReaders makes an environment with pandas and DuckDB, if it is missing, and gives its Python. The course needs neither; its tests
// read a study's tables with them.
func (lab *Lab) TableReaders(ctx context.Context, tell Teller) (python string, err error) {
	if lab.Host.Python.Path == "" {
		return "", &Failure{What: "pandas and DuckDB need Python, and there is none", Do: "Install Python 3.10 or newer, with venv"}
	}
	s, err := lab.Layout.apart("tables", "pandas and DuckDB, to read tables with", lab.Host.Python, false, []string{"pandas", "duckdb"},
		func(dir, lib string) []string { return []string{filepath.Join(lib, "pandas"), pythonIn(dir)} })
	if err != nil {
		return "", err
	}
	return pythonIn(lab.Under("tables")), lab.buildApart(ctx, s, "tables", tell)
}
