package image

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// podman keeps images and containers in a folder of the test's own, unless it is to use what it has. It builds with buildah, which it has
// in it.
//
// Steps are built without namespaces (--isolation chroot), and containers are run by runc with limits of their own: a sandbox in which
// tests run may allow no bridges, no higher limits, and only the older control groups, which crun refuses.
type podman struct {
	t       *testing.T
	folder  string
	storage []string
}

// newPodman looks for what a test builds with.
func newPodman(t *testing.T) podman {
	install(t, "podman", "runc", "mmdebstrap")
	folder := t.TempDir()
	p := podman{t, folder, append([]string{"--root", filepath.Join(folder, "store"), "--runroot", filepath.Join(folder, "run"),
		"--storage-driver", "overlay"}, runs...)}
	t.Cleanup(p.remove)
	return p
}

// usualPodman is podman as its user has it.
func usualPodman(t *testing.T) podman {
	install(t, "podman", "runc")
	return podman{t, t.TempDir(), runs}
}

// runs is how containers are run.
var runs = []string{"--cgroup-manager", "cgroupfs", "--runtime", "runc"}

// install brings tools of Debian's where they are missing and may be installed; else the test is skipped.
func install(t *testing.T, packages ...string) {
	var missing []string
	for _, name := range packages {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	switch apt, err := exec.LookPath("apt-get"); {
	case os.Geteuid() != 0:
		t.Skip("an image is built as root here, and this isn't root")
	case len(missing) == 0:
	case err != nil:
		t.Skipf("%s are missing here, and there is no apt-get to install them", strings.Join(missing, ", "))
	default:
		_ = exec.Command(apt, "update", "-qq").Run() // the lists that are there may do
		if out, err := exec.Command(apt, append([]string{"install", "-y", "-qq", "--no-install-recommends"}, missing...)...).CombinedOutput(); err != nil {
			t.Skipf("%s can't be installed: %v\n%s", strings.Join(missing, ", "), err, out)
		}
	}
}

// remove ends what runs and deletes what was built; the folder that the storage has mounted on itself could not be deleted before.
func (p podman) remove() {
	for _, args := range [][]string{{"rm", "--all", "--force"}, {"rmi", "--all", "--force"}} {
		if out, err := exec.Command("podman", append(p.storage, args...)...).CombinedOutput(); err != nil {
			p.t.Errorf("podman %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	_ = syscall.Unmount(filepath.Join(p.folder, "store", "overlay"), 0) // not every version mounts it
}

// command is a call of podman that ends with the test.
func (p podman) command(args ...string) *exec.Cmd {
	return exec.CommandContext(p.t.Context(), "podman", append(p.storage[:len(p.storage):len(p.storage)], args...)...)
}

// must runs podman and gives what it wrote to the standard output.
func (p podman) must(args ...string) string {
	p.t.Helper()
	stdout, stderr, code := labtest.Outcome(p.t, p.command(args...))
	if code != 0 {
		p.t.Fatalf("podman %s: code %d\n%s\n%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return strings.TrimSpace(stdout)
}

// base is Debian without anything, under a name that an image can be built from: from a registry where one is reached, else made of
// Debian's packages.
func (p podman) base(official string) string {
	if _, _, code := labtest.Outcome(p.t, p.command("pull", "--quiet", official)); code == 0 {
		return official
	}
	release := strings.TrimSuffix(official[strings.LastIndex(official, ":")+1:], "-slim")
	p.t.Logf("%s can't be had: Debian %s is made of its packages", official, release)
	archive := filepath.Join(p.folder, "base.tar")
	if out, err := exec.CommandContext(p.t.Context(), "mmdebstrap", "--variant=minbase", release, archive).CombinedOutput(); err != nil {
		p.t.Skipf("there is no Debian to build from: mmdebstrap: %v\n%s", err, out)
	}
	defer os.Remove(archive)
	p.must("import", "--quiet", archive, "localhost/base")
	return "localhost/base"
}

// run is the beginning of a call that runs the image, without a network.
func (p podman) run(image string, options ...string) func(command ...string) *exec.Cmd {
	args := append([]string{"run", "--network", "none", "--ulimit", "nofile=8192:8192", "--ulimit", "nproc=8192:8192"}, options...)
	return func(command ...string) *exec.Cmd {
		return p.command(append(append(args[:len(args):len(args)], image), command...)...)
	}
}

// head is the committed state of the clone, in a folder.
func head(t *testing.T) string {
	folder := t.TempDir()
	var archive bytes.Buffer
	git := exec.Command("git", "-C", labtest.Layout(t).Root, "archive", "HEAD")
	git.Stdout = &archive
	if err := git.Run(); err != nil {
		t.Skipf("the clone's history can't be read (git archive HEAD: %v)", err)
	}
	tar := exec.Command("tar", "-x", "-C", folder)
	tar.Stdin = &archive
	if out, err := tar.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder
}
