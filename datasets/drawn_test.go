package datasets

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"testing"
)

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawn is a grey picture of a function.
func drawn(width, height int, grey func(x, y int) uint8) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetGray(x, y, color.Gray{Y: grey(x, y)})
		}
	}
	return img
}

// speckled is a picture of noise on black; each seed is another.
func speckled(side int, seed uint64) *image.Gray {
	rng := rand.New(rand.NewPCG(seed, 0))
	return drawn(side, side, func(_, _ int) uint8 { return uint8(rng.IntN(120)) })
}

// several are as many PNG files in a folder of that name.
func several(t testing.TB, dir string, n int, seed uint64) map[string][]byte {
	files := map[string][]byte{}
	for i := range n {
		files[fmt.Sprintf("%s%03d.png", dir, i)] = pngOf(t, speckled(12, 1000*seed+uint64(i)))
	}
	return files
}

func with(files map[string][]byte, name string, contents []byte) map[string][]byte {
	files[name] = contents
	return files
}

func readFolder(folder fs.FS, o PictureOptions) (Dataset, PictureReport, error) {
	return readPictures(context.Background(), folder, "/home/me/cats", o.orDefault())
}

// claiming is a PNG file whose header promises another size.
func claiming(t testing.TB, width, height uint32) []byte {
	file := pngOf(t, speckled(4, 1))
	binary.BigEndian.PutUint32(file[16:], width)
	binary.BigEndian.PutUint32(file[20:], height)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}
