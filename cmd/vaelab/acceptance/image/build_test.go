package image

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// builder is a word by which the image is searched for what the builder has said of where packages come from.
const builder = "builder.invalid"

// build builds the image. What this machine says of where packages come from, and whom to trust for them, goes along.
func (p podman) build(source string) string {
	const image = "localhost/vaelab"
	args := []string{"build", "--quiet", "--layers=false", "--isolation", "chroot", "--network", "host", "--tag", image,
		"--build-arg", "BASE=" + p.base(argument(p.t, "BASE"))}
	for _, name := range []string{"GOPROXY", "GOSUMDB", "PIP_INDEX_URL"} {
		value := os.Getenv(name)
		if out, err := exec.Command("go", "env", name).Output(); err == nil && name != "PIP_INDEX_URL" {
			value = strings.TrimSpace(string(out))
		}
		if name == "GOPROXY" {
			value += ",https://" + builder // is asked last, for what isn't there
		}
		if value != "" {
			args = append(args, "--build-arg", name+"="+value)
		}
	}
	if trusted := os.Getenv("SSL_CERT_FILE"); trusted != "" {
		const inside = "/run/" + builder + "/certificates.pem"
		args = append(args, "--volume", trusted+":"+inside+":ro", "--build-arg", "SSL_CERT_FILE="+inside, "--build-arg", "PIP_CERT="+inside)
	}
	p.must(append(args, "--file", source+"/Containerfile", source)...)
	return image
}

// keepsNothing looks for where the builder had packages from.
func (p podman) keepsNothing(t *testing.T, image string) {
	if config := p.must("image", "inspect", "--format", "{{json .Config}}", image); strings.Contains(config, builder) {
		t.Errorf("the image's settings have it: %s", config)
	}
	stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--user", "0", "--entrypoint", "grep")(
		"-rlI", builder, "/etc", "/home", "/root", "/opt/vaelab/.vaelab", "/usr/local", "/var"))
	if code != 1 { // nothing found
		t.Errorf("grep: code %d\n%s\n%s", code, stdout, stderr)
	}
}

// sizes are for whoever reads the test with -v.
func (p podman) sizes(t *testing.T, image string) {
	stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm", "--user", "0", "--entrypoint", "sh")("-c",
		"for part in / /usr /usr/local/go /opt/vaelab/.vaelab/* /opt/vaelab/.vaelab/class/*; do du -xsm $part; done | sort -rn"))
	if code != 0 {
		t.Errorf("du: code %d\n%s", code, stderr)
	}
	t.Logf("MB, by part:\n%s", stdout)
}

// megabytes is how large the image is, unpacked.
func (p podman) megabytes(image string) int {
	size, err := strconv.Atoi(p.must("image", "inspect", "--format", "{{.Size}}", image))
	if err != nil {
		p.t.Fatal(err)
	}
	return size / 1e6
}
