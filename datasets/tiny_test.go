package datasets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// encode makes an IDX file; what the course reads is made by others, so the package itself has no need of it.
func encode(magic uint32, data []uint8, sizes ...uint32) []byte {
	contents := binary.BigEndian.AppendUint32(nil, magic)
	for _, size := range sizes {
		contents = binary.BigEndian.AppendUint32(contents, size)
	}
	return append(contents, data...)
}

func zip(contents []byte) []byte {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write(contents)
	w.Close()
	return zipped.Bytes()
}

// noise is data that does not shrink when compressed, so that cuts fall where the tests want them.
func noise(n int, below uint32) []uint8 {
	random := rand.New(rand.NewPCG(1, 2))
	data := make([]uint8, n)
	for i := range data {
		data[i] = uint8(random.Uint32N(below))
	}
	return data
}

// tiny is a set of 50 + 20 images of 40 × 30 pixels in 3 classes, and its uncompressed files by name.
func tiny(mirrors ...string) (set, map[string][]byte) {
	contents := [4][]byte{
		encode(magicImages, noise(50*40*30, 256), 50, 40, 30),
		encode(magicLabels, noise(50, 3), 50),
		encode(magicImages, noise(20*40*30, 256), 20, 40, 30),
		encode(magicLabels, noise(20, 3), 20),
	}
	names := [4]string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}
	s := set{name: "tiny", title: "Tiny", classes: []string{"a", "b", "c"}, mirrors: mirrors, help: "ask a friend"}
	byName := map[string][]byte{}
	for i, name := range names {
		sum := sha256.Sum256(contents[i])
		s.files[i] = file{name, int64(len(contents[i])), hex.EncodeToString(sum[:])}
		byName[name] = contents[i]
	}
	return s, byName
}

// folderOf is a folder in memory with the files.
func folderOf(contents map[string][]byte) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, data := range contents {
		folder[name] = &fstest.MapFile{Data: data}
	}
	return folder
}

// write puts the files into a folder on disk.
func write(t *testing.T, dir string, contents map[string][]byte) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range contents {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
