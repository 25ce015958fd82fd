package datasets

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"vaelab/vaelib/words"
)

// looked is how many of a file's first bytes are looked at to tell what it is: a tar archive says so at 257.
const looked = 1024

// foreign is the error about contents that are not of this kind. They begin with start, and go on with r.
func (k kind) foreign(start []byte, r io.Reader) error {
	start, err := io.ReadAll(io.LimitReader(io.MultiReader(bytes.NewReader(start), r), looked))
	if cut := err == nil || errors.Is(err, io.ErrUnexpectedEOF); !cut {
		return broken(err, words.Say("in its header")) // a disk that can't be read, or damaged gzip data
	}
	is, help := recognise(start)
	if bytes.HasPrefix(start, gzipMagic) {
		is, help = compressedAgain(io.MultiReader(bytes.NewReader(start), r))
	}
	if is == "" {
		is = words.Say("it starts with the bytes % x, which nothing starts with that is known here", start[:4])
	}
	return &FormatError{Expected: k.expected(), Found: is, Help: help}
}

// compressedAgain says how often the contents of a gzip file are compressed once more.
func compressedAgain(r io.Reader) (is, help string) {
	times := 1
	for ; times < 9; times++ {
		buffered := bufio.NewReader(r)
		if start, _ := buffered.Peek(2); !bytes.Equal(start, gzipMagic) {
			break
		}
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			break
		}
		r = unzipped
	}
	if times <= 2 {
		return words.Say("it is compressed twice with gzip"), words.Say("unpack it once with gunzip, and give what comes out")
	}
	return words.Say("it is compressed %d times with gzip", times), words.Say("unpack it %d times with gunzip, and give what comes out", times-1)
}

var (
	unpack   = words.Mark("unpack it, and give the file in it")
	download = words.Mark("download the file anew, and look at it before you give it")
)

