package lab

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// A run is loaded by its folder, and its weights, brought once more as if they came from elsewhere, draw the same pictures under
// another name.
func TestLoad(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	m := trainedModel(t, nil)
	again, err := Load(m.Dir, m.Data)
	if err != nil {
		t.Fatal(err)
	}
	brought, err := store.Bring(t.Context(), "", m.Identity, m.State.Arrays)
	if err != nil {
		t.Fatal(err)
	}
	from, err := Load(brought.Dir, m.Data)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := m.Encode(m.Data.Test)
	if err != nil {
		t.Fatal(err)
	}
	plane := func(m *Model) []byte {
		pictures, err := m.Decode(codes.Mean)
		if err != nil {
			t.Fatal(err)
		}
		var all []byte
		for _, p := range pictures {
			all = append(all, p.Pix...)
		}
		return all
	}
	for _, other := range []*Model{again, from} {
		if !bytes.Equal(plane(m), plane(other)) {
			t.Errorf("%s paints other pictures", other.Name())
		}
	}
	if again.Name() != m.Name() || again.Last() != m.Last() || again.Identity.Key() != m.Identity.Key() {
		t.Errorf("%s is loaded as %s", m.Name(), again.Name())
	}
	if from.Name() != "VAE, weights from elsewhere" || from.Map().Err() != nil || from.Curves().Err() == nil {
		t.Errorf("%s: %v, %v", from.Name(), from.Map().Err(), from.Curves().Err())
	}
	third, err := Train(m.Config, m.Data)
	if err != nil || third.Weights != "" || third.Dir != m.Dir {
		t.Errorf("the settings give %s, %v", third.Dir, err)
	}
}

func TestWhatCantBeLoaded(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	m := trainedModel(t, nil)
	unfinished := m.Identity
	unfinished.Epochs = 9
	folder := store.NewFolder(t.TempDir(), unfinished)
	if err := folder.Lock(t.Context(), unfinished, nil); err != nil {
		t.Fatal(err)
	}
	defer folder.Unlock()
	if err := folder.SaveState(run.State{History: m.State.History, Arrays: m.State.Arrays}, false); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(os.TempDir(), "no run is here")
	other := tiny.Data(44, 14)
	load := func(dir string, change bool) error {
		data := m.Data
		if change {
			data = other
		}
		_, err := Load(dir, data)
		return err
	}
	_, none := LoadOn(nil, m.Dir, m.Data)
	for want, err := range map[string]error{
		"holds no run": load(nowhere, false), "for 3 of 9 epochs": load(folder.Path, false),
		`belongs to the data set "bars", and not to the images`: load(m.Dir, true), "there is no engine": none,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}
