package setup

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestWish(t *testing.T) {
	dir := t.TempDir()
	plugin, text := filepath.Join(dir, "plugin.so"), filepath.Join(dir, "text.so")
	write(t, plugin, "\x7fELF and so on")
	write(t, text, "this is not a library")

	for _, c := range []struct{ flag, env, want, err string }{
		{"", "", Auto, ""},
		{"go", "xla", PureGo, ""},
		{"", "xla:cuda", XLACuda, ""},
		{"xla:cpu", "", XLA, ""},
		{"xla:" + plugin, "", "xla:" + plugin, ""},
		{"", "xla:" + plugin, "xla:" + plugin, ""},
		{"tpu", "", "", "-backend tpu is not a backend"},
		{"", "XLA", "", "GOMLX_BACKEND XLA is not a backend"},
		{"xla:plugin.so", "", "", "is not a backend"},
		{"xla:" + dir + "/gone.so", "", "", "can't be read"},
		{"", "xla:" + text, "", "is not a shared library"},
		{"xla:" + dir, "", "", "not a shared library"},
	} {
		got, err := Wish(c.flag, c.env)
		switch {
		case c.err == "" && (err != nil || got != c.want):
			t.Errorf("flag %q, environment %q: %q, %v; want %q", c.flag, c.env, got, err, c.want)
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("flag %q, environment %q: error %v; want %q in it", c.flag, c.env, err, c.err)
		}
	}
}

func TestChooseBackend(t *testing.T) {
	l := Layout{Root: "/clone"}
	cc := Host{Go: GoTool{CCompiler: "/usr/bin/cc"}}
	for _, c := range []struct {
		wish, plugin, why string
		host              Host
		backend, words    string
	}{
		{Auto, l.pluginPath(), "with the pinned plugin", cc, "xla:" + l.pluginPath(), "XLA on the CPU, with the pinned plugin"},
		{XLA, l.pluginPath(), "with the pinned plugin", cc, "xla:" + l.pluginPath(), "XLA on the CPU"},
		{Auto, "", "there is no XLA plugin for plan9/arm", cc, "go", "pure Go on the CPU, because there is no XLA plugin for plan9/arm"},
		{PureGo, "", "", Host{}, "go", "as asked"},
		{XLACuda, l.cudaPath(), "", cc, "xla:cuda", "NVIDIA"},
		{"xla:/my/plugin.so", "", "", cc, "xla:/my/plugin.so", "/my/plugin.so"},
		{Auto, "/cuda-course/.vaelab/xla/pjrt_c_api_cpu_plugin.so", "", cc, "xla:cpu", "on the CPU"},
	} {
		b, err := l.chooseBackend(c.wish, c.plugin, c.why, c.host)
		if err != nil || b.Env["GOMLX_BACKEND"] != c.backend || !strings.Contains(b.Words, c.words) || b.Env["GOMLX_NO_AUTO_INSTALL"] == "" {
			t.Errorf("%q with plugin %q: %+v, %v; want %s, %q", c.wish, c.plugin, b, err, c.backend, c.words)
		}
		if noCgo := b.Env["CGO_ENABLED"] == "0"; noCgo != (c.host.Go.CCompiler == "") {
			t.Errorf("%q: CGO_ENABLED=%q", c.wish, b.Env["CGO_ENABLED"])
		}
	}
	var f *Failure
	if _, err := l.chooseBackend(XLA, "", "the registries can't be reached", cc); !errors.As(err, &f) || !strings.Contains(f.What, "registries") {
		t.Errorf("XLA by name without a plugin: %v; want an error with the reason", err)
	}
}

func TestWhichPluginFits(t *testing.T) {
	for _, c := range []struct {
		os, arch, glibc  string
		wheel, installer bool
	}{
		{"linux", "amd64", "2.36", true, true},
		{"linux", "amd64", "2.27", true, true},
		{"linux", "amd64", "2.17", false, true},
		{"linux", "amd64", "", false, true}, // musl
		{"linux", "arm64", "2.39", false, true},
		{"darwin", "arm64", "", false, true},
		{"darwin", "amd64", "", false, false},
	} {
		if got := wheelFits(c.os, c.arch, c.glibc); got != c.wheel {
			t.Errorf("wheel on %s/%s glibc %q: %v", c.os, c.arch, c.glibc, got)
		}
		if got := installerFits(c.os, c.arch); got != c.installer {
			t.Errorf("installer on %s/%s: %v", c.os, c.arch, got)
		}
	}
}
