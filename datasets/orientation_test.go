package datasets

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
	"testing"
)

// photograph is a JPEG file with an orientation in its Exif data.
func photograph(t testing.TB, img image.Image, order binary.AppendByteOrder, tag uint16) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, entry := range [][3]uint16{{0x0100, 3, 7}, {0x0112, 3, tag}} {
		tiff = order.AppendUint16(order.AppendUint16(tiff, entry[0]), entry[1])
		tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(tiff, 1), entry[2]), 0)
	}
	exif := append([]byte("Exif\x00\x00"), tiff...)
	other := append([]byte{0xff, 0xe0, 0, 6}, "JFIF"...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xff, 0xe1}, uint16(2+len(exif))), exif...)
	return slices.Concat([]byte{0xff, 0xd8}, other, segment, jpegOf(t, img)[2:])
}

// Photographs stand upright, whichever way the camera was held. The standard says for each value which side of the upright
// picture the file's first row is, and which its first column.
func TestOrientation(t *testing.T) {
	const width, height = 45, 28
	upright := speckled(64, 5).SubImage(image.Rect(0, 0, width, height)).(*image.Gray)
	blocks := drawn(8*3, 8*3, func(x, y int) uint8 { return uint8(25 * (x/8 + 3*(y/8))) })
	for tag, side := range [][2]string{1: {"top", "left"}, {"top", "right"}, {"bottom", "right"}, {"bottom", "left"},
		{"left", "top"}, {"right", "top"}, {"right", "bottom"}, {"left", "bottom"}} {
		if tag == 0 {
			continue
		}
		stored := func(img *image.Gray) *image.Gray {
			w, h := img.Bounds().Dx(), img.Bounds().Dy()
			from := func(sideName string, i int) (x, y int) {
				switch sideName {
				case "top":
					return 0, i
				case "bottom":
					return 0, h - 1 - i
				case "left":
					return i, 0
				}
				return w - 1 - i, 0
			}
			columns, rows := w, h
			if tag >= 5 {
				columns, rows = h, w
			}
			return drawn(columns, rows, func(column, row int) uint8 {
				x1, y1 := from(side[0], row)
				x2, y2 := from(side[1], column)
				return img.GrayAt(x1+x2, y1+y2).Y
			})
		}
		want := square(upright, 1, PictureOptions{Size: height}).pixels
		got := square(stored(upright), orientation(tag), PictureOptions{Size: height})
		if !bytes.Equal(got.pixels, want) || got.turned != (tag > 1) {
			t.Errorf("orientation %d: the picture is another one", tag)
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			got := alone(photograph(t, stored(blocks), order, uint16(tag)), 24)
			for i, v := range got.pixels {
				if d := int(v) - int(blocks.Pix[i]); d < -4 || d > 4 {
					t.Errorf("orientation %d of a file: pixel %d is %d, want %d", tag, i, v, blocks.Pix[i])
					break
				}
			}
		}
	}
	for _, tag := range []uint16{0, 9, 65535} {
		if got := alone(photograph(t, blocks, binary.LittleEndian, tag), 24); got.why != "" || got.turned {
			t.Errorf("orientation %d: %+v", tag, got)
		}
	}
}

// Exif data that is cut off anywhere is no reason to leave a picture out.
func TestOrientationInDamagedData(t *testing.T) {
	whole := photograph(t, speckled(8, 1), binary.BigEndian, 6)
	if orientationOf(whole) != 6 {
		t.Fatal("the whole file's orientation isn't found")
	}
	for n := range 80 {
		_ = orientationOf(whole[:n])
		_ = orientationIn(whole[16:][:n])
		for bit := range 8 {
			wrong := bytes.Clone(whole)
			wrong[n] ^= 1 << bit
			if o := orientationOf(wrong); o < 1 || o > 8 {
				t.Errorf("with bit %d of byte %d wrong the orientation is %d", bit, n, o)
			}
		}
	}
}