// signatures are what files start with that are often taken for others.
var signatures = []struct {
	start    string
	at       int
	is, help string
}{
	{"PK\x03\x04", 0, words.Mark("it is a zip archive"), unpack},
	{"PK\x05\x06", 0, words.Mark("it is an empty zip archive"), download},
	{"\x93NUMPY", 0, words.Mark("it is a NumPy array (.npy)"), words.Mark("write its bytes as an IDX file")},
	{"\x89PNG\r\n\x1a\n", 0, words.Mark("it is a PNG picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"\xff\xd8\xff", 0, words.Mark("it is a JPEG picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"GIF8", 0, words.Mark("it is a GIF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"II*\x00", 0, words.Mark("it is a TIFF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"MM\x00*", 0, words.Mark("it is a TIFF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"WEBP", 8, words.Mark("it is a WebP picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"ftyphei", 4, words.Mark("it is a HEIF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"ftypmif1", 4, words.Mark("it is a HEIF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"ftypavif", 4, words.Mark("it is an AVIF picture"), words.Mark("write the pixels of all pictures into one IDX file")},
	{"BZh", 0, words.Mark("it is compressed with bzip2"), words.Mark("unpack it with bunzip2; plain files and gzip are read")},
	{"\xfd7zXZ\x00", 0, words.Mark("it is compressed with xz"), words.Mark("unpack it with unxz; plain files and gzip are read")},
	{"\x28\xb5\x2f\xfd", 0, words.Mark("it is compressed with Zstandard"), words.Mark("unpack it with unzstd; plain files and gzip are read")},
	{"\x04\x22\x4d\x18", 0, words.Mark("it is compressed with LZ4"), words.Mark("unpack it with unlz4; plain files and gzip are read")},
	{"\x1f\x9d", 0, words.Mark("it is compressed with compress (.Z)"), words.Mark("unpack it with uncompress; plain files and gzip are read")},
	{"7z\xbc\xaf\x27\x1c", 0, words.Mark("it is a 7z archive"), unpack},
	{"Rar!\x1a\x07", 0, words.Mark("it is a RAR archive"), unpack},
	{"ustar", 257, words.Mark("it is a tar archive"), unpack},
	{"PAR1", 0, words.Mark("it is a Parquet table"), words.Mark("write its pixels as an IDX file")},
	{"ARROW1", 0, words.Mark("it is an Arrow table"), words.Mark("write its pixels as an IDX file")},
	{"\x89HDF\r\n\x1a\n", 0, words.Mark("it is an HDF5 file"), words.Mark("write its pixels as an IDX file")},
	{"MATLAB 5.0 MAT-file", 0, words.Mark("it is a MATLAB file"), words.Mark("write its pixels as an IDX file")},
	{"SQLite format 3\x00", 0, words.Mark("it is an SQLite database"), words.Mark("write its pixels as an IDX file")},
	{"%PDF-", 0, words.Mark("it is a PDF document"), download},
	{"version https://git-lfs.github.com/spec/", 0, words.Mark("it is a Git LFS pointer, which stands for the file"), words.Mark("fetch the file itself with `git lfs pull`")},
	{"/annex/objects/", 0, words.Mark("it is a git-annex pointer, which stands for the file"), words.Mark("fetch the file itself with `git annex get`")},
	{"\x80\x02", 0, pickle, pickleHelp}, {"\x80\x03", 0, pickle, pickleHelp}, {"\x80\x04", 0, pickle, pickleHelp}, {"\x80\x05", 0, pickle, pickleHelp},
}

var (
	pickle     = words.Mark("it looks like a Python pickle")
	pickleHelp = words.Mark("write its pixels as an IDX file")
)

// recognise says what begins so, and what to do about it; "" where that isn't known.
func recognise(start []byte) (is, help string) {
	if is, help := otherIDX(start); is != "" {
		return is, help
	}
	for _, s := range signatures {
		if len(start) >= s.at && bytes.HasPrefix(start[s.at:], []byte(s.start)) {
			if name := zipped(start); s.is == "it is a zip archive" && strings.HasSuffix(name, ".npy") {
				return words.Say("it is an archive of NumPy arrays (.npz)"), words.Say("write the bytes of its arrays as IDX files")
			}
			return words.Text(s.is), words.Text(s.help)
		}
	}
	return text(start)
}

// zipped is the name of a zip archive's first file.
func zipped(start []byte) string {
	if len(start) < 30 {
		return ""
	}
	n := int(binary.LittleEndian.Uint16(start[26:]))
	return string(start[30:min(len(start), 30+n)])
}

// number types of the IDX format.
var idxTypes = map[byte]string{
	0x08: words.Mark("unsigned bytes"), 0x09: words.Mark("signed bytes"), 0x0b: words.Mark("16-bit integers"),
	0x0c: words.Mark("32-bit integers"), 0x0d: words.Mark("32-bit floating-point numbers"), 0x0e: words.Mark("64-bit floating-point numbers"),
}

// otherIDX says which IDX file begins so, if one does.
func otherIDX(start []byte) (is, help string) {
	if len(start) < 4 {
		return "", ""
	}
	order := binary.ByteOrder(binary.BigEndian)
	kind, rank := start[2], int(start[3])
	if start[2] == 0 && start[3] == 0 {
		order, kind, rank = binary.LittleEndian, start[1], int(start[0])
	} else if start[0] != 0 || start[1] != 0 {
		return "", ""
	}
	numbers, ok := idxTypes[kind]
	if !ok || rank == 0 {
		return "", ""
	}
	is = words.Say("it is an IDX file of %s in %s", words.Text(numbers), dimensions(rank))
	var sizes []string
	for i := range rank {
		if at := 4 + 4*i; at+4 <= len(start) {
			sizes = append(sizes, fmt.Sprint(order.Uint32(start[at:])))
		}
	}
	if len(sizes) == rank {
		is = words.Say("%s (%s)", is, strings.Join(sizes, " × "))
	}
	help = words.Say("write it anew as unsigned bytes with these dimensions")
	if order == binary.LittleEndian {
		is = words.Say("%s, written little-endian", is)
		help = words.Say("write its header big-endian, the most significant byte first")
	}
	return is, help
}

func dimensions(n int) string { return words.Count(n, "dimension", "dimensions") }

// text says what text begins so, if it is text.
func text(start []byte) (is, help string) {
	written, ok := decoded(start)
	if !ok {
		return "", ""
	}
	written = strings.TrimSpace(written)
	lower := strings.ToLower(written)
	first, _, _ := strings.Cut(written, "\n")
	switch {
	case written == "":
		return words.Say("it holds nothing but blank space"), words.Text(download)
	case strings.HasPrefix(lower, "<!doctype html"), strings.Contains(lower, "<html"), strings.HasPrefix(lower, "<head"), strings.HasPrefix(lower, "<body"):
		return words.Say("it is a web page (HTML)"), words.Text(download)
	case strings.HasPrefix(lower, "<?xml"), strings.HasPrefix(written, "<") && strings.Contains(written, ">"):
		return words.Say("it is an XML document that begins with %q", short(written)), words.Text(download)
	case strings.HasPrefix(written, "{"), strings.HasPrefix(written, "["):
		return words.Say("it is text that looks like JSON, and begins with %q", short(written)), words.Text(download)
	case strings.ContainsAny(first, ",;\t") && (separated(first, ",") || separated(first, ";") || separated(first, "\t")):
		return words.Say("it is a table in text (CSV)"), words.Say("write its pixels as an IDX file")
	}
	return words.Say("it is text, and begins with %q", short(written)), words.Text(download)
}

// separated reports whether a line is one of values without sentences.
func separated(line, by string) bool {
	fields := strings.Split(line, by)
	for _, f := range fields {
		if strings.Contains(strings.TrimSpace(f), " ") {
			return false
		}
	}
	return len(fields) > 1
}

// decoded is start as text, in UTF-8 or with a byte order mark in UTF-16. The last character may be cut off.
func decoded(start []byte) (string, bool) {
	order := binary.ByteOrder(binary.LittleEndian)
	switch {
	case bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		order = binary.BigEndian
		fallthrough
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}):
		var units []uint16
		for i := 2; i+1 < len(start); i += 2 {
			units = append(units, order.Uint16(start[i:]))
		}
		start = []byte(string(utf16.Decode(units)))
	}
	written := string(bytes.TrimPrefix(start, []byte("\ufeff")))
	if len(start) < looked && !utf8.ValidString(written) {
		return "", false
	}
	for i, r := range written {
		if r == utf8.RuneError && i < len(written)-utf8.UTFMax || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", false
		}
	}
	return written, true
}

// short is the beginning of a text, on one line.
func short(written string) string {
	runes := []rune(strings.Join(strings.Fields(written), " "))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
