package setup

import (
	"context"
	"path/filepath"
)

// OnnxRuntime makes an environment with what other people compute with, if it is missing, and gives its Python: onnxruntime and
// ONNX's own checker, and safetensors. The course needs none of it; its tests hold exported models against it.
func (lab *Lab) OnnxRuntime(ctx context.Context, tell Teller) (python string, err error) {
	if lab.Host.Python.Path == "" {
		return "", &Failure{What: "onnxruntime needs Python, and there is none", Do: "Install Python 3.10 or newer, with venv"}
	}
	s, err := lab.Layout.apart("onnxruntime", "onnxruntime, to hold models against", lab.Host.Python, false, []string{"onnx", "onnxruntime", "safetensors.numpy"},
		func(dir, lib string) []string { return []string{filepath.Join(lib, "onnxruntime"), pythonIn(dir)} })
	if err != nil {
		return "", err
	}
	return pythonIn(lab.Under("onnxruntime")), lab.buildApart(ctx, s, "onnxruntime", tell)
}
