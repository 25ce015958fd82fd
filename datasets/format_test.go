package datasets

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A file that is not IDX is called what it is, also inside gzip, and what was expected is said.
func TestWhatAFileIs(t *testing.T) {
	tar := make([]byte, 512)
	copy(tar, "images.bin")
	copy(tar[257:], "ustar")
	for start, want := range map[string]string{
		"\n<!doctype HTML>\n<html><head>":                                           "a web page",
		"<html lang=\"en\">":                                                        "a web page",
		"\xef\xbb\xbf<HTML><BODY>404":                                               "a web page",
		"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>":                   "XML, perhaps a server's error",
		"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n": "a pointer of Git LFS",
		"PK\x03\x04\x14\x00":                                                        "a ZIP archive",
		"\x93NUMPY\x01\x00v\x00{'descr': '|u1'}":                                    "a NumPy array",
		"\x89PNG\r\n\x1a\n":                                                         "a PNG picture",
		"\xff\xd8\xff\xe0\x00\x10JFIF":                                              "a JPEG picture",
		"\xfd7zXZ\x00\x00\x04":                                                      "compressed with xz",
		"BZh91AY&SY":                                                                "compressed with bzip2",
		"\x28\xb5\x2f\xfd\x04":                                                      "compressed with zstd",
		"7z\xbc\xaf\x27\x1c\x00":                                                    "a 7z archive",
		"\x89HDF\r\n\x1a\n":                                                         "an HDF5 file",
		"PAR1\x15\x04":                                                              "a Parquet file",
		"\x80\x04\x95\x00\x00":                                                      "a pickle of Python's",
		string(tar):                                                                 "a tar archive",
		"label,pixel0,pixel1\n5,0,0\n":                                              "a table of text (CSV): it starts with “label,pixel0,pixel1”",
		"7;0;0;128\n":                                                               "a table of text (CSV)",
		"{\"message\": \"not found\"}":                                              "JSON",
		"Not Found":                                                                 "text: it starts with “Not Found”",
		"请先登录":                                                                      "text: it starts with “请先登录”",
		" \r\n \n ":                                                                 "blank",
		"no":                                                                        "text: it starts with “no”",
		string(encode(0x0d02, nil, 5, 3)):                                           "an IDX file of 32-bit floats in 2 dimensions",
		string(encode(0x0804, nil, 5, 3, 2, 3)):                                     "an IDX file of unsigned bytes in 4 dimensions",
		string(encode(0x0802, nil, 5, 3)):                                           "an IDX file of unsigned bytes in 2 dimensions",
		string(encode(0x0c01, nil, 5)):                                              "an IDX file of 32-bit integers in 1 dimension;",
		"\x03\x08\x00\x00\x05\x00\x00\x00":                                          "an IDX file whose header has its bytes in reverse order",
		"\x13\x37\xfe\xff\x00\x01\x02\x03\x04":                                      "in no format that is known here: it starts with the bytes 13 37 fe ff 00 01 02 03",
	} {
		for packing, pack := range map[string]func([]byte) []byte{"plain": bytes.Clone, "gzip": zip} {
			_, err := ReadIDXImages(bytes.NewReader(pack([]byte(start))))
			var format *FormatError
			if !errors.As(err, &format) || !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "it is "+want) {
				t.Errorf("%s, %q: error %v; want one with %q", packing, start[:min(len(start), 20)], err, want)
				continue
			}
			if format.Want != "images, unsigned bytes in 3 dimensions" {
				t.Errorf("expected was %q", format.Want)
			}
		}
	}
	var format *FormatError
	if _, err := ReadIDXLabels(strings.NewReader("Not Found"), 3); !errors.As(err, &format) || format.Want != "labels, unsigned bytes in 1 dimension" {
		t.Errorf("for labels: %v", err)
	}
}
