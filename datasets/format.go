package datasets

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FormatError says what some bytes are that should have been an IDX file. It is an ErrFormat.
type FormatError struct {
	Want string // what was expected: "images, unsigned bytes in 3 dimensions"
	Is   string // what it is, as far as its first bytes tell: "a web page, saved under the file's name"
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("it is %s; expected was an IDX file of %s", e.Is, e.Want)
}

func (e *FormatError) Unwrap() error { return ErrFormat }

// sniffed is how many bytes after the first four are looked at: enough for the name that stands in a tar archive.
const sniffed = 508

// content is what a file with this magic number holds.
func content(magic uint32) string {
	if magic == magicLabels {
		return "labels, unsigned bytes in 1 dimension"
	}
	return "images, unsigned bytes in 3 dimensions"
}

// signatures are the first bytes of other formats in which data come, or which are taken for data by mistake.
var signatures = []struct{ start, is string }{
	{"version https://git-lfs", "a pointer of Git LFS and not the file itself: fetch that with git lfs pull"},
	{"PK\x03\x04", "a ZIP archive (NumPy's .npz files are such, too): unpack it first"},
	{"PK\x05\x06", "an empty ZIP archive"},
	{"\x93NUMPY", "a NumPy array (.npy)"},
	{"\x89PNG", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"II*\x00", "a TIFF picture"},
	{"MM\x00*", "a TIFF picture"},
	{"RIFF", "a RIFF file, as WebP pictures and sounds are"},
	{"\xfd7zXZ\x00", "compressed with xz: unpack it with xz -d"},
	{"BZh", "compressed with bzip2: unpack it with bzip2 -d"},
	{"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it with zstd -d"},
	{"\x04\x22\x4d\x18", "compressed with lz4: unpack it with lz4 -d"},
	{"\x1f\x9d", "compressed with compress: unpack it with gzip -d"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"},
	{"Rar!", "a RAR archive: unpack it first"},
	{"\x89HDF", "an HDF5 file"},
	{"PAR1", "a Parquet file"},
	{"ARROW1", "an Arrow file"},
	{"MATLAB", "a MATLAB file"},
	{"SQLite format 3", "an SQLite database"},
	{"%PDF", "a PDF document"},
	{"\x7fELF", "a program"},
	{"\x80\x02", "a pickle of Python's"},
	{"\x80\x03", "a pickle of Python's"},
	{"\x80\x04", "a pickle of Python's"},
	{"\x80\x05", "a pickle of Python's"},
}

// numbers are the types that an IDX file may hold, by the third byte of its magic number.
var numbers = map[byte]string{
	0x08: "unsigned bytes", 0x09: "signed bytes", 0x0b: "16-bit integers", 0x0c: "32-bit integers", 0x0d: "32-bit floats", 0x0e: "64-bit floats",
}

// what says what a file is that starts with these bytes.
func what(start []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(start, []byte(s.start)) {
			return s.is
		}
	}
	if len(start) >= 262 && string(start[257:262]) == "ustar" {
		return "a tar archive: unpack it first"
	}
	if len(start) >= 4 {
		switch name, known := numbers[start[2]]; {
		case start[0] == 0 && start[1] == 0 && known:
			return fmt.Sprintf("an IDX file of %s in %s", name, dimensions(start[3]))
		case start[2] == 0 && start[3] == 0 && numbers[start[1]] != "" && start[0] > 0 && start[0] < 5:
			return "an IDX file whose header has its bytes in reverse order"
		}
	}
	if words, ok := text(start); ok {
		return words
	}
	return fmt.Sprintf("in no format that is known here: it starts with the bytes % x", start[:min(len(start), 8)])
}

func dimensions(n byte) string {
	if n == 1 {
		return "1 dimension"
	}
	return fmt.Sprintf("%d dimensions", n)
}

// text says what kind of text some bytes are, and false where they are none.
func text(start []byte) (string, bool) {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	for range min(utf8.UTFMax-1, len(start)) { // it may be cut within a letter
		if utf8.Valid(start) {
			break
		}
		start = start[:len(start)-1]
	}
	words := strings.TrimSpace(string(start))
	for _, r := range words {
		if r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			return "", false
		}
	}
	line, _, _ := strings.Cut(words, "\n")
	line = strings.TrimSpace(line)
	low := strings.ToLower(words)
	switch {
	case words == "":
		return "blank", true
	case strings.HasPrefix(low, "<!doctype html"), strings.HasPrefix(low, "<") && (strings.Contains(low, "<html") || strings.Contains(low, "<head") || strings.Contains(low, "<body")):
		return "a web page, saved in the file's place: an address often leads to a page about the file", true
	case strings.HasPrefix(low, "<"):
		return "XML, perhaps a server's error: it starts with " + quote(line), true
	case strings.HasPrefix(low, "{"), strings.HasPrefix(low, "["):
		return "JSON: it starts with " + quote(line), true
	case strings.Count(line, ",")+strings.Count(line, ";")+strings.Count(line, "\t") > 1:
		return "a table of text (CSV): it starts with " + quote(line), true
	}
	return "text: it starts with " + quote(line), true
}

// quote is the beginning of a line.
func quote(line string) string {
	if letters := []rune(line); len(letters) > 40 {
		line = string(letters[:40]) + "…"
	}
	return "“" + line + "”"
}
