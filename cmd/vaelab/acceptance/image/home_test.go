package image

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// keepsNotebooks starts twice in one home: what a learner has written in a notebook is there the second time, and what is missing comes.
func (p podman) keepsNotebooks(t *testing.T, image string) {
	home := "own:/home/" + argument(t, "NB_USER")
	in := func(script string) string {
		stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--volume", home)("sh", "-c", script))
		if code != 0 {
			t.Fatalf("code %d\n%s", code, stderr)
		}
		return stdout
	}
	in("echo mine >notebooks/02_kl_divergence.ipynb && rm notebooks/03_train_vae.ipynb")
	switch got := in("cat notebooks/02_kl_divergence.ipynb; grep -c nbformat notebooks/03_train_vae.ipynb; find . -name '*.part'"); {
	case !strings.HasPrefix(got, "mine\n"):
		t.Errorf("the learner's notebook is %.80s", got)
	case strings.HasPrefix(got, "mine\n0"), !strings.HasPrefix(got, "mine\n1\n"), strings.Contains(got, ".part"):
		t.Errorf("the other notebooks: %s", got)
	}
}

// startsInFullHome has a home without room for a notebook: the container says so and does what it was asked for.
func (p podman) startsInFullHome(t *testing.T, image string) {
	stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--tmpfs", "/home/"+argument(t, "NB_USER")+":size=64k,mode=1777")(
		"sh", "-c", "echo here; find . -name '*.ipynb*' -size -2"))
	if code != 0 || stdout != "here\n" || !strings.Contains(stderr, "is the disk full?") {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
}
