package main

import (
	"encoding/json"
	"syscall/js"

	"vaelab/cmd/internal/cells"
	"vaelab/vaelib/words"
)

func main() {
	var notebook *cells.Notebook
	var program *cells.Program
	answer := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			return "{}" // all that is asked for are texts, lists and maps of them
		}
		return string(text)
	}
	js.Global().Set("vaecells", map[string]any{
		"packages": js.FuncOf(func(_ js.Value, args []js.Value) any {
			var packages cells.Packages
			if err := json.Unmarshal([]byte(args[0].String()), &packages); err != nil {
				return err.Error()
			}
			notebook = cells.New(packages)
			return ""
		}),
		"words": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if err := words.Speak(args[0].String(), []byte(args[1].String())); err != nil {
				return err.Error()
			}
			return ""
		}),
		"cell": js.FuncOf(func(_ js.Value, args []js.Value) any {
			made, err := notebook.Cell(args[0].Int(), args[1].String())
			if err != nil {
				return answer(map[string]string{"error": err.Error()})
			}
			program = made
			return answer(map[string]any{"source": made.Source, "imports": made.Imports, "args": made.Args, "env": made.Env, "runs": made.Runs, "said": made.Said})
		}),
		"keep": js.FuncOf(func(js.Value, []js.Value) any {
			notebook.Keep(program)
			return nil
		}),
		"tell": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if program == nil {
				return args[0]
			}
			return program.Tell(args[0].String())
		}),
		"complete": js.FuncOf(func(_ js.Value, args []js.Value) any {
			matches, shared := notebook.Complete(args[0].String())
			return answer(map[string]any{"matches": matches, "shared": shared})
		}),
	})
	select {}
}
