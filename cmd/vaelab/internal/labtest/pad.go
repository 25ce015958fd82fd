package labtest

// PadCell has its reader draw demonstrations, and says then what the file has.
const PadCell = `import (
	"vaelab/vaelib/lab"
	"vaelab/vaelib/path"
	"vaelab/vaelib/show"
)

%%
show.Check(lab.Demonstrate(path.Standard()))
all := show.Must(lab.Demonstrations(path.Standard()))
fmt.Printf("in the file: %d, the first on the left: %t\n", len(all), all[0].Scene.Left(all[0].Path))`
