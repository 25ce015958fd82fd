package notebook

import (
	"encoding/json"
	"fmt"
	"os"
)

// Wiring is the first code cell of the course's notebooks: it tells the kernel where the course's packages are.
const Wiring = `!*go mod edit -replace "vaelab=${VAELAB_ROOT:-$(go -C "${GONB_DIR}" list -m -f '{{.Dir}}' vaelab)}" -require vaelab@v0.0.0`

// Write writes a notebook of code cells for the course's kernel.
func Write(path string, sources ...string) error {
	type object = map[string]any
	var cells []object
	for i, source := range sources {
		cells = append(cells, object{"cell_type": "code", "id": fmt.Sprint("c", i), "metadata": object{},
			"execution_count": nil, "outputs": []any{}, "source": source})
	}
	text, err := json.Marshal(object{"cells": cells, "nbformat": 4, "nbformat_minor": 5,
		"metadata": object{"kernelspec": object{"name": "gonb", "display_name": "Go (gonb)", "language": "go"}}})
	if err == nil {
		err = os.WriteFile(path, text, 0o644)
	}
	if err != nil {
		return fmt.Errorf("the notebook can't be written: %w", err)
	}
	return nil
}
