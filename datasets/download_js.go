package datasets

import (
	"context"
	"errors"
)

// download has nowhere to put files in a browser; leaving it out also keeps the network stack out of the page.
func (s set) download(context.Context, string, Options) error {
	return errors.New("a program in a browser can't keep downloaded files: use the sample")
}
