package image

import (
	"os"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// anybody is a user id that the image has never heard of, in a group that it has never heard of: it can't write the home.
const anybody = "12345:12345"

// imageEnv names an image of podman's that was built from the same sources. Without, the test builds one, which takes long.
const imageEnv = "VAELAB_IMAGE"

// TestImage builds the image from what is committed and runs it as hubs, Binder and a machine of one's own do, without a network.
func TestImage(t *testing.T) {
	labtest.Long(t)
	p, image := built(t)
	t.Run("sizes", func(t *testing.T) { p.sizes(t, image) })
	for _, user := range []struct {
		name    string
		options []string
	}{
		{"learner", nil},
		{"any id, root's group", []string{"--user", "12345:0"}},
		{"any id, nothing but the temporary folder", []string{"--user", anybody, "--read-only"}},
	} {
		t.Run(user.name, func(t *testing.T) {
			t.Run("notebook 02", func(t *testing.T) { p.executes(t, image, user.options, "02_kl_divergence.ipynb") })
			t.Run("notebook 03", func(t *testing.T) { p.executes(t, image, user.options, "03_train_vae.ipynb") })
		})
	}
	t.Run("JupyterLab", func(t *testing.T) { p.answers(t, image) })
	t.Run("JupyterLab as anybody", func(t *testing.T) { p.answers(t, image, "--user", anybody, "--unsetenv", "HOME") })
	t.Run("Binder's command", func(t *testing.T) { p.knows(t, image, "jupyter", "notebook", "--version") })
	t.Run("nbgrader", func(t *testing.T) { p.knows(t, image, "nbgrader", "--version") })
	t.Run("a hub's command", func(t *testing.T) { hub(t); p.knows(t, image, "jupyterhub-singleuser", "--version") })
	t.Run("on a hub", func(t *testing.T) { hub(t); p.spawns(t, image) })
	t.Run("a notebook of one's own stays", func(t *testing.T) { p.keepsNotebooks(t, image) })
	t.Run("a full home", func(t *testing.T) { p.startsInFullHome(t, image) })
}

// built is the image.
func built(t *testing.T) (podman, string) {
	if named := os.Getenv(imageEnv); named != "" {
		return usualPodman(t), named
	}
	source := head(t)
	p := newPodman(t)
	begin := time.Now()
	image := p.build(source)
	t.Logf("built in %v: %d MB", time.Since(begin).Round(time.Second), p.megabytes(image))
	t.Run("nothing of the builder's", func(t *testing.T) { p.keepsNothing(t, image) })
	return p, image
}

// hub skips what needs JupyterHub as long as the environment of a class is pinned without it.
func hub(t *testing.T) {
	if !strings.Contains(read(t, "cmd/vaelab/internal/setup/pins/nbgrader.txt"), "\njupyterhub==") {
		t.Skip("the pinned packages have no JupyterHub")
	}
}
