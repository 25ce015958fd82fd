// Command xlainstall brings XLA's CPU plugin with GoMLX's own installer, where no pinned wheel fits the platform.
// The set-up runs it; it links GoMLX's installer so that cmd/vaelab need not.
package main

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/gomlx/go-xla/installer"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: xlainstall FOLDER")
		os.Exit(2)
	}
	if err := install(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		os.Exit(1)
	}
}

func install(folder string) error {
	if err := installer.CPUAutoInstall(folder, false, installer.Quiet); err != nil {
		return err
	}
	found, err := fs.Glob(os.DirFS(folder), "pjrt_c_api_cpu_plugin.*")
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("the installer left no plugin in %s", folder)
	}
	return err
}
