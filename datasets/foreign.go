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
)

// looked is how many of a file's first bytes are looked at to tell what it is: a tar archive says so at 257.
const looked = 1024

// foreign is the error about contents that are not of this kind. They begin with start, and go on with r.
func (k kind) foreign(start []byte, r io.Reader) error {
	start, err := io.ReadAll(io.LimitReader(io.MultiReader(bytes.NewReader(start), r), looked))
	if cut := err == nil || errors.Is(err, io.ErrUnexpectedEOF); !cut {
		return broken(err, "in its header") // a disk that can't be read, or damaged gzip data
	}
	is, help := recognise(start)
	if bytes.HasPrefix(start, gzipMagic) {
		is, help = compressedAgain(io.MultiReader(bytes.NewReader(start), r))
	}
	if is == "" {
		is = fmt.Sprintf("it starts with the bytes % x, which nothing starts with that is known here", start[:4])
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
		return "it is compressed twice with gzip", "unpack it once with gunzip, and give what comes out"
	}
	return fmt.Sprintf("it is compressed %d times with gzip", times), fmt.Sprintf("unpack it %d times with gunzip, and give what comes out", times-1)
}

const (
	unpack   = "unpack it, and give the file in it"
	download = "download the file anew, and look at it before you give it"
)

// signatures are what files start with that are often taken for others.
var signatures = []struct {
	start    string
	at       int
	is, help string
}{
	{"PK\x03\x04", 0, "it is a zip archive", unpack},
	{"PK\x05\x06", 0, "it is an empty zip archive", download},
	{"\x93NUMPY", 0, "it is a NumPy array (.npy)", "write its bytes as an IDX file"},
	{"\x89PNG\r\n\x1a\n", 0, "it is a PNG picture", "write the pixels of all pictures into one IDX file"},
	{"\xff\xd8\xff", 0, "it is a JPEG picture", "write the pixels of all pictures into one IDX file"},
	{"GIF8", 0, "it is a GIF picture", "write the pixels of all pictures into one IDX file"},
	{"II*\x00", 0, "it is a TIFF picture", "write the pixels of all pictures into one IDX file"},
	{"MM\x00*", 0, "it is a TIFF picture", "write the pixels of all pictures into one IDX file"},
	{"WEBP", 8, "it is a WebP picture", "write the pixels of all pictures into one IDX file"},
	{"ftyphei", 4, "it is a HEIF picture", "write the pixels of all pictures into one IDX file"},
	{"ftypmif1", 4, "it is a HEIF picture", "write the pixels of all pictures into one IDX file"},
	{"ftypavif", 4, "it is an AVIF picture", "write the pixels of all pictures into one IDX file"},
	{"BZh", 0, "it is compressed with bzip2", "unpack it with bunzip2; plain files and gzip are read"},
	{"\xfd7zXZ\x00", 0, "it is compressed with xz", "unpack it with unxz; plain files and gzip are read"},
	{"\x28\xb5\x2f\xfd", 0, "it is compressed with Zstandard", "unpack it with unzstd; plain files and gzip are read"},
	{"\x04\x22\x4d\x18", 0, "it is compressed with LZ4", "unpack it with unlz4; plain files and gzip are read"},
	{"\x1f\x9d", 0, "it is compressed with compress (.Z)", "unpack it with uncompress; plain files and gzip are read"},
	{"7z\xbc\xaf\x27\x1c", 0, "it is a 7z archive", unpack},
	{"Rar!\x1a\x07", 0, "it is a RAR archive", unpack},
	{"ustar", 257, "it is a tar archive", unpack},
	{"PAR1", 0, "it is a Parquet table", "write its pixels as an IDX file"},
	{"ARROW1", 0, "it is an Arrow table", "write its pixels as an IDX file"},
	{"\x89HDF\r\n\x1a\n", 0, "it is an HDF5 file", "write its pixels as an IDX file"},
	{"MATLAB 5.0 MAT-file", 0, "it is a MATLAB file", "write its pixels as an IDX file"},
	{"SQLite format 3\x00", 0, "it is an SQLite database", "write its pixels as an IDX file"},
	{"%PDF-", 0, "it is a PDF document", download},
	{"version https://git-lfs.github.com/spec/", 0, "it is a Git LFS pointer, which stands for the file", "fetch the file itself with `git lfs pull`"},
	{"/annex/objects/", 0, "it is a git-annex pointer, which stands for the file", "fetch the file itself with `git annex get`"},
	{"\x80\x02", 0, pickle, pickleHelp}, {"\x80\x03", 0, pickle, pickleHelp}, {"\x80\x04", 0, pickle, pickleHelp}, {"\x80\x05", 0, pickle, pickleHelp},
}

