package setup

import (
	"context"
	"path/filepath"
)

// OnnxRuntime makes an environment with what other people compute with, if it is missing, and gives its Python: onnxruntime and
// ONNX's own checker, and safetensors. The course needs none of it; its tests hold exported models against it.
func (lab *Lab) OnnxRuntime(ctx context.Context, tell Teller) (python string, err error) {
	return lab.others(ctx, tell, "onnxruntime", "onnxruntime, to hold models against", "onnxruntime needs Python, and there is none", "onnxruntime", "onnx", "safetensors.numpy")
}

// TableReaders makes an environment with pandas and DuckDB, if it is missing, and gives its Python. The course needs neither; its tests
// read a study's tables with them.
func (lab *Lab) TableReaders(ctx context.Context, tell Teller) (python string, err error) {
	return lab.others(ctx, tell, "tables", "pandas and DuckDB, to read tables with", "pandas and DuckDB need Python, and there is none", "pandas", "duckdb")
}

// others makes an environment apart, named as its list of packages, with what the course is held against. The first module tells whether
// it is there.
func (lab *Lab) others(ctx context.Context, tell Teller, name, title, lacking string, modules ...string) (python string, err error) {
	if lab.Host.Python.Path == "" {
		return "", &Failure{What: lacking, Do: "Install Python 3.10 or newer, with venv"}
	}
	s, err := lab.Layout.apart(name, title, lab.Host.Python, false, modules,
		func(dir, lib string) []string { return []string{filepath.Join(lib, modules[0]), pythonIn(dir)} })
	if err != nil {
		return "", err
	}
	return pythonIn(lab.Under(name)), lab.buildApart(ctx, s, name, tell)
}
