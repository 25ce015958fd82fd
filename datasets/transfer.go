//go:build !js

package datasets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"vaelab/vaelib/words"
)

var errStalled = words.Errorf("nothing came for too long")

// attempt asks an address once for the rest of the part file, or for all of it where the server can't tell that
// the rest still belongs to what is there. It says whether two ends were put together.
func (d fetch) attempt(ctx context.Context, address string) (resumed bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watchdog := time.AfterFunc(d.patience.stall, func() { cancel(errStalled) })
	defer watchdog.Stop()

	part, err := os.OpenFile(d.path(".part"), os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return false, &diskError{err}
	}
	defer part.Close()
	have, validator := d.resumable(part, address)
	response, err := get(ctx, address, have, validator)
	if err != nil {
		return false, d.explain(ctx, err)
	}
	defer response.Body.Close()

	switch status := response.StatusCode; {
	case status == http.StatusPartialContent && have > 0 && startOf(response) == have:
	case status == http.StatusOK:
		have = 0
		if err := d.begin(part, address, response); err != nil {
			return false, err
		}
	case status == http.StatusPartialContent || status == http.StatusRequestedRangeNotSatisfiable:
		d.discard()
		return false, &passing{words.Errorf("the server can't go on from where the download was cut")}
	case status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500:
		return false, &passing{words.Errorf("the server answers %s", response.Status)}
	default:
		return false, words.Errorf("the server answers %s", response.Status)
	}
	if _, err := part.Seek(have, io.SeekStart); err != nil {
		return false, &diskError{err}
	}

	// Compressed contents are never much larger than the contents.
	limit := d.file.size + d.file.size/100 + 1024
	body := io.LimitReader(watched{response.Body, watchdog, d.patience.stall}, limit-have+1)
	meter := newMeter(d.progress, d.file.name, have, response.ContentLength)
	came, err := io.Copy(io.MultiWriter(disk{part}, meter), body)
	meter.end()
	switch {
	case err != nil:
		return false, d.explain(ctx, err)
	case have+came > limit:
		d.discard()
		return false, words.Errorf("%w: it is more than the %d bytes that can be right", ErrSum, limit)
	}
	return have > 0, nil
}

// get asks for the bytes of an address from have on, provided that they are still those that validator names.
func get(ctx context.Context, address string, have int64, validator string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity") // offsets count bytes of the file as it is stored
	if have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
		request.Header.Set("If-Range", validator)
	}
	return http.DefaultClient.Do(request)
}

// resumable says how many bytes the part file has and what they were taken from. Beside the part lies a note of the
// address and the server's name for this version (its entity tag or date), for this program or the next.
func (d fetch) resumable(part *os.File, address string) (have int64, validator string) {
	note, _ := os.ReadFile(d.path(".part.from"))
	from, validator, _ := strings.Cut(string(note), "\n")
	info, err := part.Stat()
	if err != nil || from != address || validator == "" {
		return 0, ""
	}
	return info.Size(), validator
}

// begin empties the part file and notes what it is going to hold.
func (d fetch) begin(part *os.File, address string, response *http.Response) error {
	validator := response.Header.Get("ETag")
	if validator == "" || strings.HasPrefix(validator, "W/") { // a weak tag doesn't promise the same bytes
		validator = response.Header.Get("Last-Modified")
	}
	note := address + "\n" + validator
	if err := errors.Join(part.Truncate(0), os.WriteFile(d.path(".part.from"), []byte(note), 0o644)); err != nil {
		return &diskError{err}
	}
	return nil
}

// startOf is the offset at which a partial answer starts, or −1.
func startOf(response *http.Response) int64 {
	var start int64
	if _, err := fmt.Sscanf(response.Header.Get("Content-Range"), "bytes %d-", &start); err != nil {
		return -1
	}
	return start
}

// explain tells a full disk from a bad connection, and says of the connection what a reader needs.
func (d fetch) explain(ctx context.Context, err error) error {
	local, outer := (*diskError)(nil), (*url.Error)(nil)
	switch {
	case errors.As(err, &local):
		return err
	case errors.Is(context.Cause(ctx), errStalled):
		return &passing{words.Errorf("%w (%v)", errStalled, d.patience.stall)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &passing{words.Errorf("the connection was cut")}
	case errors.As(err, &outer):
		return &passing{outer.Err}
	}
	return &passing{err}
}

// watched sets the watchdog back whenever something comes.
type watched struct {
	body     io.Reader
	watchdog *time.Timer
	stall    time.Duration
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if n > 0 {
		w.watchdog.Reset(w.stall)
	}
	return n, err
}

// unpack writes the uncompressed contents of the part and checks their size and sum.
func (d fetch) unpack(to *os.File, part io.Reader) error {
	contents, err := uncompressed(part)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(disk{to}, sum), io.LimitReader(contents, d.file.size+1))
	local := (*diskError)(nil)
	switch got := hex.EncodeToString(sum.Sum(nil)); {
	case errors.As(err, &local):
		return err
	case err != nil:
		return broken(err, words.Say("after %d of its %d uncompressed bytes", n, d.file.size))
	case n > d.file.size:
		return words.Errorf("%w: uncompressed, it is more than %d bytes", ErrSum, d.file.size)
	case n < d.file.size:
		if is := recognised(to); is != "" {
			return words.Errorf("%w: uncompressed, it is %d bytes and not %d: %s", ErrSum, n, d.file.size, is)
		}
		return words.Errorf("%w: uncompressed, it is %d bytes and not %d", ErrSum, n, d.file.size)
	case got != d.file.sum:
		return d.file.otherSum(got)
	}
	return nil
}

// recognised says what a file is, where that can be told.
func recognised(file io.ReaderAt) string {
	start := make([]byte, looked)
	n, _ := file.ReadAt(start, 0) // what can't be read can't be told
	is, _ := recognise(start[:n])
	return is
}