const (
	pickle     = "it looks like a Python pickle"
	pickleHelp = "write its pixels as an IDX file"
)

// recognise says what begins so, and what to do about it; "" where that isn't known.
func recognise(start []byte) (is, help string) {
	if is, help := otherIDX(start); is != "" {
		return is, help
	}
	for _, s := range signatures {
		if len(start) >= s.at && bytes.HasPrefix(start[s.at:], []byte(s.start)) {
			if name := zipped(start); s.is == "it is a zip archive" && strings.HasSuffix(name, ".npy") {
				return "it is an archive of NumPy arrays (.npz)", "write the bytes of its arrays as IDX files"
			}
			return s.is, s.help
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
	0x08: "unsigned bytes", 0x09: "signed bytes", 0x0b: "16-bit integers",
	0x0c: "32-bit integers", 0x0d: "32-bit floating-point numbers", 0x0e: "64-bit floating-point numbers",
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
	is = fmt.Sprintf("it is an IDX file of %s in %s", numbers, dimensions(rank))
	var sizes []string
	for i := range rank {
		if at := 4 + 4*i; at+4 <= len(start) {
			sizes = append(sizes, fmt.Sprint(order.Uint32(start[at:])))
		}
	}
	if len(sizes) == rank {
		is += " (" + strings.Join(sizes, " × ") + ")"
	}
	help = "write it anew as unsigned bytes with these dimensions"
	if order == binary.LittleEndian {
		is += ", written little-endian"
		help = "write its header big-endian, the most significant byte first"
	}
	return is, help
}

func dimensions(n int) string {
	if n == 1 {
		return "1 dimension"
	}
	return fmt.Sprintf("%d dimensions", n)
}

// text says what text begins so, if it is text.
func text(start []byte) (is, help string) {
	words, ok := decoded(start)
	if !ok {
		return "", ""
	}
	words = strings.TrimSpace(words)
	lower := strings.ToLower(words)
	first, _, _ := strings.Cut(words, "\n")
	switch {
	case words == "":
		return "it holds nothing but blank space", download
	case strings.HasPrefix(lower, "<!doctype html"), strings.Contains(lower, "<html"), strings.HasPrefix(lower, "<head"), strings.HasPrefix(lower, "<body"):
		return "it is a web page (HTML)", download
	case strings.HasPrefix(lower, "<?xml"), strings.HasPrefix(words, "<") && strings.Contains(words, ">"):
		return fmt.Sprintf("it is an XML document that begins with %q", short(words)), download
	case strings.HasPrefix(words, "{"), strings.HasPrefix(words, "["):
		return fmt.Sprintf("it is text that looks like JSON, and begins with %q", short(words)), download
	case strings.ContainsAny(first, ",;\t") && (separated(first, ",") || separated(first, ";") || separated(first, "\t")):
		return "it is a table in text (CSV)", "write its pixels as an IDX file"
	}
	return fmt.Sprintf("it is text, and begins with %q", short(words)), download
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
	words := string(bytes.TrimPrefix(start, []byte("\ufeff")))
	if len(start) < looked && !utf8.ValidString(words) {
		return "", false
	}
	for i, r := range words {
		if r == utf8.RuneError && i < len(words)-utf8.UTFMax || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", false
		}
	}
	return words, true
}

// short is the beginning of a text, on one line.
func short(words string) string {
	runes := []rune(strings.Join(strings.Fields(words), " "))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
