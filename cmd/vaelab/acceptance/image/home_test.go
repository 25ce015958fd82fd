package image

import (
	"os"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// keepsNotebooks starts twice in one home: what a learner has written in a notebook is there the second time, and what is missing comes.
// The home is another disk, as Kubernetes mounts it: root's, for a group in which the container is, too.
func (p podman) keepsNotebooks(t *testing.T, image string) {
	const group = "100"
	folder := t.TempDir()
	if err := os.Chown(folder, 0, 100); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o775|os.ModeSetgid); err != nil {
		t.Fatal(err)
	}
	in := func(script string) string {
		stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--group-add", group, "--volume", folder+":/home/"+argument(t, "NB_USER"))(
			"sh", "-c", script))
		if code != 0 || stderr != "" {
			t.Fatalf("code %d\n%s", code, stderr)
		}
		return stdout
	}
	in("echo mine >notebooks/02_kl_divergence.ipynb && rm notebooks/03_train_vae.ipynb")
	if got := in("find . -path '*solution*'"); got != "" {
		t.Errorf("a learner's home has solutions:\n%s", got)
	}
	if got := in("cat notebooks/02_kl_divergence.ipynb; grep -q nbformat notebooks/03_train_vae.ipynb && echo whole; find . -name '*.part'"); got != "mine\nwhole\n" {
		t.Errorf("the second time there is\n%s", got)
	}
}

// startsInFullHome has a home without room for a notebook: the container says so and does what it was asked for.
func (p podman) startsInFullHome(t *testing.T, image string) {
	stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--tmpfs", "/home/"+argument(t, "NB_USER")+":size=64k,mode=1777")(
		"sh", "-c", "echo here; find . -name '*.ipynb*'"))
	if code != 0 || stdout != "here\n" || !strings.Contains(stderr, "is the disk full?") {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
}
