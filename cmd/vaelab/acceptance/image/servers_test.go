package image

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// answers waits until JupyterLab answers, and asks it for the kernel.
func (p podman) answers(t *testing.T, image string, options ...string) {
	const token = "secret"
	out, err := p.run(image, append(options, "--detach", "--env", "JUPYTER_TOKEN="+token)...)().Output()
	if err != nil {
		t.Fatal(err)
	}
	id := strings.TrimSpace(string(out))
	defer p.must("rm", "--force", id)
	answer := p.ask(t, id, "http://127.0.0.1:8888/api/kernelspecs?token="+token)
	if !strings.Contains(answer, `"default": "gonb"`) || !strings.Contains(answer, "Go (gonb)") {
		t.Errorf("its kernels are %s", answer)
	}
	page := p.ask(t, id, "http://127.0.0.1:8888/lab?token="+token)
	if !strings.Contains(page, "JupyterLab") {
		t.Errorf("its page is %s", page)
	}
	if off := regexp.MustCompile(`"disabledExtensions": *\[[^\]]*"@jupyter/nbgrader"`); !off.MatchString(page) {
		t.Errorf("nbgrader's menus aren't off: %s", page)
	}
}

// ask gives what a server in a container answers, as soon as it does.
func (p podman) ask(t *testing.T, id, address string) string {
	t.Helper()
	return p.askAs(t, id, address, "")
}

// askAs asks with a token, which a hub's servers take in no address.
func (p podman) askAs(t *testing.T, id, address, token string) string {
	t.Helper()
	const script = `import sys, urllib.request
headers = {"Authorization": "token " + sys.argv[2]} if sys.argv[2] else {}
print(urllib.request.urlopen(urllib.request.Request(sys.argv[1], headers=headers), timeout=60).read().decode())`
	for {
		stdout, stderr, code := labtest.Outcome(t, p.command("exec", id, "python3", "-c", script, address, token))
		if code == 0 {
			return stdout
		}
		if !strings.Contains(stderr, "refused") || p.must("inspect", "--format", "{{.State.Running}}", id) != "true" {
			t.Fatalf("%s: %s\n%s", address, stderr, p.said(id))
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// said is all that a container has written.
func (p podman) said(id string) string {
	out, _ := p.command("logs", id).CombinedOutput()
	return string(out)
}

// knows runs a command of the image that says its version.
func (p podman) knows(t *testing.T, image string, command ...string) {
	stdout, stderr, code := labtest.Outcome(t, p.run(image, "--rm")(command...))
	if code != 0 || strings.TrimSpace(stdout) == "" {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
	t.Log(strings.TrimSpace(stdout))
}

// spawns has a real hub start the learner's server as a container begins, and asks that server for the kernel, as the hub lets it.
func (p podman) spawns(t *testing.T, image string) {
	scripts, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.run(image, "--detach", "--volume", scripts+":/test:ro")("jupyterhub", "--config", "/test/hub.py").Output()
	if err != nil {
		t.Fatal(err)
	}
	id := strings.TrimSpace(string(out))
	defer p.must("rm", "--force", id)
	if _, stderr, code := labtest.Outcome(t, p.command("exec", id, "python3", "/test/learner.py")); code != 0 {
		t.Fatalf("the learner's server isn't started: code %d\n%s\n%s", code, stderr, p.said(id))
	}
	listens := regexp.MustCompile(`(?m)^listens: /user/ann/ (\S+)$`).FindStringSubmatch(p.said(id))
	if listens == nil {
		t.Fatalf("it isn't told where the learner's server is:\n%s", p.said(id))
	}
	if answer := p.askAs(t, id, listens[1]+"/user/ann/api/kernelspecs", "a-token-of-the-test"); !strings.Contains(answer, "Go (gonb)") {
		t.Errorf("its kernels are %s", answer)
	}
}
