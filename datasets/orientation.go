package datasets

import (
	"bytes"
	"encoding/binary"
)

// An orientation says how a photograph is to be turned to stand upright: the value, 1 to 8, of the tag Orientation that cameras
// write into Exif data. From 5 on rows become columns.
type orientation int

// mirrored reports whether the columns, and the rows, of the file run against those of the upright picture.
func (o orientation) mirrored() (columns, rows bool) {
	return o == 2 || o == 3 || o == 7 || o == 8, o == 3 || o == 4 || o == 6 || o == 7
}

// middle is where the middle of a picture begins that is so much wider and higher than it. Where the rest is odd, it is the
// pixel that would be taken of the upright picture.
func (o orientation) middle(width, height int) (x, y int) {
	columns, rows := o.mirrored()
	if columns {
		width++
	}
	if rows {
		height++
	}
	return width / 2, height / 2
}

// upright turns a square of pixels.
func (o orientation) upright(pixels []uint8, size int) []uint8 {
	if o <= 1 {
		return pixels
	}
	columns, rows := o.mirrored()
	turned := make([]uint8, 0, len(pixels))
	for y := range size {
		for x := range size {
			column, row := x, y
			if o >= 5 {
				column, row = y, x
			}
			if columns {
				column = size - 1 - column
			}
			if rows {
				row = size - 1 - row
			}
			turned = append(turned, pixels[row*size+column])
		}
	}
	return turned
}

// orientationOf looks for the tag in a JPEG file, and gives 1, upright, where there is none that can be understood. Tags of PNG
// files are rare, and not looked at.
func orientationOf(file []byte) orientation {
	if !bytes.HasPrefix(file, []byte("\xff\xd8")) {
		return 1
	}
	for file = file[2:]; len(file) >= 4 && file[0] == 0xff; {
		marker, length := file[1], 2+int(binary.BigEndian.Uint16(file[2:]))
		if marker == 0xff { // a fill byte
			file = file[1:]
			continue
		}
		if marker == 0xda || length < 4 || length > len(file) { // pixels follow; or it is damaged
			return 1
		}
		if exif, ok := bytes.CutPrefix(file[4:length], []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return orientationIn(exif)
		}
		file = file[length:]
	}
	return 1
}

// orientationIn looks for the tag in the first directory of a TIFF structure.
func orientationIn(tiff []byte) orientation {
	const tag, short = 0x0112, 3
	order := binary.ByteOrder(binary.LittleEndian)
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	} else if !bytes.HasPrefix(tiff, []byte("II")) {
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if value := order.Uint16(entries[8:]); value >= 1 && value <= 8 {
				return orientation(value)
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
