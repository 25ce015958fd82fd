package setup

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// fill installs the packages of a lock file into the environment of a Python: with uv, which takes a fifth of pip's time, and
// where that can't, for whatever reason, with pip, whose word on why not counts. empty takes away what uv may have begun.
// Unless compile is set, Python compiles what is used when it is first used.
func (l Layout) fill(ctx context.Context, log *Log, python, list string, compile bool, empty func() error) error {
	err := l.withUV(ctx, log, python, list, compile)
	if err == nil || ctx.Err() != nil {
		return err
	}
	fmt.Fprintf(log, "uv can't (%v): pip does it\n", err)
	if err := empty(); err != nil {
		return err
	}
	if compile {
		return l.pipOf(ctx, log, python, "install", "-r", list)
	}
	return l.pipOf(ctx, log, python, "install", "--no-compile", "-r", list)
}

// withUV does it with uv, and keeps what it downloads in the clone's folder.
func (l Layout) withUV(ctx context.Context, log *Log, python, list string, compile bool) error {
	env, err := uvEnv(pipSettings(ctx, python), Environ(map[string]string{"UV_CACHE_DIR": l.Under("cache", "uv")}))
	if err != nil {
		return err
	}
	uv, err := l.uv(ctx, log, python)
	if err != nil {
		return err
	}
	args := []string{"pip", "install", "--python", python, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", list}
	if compile {
		args = append(args, "--compile-bytecode")
	}
	return log.run(ctx, l.Root, env, uv, args...)
}

// uv is the program, which pip brings first if it is missing.
func (l Layout) uv(ctx context.Context, log *Log, python string) (string, error) {
	list := l.lockFile("uv.txt")
	pins, err := os.ReadFile(list)
	if err != nil {
		return "", err
	}
	dir := l.Under("uv", pinned(string(pins), "uv"))
	program := filepath.Join(dir, "bin", "uv")
	if starts(program)(ctx, log) == nil {
		return program, nil
	}
	part, err := os.MkdirTemp(l.Dir(), "uv-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(part)
	// Where pip can't, it will say so of the lab's own packages: here it isn't asked twice.
	if err := l.pipOf(ctx, log, python, "install", "--no-compile", "--retries", "0", "--target", part, "-r", list); err != nil {
		return "", err
	}
	if err := os.RemoveAll(l.Under("uv")); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	return program, os.Rename(part, dir)
}

// uvNames are uv's variables for those of pip's settings that both understand alike.
var uvNames = map[string]string{
	"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_EXTRA_INDEX_URL": "UV_INDEX", "PIP_FIND_LINKS": "UV_FIND_LINKS", "PIP_CERT": "SSL_CERT_FILE",
	"PIP_TIMEOUT": "UV_HTTP_TIMEOUT", "PIP_DEFAULT_TIMEOUT": "UV_HTTP_TIMEOUT",
	"PIP_RETRIES": "", "PIP_RESUME_RETRIES": "", "PIP_CACHE_DIR": "", "PIP_NO_CACHE_DIR": "", // how, and not from where
}

// uvEnv is the environment for uv with a user's settings for pip, and without those for uv. A setting that uv wouldn't
// understand as pip does is an error.
func uvEnv(pip, env []string) ([]string, error) {
	env = slices.DeleteFunc(withoutPip(env), func(kv string) bool {
		return strings.HasPrefix(kv, "UV_") && !strings.HasPrefix(kv, "UV_CACHE_DIR=")
	})
	set := map[string]string{"UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "UV_HTTP_RETRIES": "1"}
	for _, kv := range pip {
		key, value, _ := strings.Cut(kv, "=")
		name, known := uvNames[key]
		if !known {
			return nil, fmt.Errorf("pip's setting %s means nothing to it", key)
		}
		if name == "UV_FIND_LINKS" {
			value = strings.Join(strings.Fields(value), ",")
		}
		if name != "" {
			set[name] = value
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		env = append(env, name+"="+set[name])
	}
	return env, nil
}
