package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// torchPythons are where a PyTorch may be: nothing of the course needs one, so the tests bring none. Debian's is the system's.
var torchPythons = []string{"python3", "/usr/bin/python3"}

// safetensorsOf is where another Python finds the safetensors of the one that the tests have made, and nothing else of its packages.
func safetensorsOf(t *testing.T, python string) string {
	t.Helper()
	packages, err := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(python)), "lib", "python*", "site-packages", "safetensors"))
	if err != nil || len(packages) != 1 {
		t.Fatalf("safetensors is in %q, %v", packages, err)
	}
	folder := t.TempDir()
	if err := os.Symlink(packages[0], filepath.Join(folder, "safetensors")); err != nil {
		t.Fatal(err)
	}
	return "PYTHONPATH=" + folder
}

// network is that of PyTorch's own example, without its loss.
const network = `
import torch
from torch import nn

class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.fc3, self.fc4 = nn.Linear(20, 400), nn.Linear(400, 784)

torch.manual_seed(1)
model = VAE()
torch.save(model.state_dict(), "vae.pt")
`

// convolutional is the network of the page's table.
const convolutional = `
import torch
from torch import nn

class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 8, 4, 2, 1), nn.Conv2d(8, 16, 4, 2, 1)
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, 2), nn.Linear(400, 2)
        self.fc3, self.fc4 = nn.Linear(2, 400), nn.Linear(400, 784)
        self.up1, self.up2 = nn.ConvTranspose2d(16, 8, 4, 2, 1), nn.ConvTranspose2d(8, 1, 4, 2, 1)

torch.manual_seed(1)
model = VAE()
torch.save(model.state_dict(), "vae.pt")
`

// convolvesToo has that compute, as computesToo.
const convolvesToo = `
images = torch.rand(7, 784)
with torch.no_grad():
    maps = torch.relu(model.conv2(torch.relu(model.conv1(images.view(-1, 1, 28, 28)))))
    hidden = torch.relu(model.fc1(maps.flatten(1)))
    mean, log_variance = model.fc21(hidden), model.fc22(hidden)
    maps = torch.relu(model.fc4(torch.relu(model.fc3(mean)))).view(-1, 16, 7, 7)
    pixels = torch.sigmoid(model.up2(torch.relu(model.up1(maps)))).flatten(1)
save_file({"images": images, "mean": mean, "log_variance": log_variance, "pixels": pixels.contiguous()}, "computed.safetensors")
`

// computesToo has the network compute what it was, and keeps that.
const computesToo = `
images = torch.rand(7, 784)
with torch.no_grad():
    hidden = torch.relu(model.fc1(images))
    mean, log_variance = model.fc21(hidden), model.fc22(hidden)
    pixels = torch.sigmoid(model.fc4(torch.relu(model.fc3(mean))))
save_file({"images": images, "mean": mean, "log_variance": log_variance, "pixels": pixels}, "computed.safetensors")
`

// A state_dict of PyTorch's becomes a run, by the page's Python and its command, that computes what PyTorch does: of its own example, and of the
// page's network with convolutions.
func TestPageOnTorch(t *testing.T) {
	path, torch := safetensorsOf(t, pythonWith(t)), ""
	for _, python := range torchPythons {
		cmd := exec.CommandContext(t.Context(), python, "-c", "import torch, safetensors.torch")
		cmd.Env = append(os.Environ(), path)
		if cmd.Run() == nil {
			torch = python
			break
		}
	}
	if torch == "" {
		t.Skip("no Python here has PyTorch (on Debian: apt-get install python3-torch)")
	}
	dense := block(t, "python", "torch", 0)
	withMaps := strings.NewReplacer(`"decoder/pixels"`, `"decoder/maps"`, "save_file(arrays", block(t, "python", "convolutions", 0)+"save_file(arrays").Replace(dense)
	for _, c := range []struct{ kind, python string }{
		{"VAE", network + dense + computesToo},
		{"conv", convolutional + withMaps + convolvesToo},
	} {
		dir, runs := t.TempDir(), t.TempDir()
		script(t, torch, dir, c.python, path)
		like := keep(t, runs, kinds()[c.kind])
		r := bring(t, runs, filepath.Join(dir, "weights.safetensors"), like.Dir)
		computed := readArrays(t, filepath.Join(dir, "computed.safetensors"))
		want := ours(t, r, computed["images"], computed["mean"])
		for theirs, name := range map[string]string{"mean": "encoder/mean", "log_variance": "encoder/log_variance", "pixels": "decoder/pixels"} {
			agree(t, "torch, "+c.kind, computed[theirs], want[name])
		}
	}
}
