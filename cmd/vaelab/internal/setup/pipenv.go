package setup

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// pipSources are pip's settings that say where packages come from and how they are fetched. The user's count, whether
// they stand in the environment or in a file of pip's. All that says how and into what to install is the lab's own.
var pipSources = []string{
	"index-url", "pypi-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert", "client-cert", "proxy",
	"timeout", "default-timeout", "retries", "resume-retries", "cache-dir", "no-cache-dir", "keyring-provider",
}

// askPip prints pip's settings as a list of [name, value], those that count more last, as JSON. It asks pip's own reader of
// them, since the command pip config list heeds them itself: with "quiet" it says nothing. Newer versions of pip list them
// by file.
const askPip = `
import json
from pip._internal.configuration import Configuration
settings = Configuration(isolated=False)
settings.load()
pairs = []
for name, value in settings.items():
    pairs += list(value.items()) if isinstance(value, dict) else [(name, value)]
print(json.dumps(pairs))`

// pipEnv is the environment for an environment's pip: the user's sources, and nothing else that a user has told pip.
func pipEnv(ctx context.Context, python string) []string {
	return append(append(withoutPip(Environ(nil)), pipSettings(ctx, python)...), "PIP_CONFIG_FILE="+os.DevNull)
}

// pipSettings are the sources that a user has told pip, as variables. Where pip can't read its files, there are none.
func pipSettings(ctx context.Context, python string) []string {
	cmd := exec.CommandContext(ctx, python, "-I", "-c", askPip) // no module of the user's stands in for Python's own
	cmd.Env = Environ(nil)
	said, err := cmd.Output()
	var pairs [][2]string
	if err == nil {
		err = json.Unmarshal(said, &pairs)
	}
	if err != nil {
		return nil
	}
	return sourcesOf(pairs)
}

// sourcesOf picks the sources among pip's settings, as variables for its environment. The environment's own come before
// those of the command that installs, and these before the global ones.
func sourcesOf(pairs [][2]string) []string {
	var env []string
	for _, name := range pipSources {
		for _, section := range []string{":env:", "install", "download", "global"} {
			value := ""
			for _, p := range pairs {
				if p[0] == section+"."+name {
					value = strings.Join(strings.Fields(p[1]), " ") // a list stands in lines
				}
			}
			if value == "" {
				continue
			}
			env = append(env, fmt.Sprintf("PIP_%s=%s", strings.ToUpper(strings.ReplaceAll(name, "-", "_")), value))
			break
		}
	}
	return env
}

func withoutPip(env []string) []string {
	return slices.DeleteFunc(env, func(kv string) bool { return strings.HasPrefix(kv, "PIP_") })
}
